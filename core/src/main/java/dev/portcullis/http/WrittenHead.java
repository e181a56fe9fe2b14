package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Header;
import dev.portcullis.Watch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** The head of a response that is at hand in memory: of a reply that is to be sent, or of a recorded response. For one thread. */
public final class WrittenHead implements Watch.Head {

    private final int status;
    private final boolean ofApplication;
    private final String nonce;
    private final List<Header> headers;

    private WrittenHead(int status, boolean ofApplication, String nonce, List<Header> headers) {
        this.status = status;
        this.ofApplication = ofApplication;
        this.nonce = requireNonNull(nonce, "nonce");
        this.headers = new ArrayList<>(headers);
    }

    /** The head of a reply of the gate. */
    public static WrittenHead ofReply(int status, String nonce, List<Header> headers) {
        return new WrittenHead(status, false, nonce, headers);
    }

    /** The head of a response of the application. */
    public static WrittenHead ofApplication(int status, List<Header> headers) {
        return new WrittenHead(status, true, Nonce.made(), headers);
    }

    /** All lines, in order. */
    public List<Header> lines() {
        return List.copyOf(headers);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public boolean ofApplication() {
        return ofApplication;
    }

    @Override
    public List<String> headers(String name) {
        requireNonNull(name, "name");
        return headers.stream()
                .filter(header -> header.named(name))
                .map(Header::value)
                .toList();
    }

    @Override
    public Collection<String> names() {
        var names = new LinkedHashSet<String>();
        for (var header : headers) {
            if (names.stream().noneMatch(header::named)) {
                names.add(header.name());
            }
        }
        return names;
    }

    @Override
    public void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    @Override
    public void add(String name, String value) {
        headers.add(new Header(name, value));
    }

    @Override
    public void remove(String name) {
        requireNonNull(name, "name");
        headers.removeIf(header -> header.named(name));
    }

    @Override
    public String nonce() {
        return nonce;
    }
}
