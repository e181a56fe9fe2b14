package dev.portcullis.servlet;

import dev.portcullis.Body;
import dev.portcullis.Header;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A part of a body that rules have read, as the application sees it: in memory, as the rules' bound has it. */
final class ReplayedPart implements Part {

    private final Body.Part part;

    ReplayedPart(Body.Part part) {
        this.part = part;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return part.open();
    }

    @Override
    public @Nullable String getContentType() {
        return part.contentType();
    }

    @Override
    public String getName() {
        return part.name();
    }

    @Override
    public @Nullable String getSubmittedFileName() {
        return part.fileName();
    }

    @Override
    public long getSize() {
        return part.size();
    }

    /** Writes a file to where the application says: no relative name can tell where the container would put it. */
    @Override
    public void write(String fileName) throws IOException {
        var path = Path.of(fileName);
        if (!path.isAbsolute()) {
            throw new IOException("a relative file name (expected: an absolute one, since rules have read this body)");
        }
        try (var in = part.open();
                var out = Files.newOutputStream(path)) {
            in.transferTo(out);
        }
    }

    /** Nothing is kept on disk. */
    @Override
    public void delete() {}

    @Override
    public @Nullable String getHeader(String name) {
        return values(name).stream().findFirst().orElse(null);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return values(name);
    }

    private List<String> values(String name) {
        return part.headers().stream()
                .filter(line -> line.named(name))
                .map(Header::value)
                .toList();
    }

    @Override
    public Collection<String> getHeaderNames() {
        return part.headers().stream()
                .map(line -> line.name().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }
}
