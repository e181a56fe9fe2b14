package dev.portcullis.servlet;

import dev.portcullis.Body.Parts;
import dev.portcullis.http.StreamedBody;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parameters and the parts that the application sees, whatever rules have read. Belongs to one request. */
final class ShownForm {

    private static final Logger LOG = LoggerFactory.getLogger(ShownForm.class);
    private static final String MULTIPART = "multipart/";

    /** How long a form may be, in bytes, that rules have begun to read: what containers allow. */
    private static final int MAX_FORM = 2 << 20;

    private final HttpServletRequest request;
    private final StreamedBody body;
    private final Source source;
    private @Nullable Map<String, String[]> parameters;
    private @Nullable List<Part> parts;

    /** The body as the application reads it. */
    interface Source {

        /** Whether the application has asked for it already. */
        boolean areHandedOut();

        /** Whether rules must hear of every read. */
        boolean areWatched();

        /** The body from its beginning. */
        ServletInputStream open() throws IOException;

        /** Tells watches how much the container has read past them; throws where one denies. */
        void passed(long total) throws IOException;
    }

    ShownForm(HttpServletRequest request, StreamedBody body, Source source) {
        this.request = request;
        this.body = body;
        this.source = source;
    }

    Map<String, String[]> parameters() {
        if (parameters == null) {
            parameters = isMultipart() ? ofParts() : ofForm();
        }
        return parameters == null ? request.getParameterMap() : parameters;
    }

    private boolean isMultipart() {
        var type = request.getContentType();
        return type != null && type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
    }

    /** The parameters of a form that the container must not read, for a rule has, or rules shall see how long it becomes. */
    private @Nullable Map<String, String[]> ofForm() {
        var ours = body.touched() || body.declaredLength() < 0 || source.areWatched();
        return source.areHandedOut() || !ours || !FormParameters.carriedBy(request)
                ? null
                : FormParameters.of(request, whole());
    }

    /** All of the form: what rules have read, within their bound; what they have not is read now, for the container no longer can. */
    private byte[] whole() {
        try {
            if (body.complete()) {
                return source.open().readAllBytes();
            }
            var bytes = source.open().readNBytes(MAX_FORM + 1);
            if (bytes.length > MAX_FORM) {
                throw new IllegalStateException("form: longer than " + MAX_FORM + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Containers take parameters from a multipart body too; where its length was not declared, watches hear of it first. */
    private @Nullable Map<String, String[]> ofParts() {
        if (source.areHandedOut() || !body.touched() && !body.takenApart() && body.declaredLength() >= 0) {
            return null;
        }
        try {
            return body.touched() ? ours() : ofContainer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException | IllegalStateException e) {
            LOG.debug("the container takes no parameters from this body", e);
            return null;
        }
    }

    /** Tomcat has decoded and sorted them when the gate asked for parts, before the application could; null: what the container has. */
    private @Nullable Map<String, String[]> ofContainer() throws IOException, ServletException {
        if (!FormParameters.isJetty(request)) {
            return ours();
        }
        var unused = parts();
        return null;
    }

    /** Tomcat puts first what was asked for first. */
    private Map<String, String[]> ours() throws IOException, ServletException {
        var partsFirst = parts != null && !FormParameters.isJetty(request);
        return PartParameters.of(request, parts(), partsFirst);
    }

    Collection<Part> parts() throws IOException, ServletException {
        if (parts == null) {
            parts = body.touched() ? replayed() : List.copyOf(request.getParts());
            if (body.declaredLength() < 0 && !body.touched()) {
                source.passed(parts.stream().mapToLong(Part::getSize).sum());
            }
        }
        return parts;
    }

    /** The first part of the name; null when there is none. */
    @Nullable
    Part part(String name) throws IOException, ServletException {
        for (var part : parts()) {
            if (name.equals(part.getName())) {
                return part;
            }
        }
        return null;
    }

    /** The parts of a body that rules have read, which the container no longer can. */
    private List<Part> replayed() throws ServletException {
        var bound = body.complete() ? Long.MAX_VALUE : MAX_FORM;
        if (source.areHandedOut() || !(body.parts(bound) instanceof Parts.Whole whole)) {
            throw new ServletException("this multipart body cannot be taken apart (rules have read it before)");
        }
        return whole.all().stream().<Part>map(ReplayedPart::new).toList();
    }
}
