package dev.portcullis.servlet;

import dev.portcullis.Header;
import dev.portcullis.http.TooLarge;
import dev.portcullis.http.WirePart;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part that the container keeps. Belongs to one request. */
final class ContainerPart implements WirePart {

    private final Part part;
    private final List<Header> headers;

    private ContainerPart(Part part) {
        this.part = part;
        this.headers = headers(part);
    }

    /**
     * All parts, which the container takes out of the body now.
     *
     * @param bounded whether the length of the body is known
     * @throws TooLarge when there is more than the container takes
     * @throws IOException when the body is none that the container can take apart
     * @throws IllegalStateException when the container was not told to take bodies apart, or how large they may be
     */
    static List<ContainerPart> all(HttpServletRequest request, boolean bounded) throws IOException {
        MultipartLimits.demand(request, bounded);
        try {
            return request.getParts().stream().map(ContainerPart::new).toList();
        } catch (IllegalStateException e) {
            throw new TooLarge(e);
        } catch (ServletException | RuntimeException e) {
            throw new IOException("the container cannot take the body apart", e);
        }
    }

    private static List<Header> headers(Part part) {
        var all = new ArrayList<Header>(4);
        for (var name : part.getHeaderNames()) {
            for (var value : part.getHeaders(name)) {
                all.add(new Header(name, value));
            }
        }
        return List.copyOf(all);
    }

    @Override
    public List<Header> headers() {
        return headers;
    }

    @Override
    public @Nullable String name() {
        return part.getName();
    }

    @Override
    public @Nullable String fileName() {
        return part.getSubmittedFileName();
    }

    @Override
    public long size() {
        return part.getSize();
    }

    @Override
    public InputStream open() throws IOException {
        return part.getInputStream();
    }
}
