package dev.portcullis.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;

/**
 * Reads JSON (RFC 8259) strictly and within bounds: one value, in UTF-8 without a byte order mark, that every reader reads alike.
 *
 * <p>A member named twice in an object, an unpaired surrogate, a number outside of the range of a double, and anything after the
 * value are malformed.
 */
@TrustedBase
public final class Json {

    /** How deep arrays and objects may be nested. */
    public static final int MAX_DEPTH = 64;
    /** How many values a document may hold, containers included. */
    public static final int MAX_VALUES = 100_000;
    /** How many members all objects of a document may have together. */
    public static final int MAX_MEMBERS = 10_000;
    /** How many members one object may have. */
    public static final int MAX_OBJECT_MEMBERS = 1_000;
    /** How many characters a string or a member's name may have. */
    public static final int MAX_STRING = 1 << 20;
    /** How many characters a number may be written with. */
    public static final int MAX_NUMBER = 64;

    private Json() {}

    /** What came of reading. */
    public sealed interface Result {}

    /**
     * The document.
     *
     * @param node its value; numbers with a fraction or an exponent are exact decimals
     */
    public record Read(JsonNode node) implements Result {

        /** Checks that the value is there. */
        public Read {
            requireNonNull(node, "node");
        }
    }

    /**
     * No document.
     *
     * @param reason why, as a phrase for the operator that quotes nothing of the content
     */
    public record Malformed(String reason) implements Result {

        /** Checks that the reason is there. */
        public Malformed {
            requireNonNull(reason, "reason");
        }
    }

    /** Reads the bytes, which are the whole document. Never throws for what is in them. */
    public static Result read(byte[] bytes) {
        return JsonText.read(bytes);
    }
}
