package dev.portcullis;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What the client sees of a denial or an answer. Immutable.
 *
 * <p>A reply never holds evidence, nor anything that the client sent.
 *
 * @param status the HTTP status
 * @param code a stable kebab-case word that client programs can rely on; empty for an answer that is no problem (RFC 9457)
 * @param headers what the response carries
 * @param errors what is wrong with the content, place by place; empty for most denials
 */
public record Reply(int status, String code, List<Header> headers, List<Violation> errors) {

    /**
     * One thing that is wrong with the content.
     *
     * @param pointer where, as a JSON Pointer (RFC 6901) that names only what the schema names
     * @param keyword the schema's keyword that was violated
     */
    public record Violation(String pointer, String keyword) {

        /** Checks that both parts are there. */
        public Violation {
            requireNonNull(pointer, "pointer");
            requireNonNull(keyword, "keyword");
        }
    }

    /** Copies the lists. */
    public Reply {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        requireNonNull(code, "code");
        headers = List.copyOf(headers);
        errors = List.copyOf(errors);
    }

    /** A problem with its status and code. */
    public static Reply problem(int status, String code) {
        return new Reply(status, requireNonNull(code, "code"), List.of(), List.of());
    }

    /** An answer without content, such as 204. */
    public static Reply answer(int status, List<Header> headers) {
        return new Reply(status, "", headers, List.of());
    }

    /** The same reply with one header more. */
    public Reply with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, code, more, errors);
    }

    /** The same reply with these errors. */
    public Reply withErrors(List<Violation> violations) {
        return new Reply(status, code, headers, violations);
    }
}
