package dev.portcullis.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.TrustedBase;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Builds the value of one document out of its tokens, without recursion. */
@TrustedBase
final class JsonText {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Names that one client sends must not fill a table for all.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Json.MAX_DEPTH)
                    .maxNumberLength(Json.MAX_NUMBER)
                    .maxStringLength(Json.MAX_STRING)
                    .maxNameLength(Json.MAX_STRING)
                    .build())
            .build();

    private static final BigDecimal ZERO = new BigDecimal("0.0");

    private final JsonParser parser;
    /** Whether characters are escaped by their numbers. Well-formed UTF-8 has no unpaired surrogates, only an escape can be one. */
    private final boolean escapes;

    private final Deque<ContainerNode<?>> open = new ArrayDeque<>();
    private String name = "";
    private int values;
    private int members;
    private @Nullable String trouble;

    private JsonText(JsonParser parser, boolean escapes) {
        this.parser = parser;
        this.escapes = escapes;
    }

    static Json.Result read(byte[] bytes) {
        if (!Utf8.wellFormed(bytes)) {
            return new Json.Malformed("not UTF-8");
        }
        if (marksEncoding(bytes)) {
            return new Json.Malformed("a byte order mark, or a zero byte");
        }
        try (var parser = parser(bytes)) {
            return new JsonText(parser, hasEscapes(bytes)).result();
        } catch (IOException e) {
            return new Json.Malformed("not JSON");
        }
    }

    /** The parser that reads bytes, not characters made of them, and keeps no names; it is handed all bytes at once. */
    private static JsonParser parser(byte[] bytes) throws IOException {
        var parser = FACTORY.createNonBlockingByteArrayParser();
        if (parser.getNonBlockingInputFeeder() instanceof ByteArrayFeeder feeder) {
            feeder.feedInput(bytes, 0, bytes.length);
            feeder.endOfInput();
        }
        return parser;
    }

    /** Tells whether the beginning would make a reader take the bytes for another encoding than UTF-8. */
    private static boolean marksEncoding(byte[] bytes) {
        for (var i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return bytes.length > 2 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }

    private static boolean hasEscapes(byte[] bytes) {
        for (var i = 1; i < bytes.length; i++) {
            if (bytes[i] == 'u' && bytes[i - 1] == '\\') {
                return true;
            }
        }
        return false;
    }

    private Json.Result result() {
        try {
            var node = document();
            return trouble == null ? new Json.Read(node) : new Json.Malformed(trouble);
        } catch (StreamConstraintsException e) {
            return new Json.Malformed("nested too deep, or a string or number too long");
        } catch (IOException | RuntimeException e) {
            return new Json.Malformed(
                    "not JSON at byte " + parser.currentLocation().getByteOffset());
        }
    }

    /** The next token. That the bytes have an end is noticed when they are asked for more. */
    private @Nullable JsonToken next() throws IOException {
        var token = parser.nextToken();
        return token == JsonToken.NOT_AVAILABLE ? parser.nextToken() : token;
    }

    private JsonNode document() throws IOException {
        var first = next();
        if (first == null) {
            trouble = "no content";
            return NODES.missingNode();
        }
        var root = value(first);
        open(root);
        while (!open.isEmpty() && trouble == null) {
            take(next());
        }
        if (trouble == null && next() != null) {
            trouble = "more than one value";
        }
        return root;
    }

    private void take(@Nullable JsonToken token) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            member(parser.currentName());
        } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
            open.pop();
        } else if (token == null) {
            trouble = "breaks off";
        } else {
            var node = value(token);
            add(open.element(), node);
            open(node);
        }
    }

    private void open(JsonNode node) {
        if (node instanceof ContainerNode<?> container) {
            open.push(container);
        }
    }

    private void add(ContainerNode<?> parent, JsonNode node) {
        if (parent instanceof ObjectNode object) {
            if (object.replace(name, node) != null) {
                trouble = "a member named twice";
            }
        } else {
            ((ArrayNode) parent).add(node);
        }
    }

    private void member(String next) {
        // A name that is there already makes the object no larger, and is found out when its value is added.
        if (++members > Json.MAX_MEMBERS || open.element().size() == Json.MAX_OBJECT_MEMBERS) {
            trouble = "too many members";
        }
        name = text(next);
    }

    private JsonNode value(JsonToken token) throws IOException {
        if (++values > Json.MAX_VALUES) {
            trouble = "too many values";
        }
        return switch (token) {
            case START_OBJECT -> NODES.objectNode();
            case START_ARRAY -> NODES.arrayNode();
            case VALUE_STRING -> NODES.textNode(text(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(parser, "no value");
        };
    }

    private String text(String text) {
        if (text.length() > Json.MAX_STRING) {
            trouble = "a string too long";
        }
        if (escapes && hasUnpaired(text)) {
            trouble = "an unpaired surrogate";
        }
        return text;
    }

    private static boolean hasUnpaired(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && Character.isBmpCodePoint(text.codePointAt(i++))) {
                return true;
            }
        }
        return false;
    }

    private JsonNode number() throws IOException {
        if (parser.getTextLength() > Json.MAX_NUMBER) {
            trouble = "a number too long";
            return NODES.nullNode();
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return decimal(parser.getText());
        }
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonNode decimal(String written) {
        var zero = writesZero(written);
        // Without an exponent, no number of so few digits is out of range.
        if (written.indexOf('e') >= 0 || written.indexOf('E') >= 0) {
            var nearest = Double.parseDouble(written);
            if (Double.isInfinite(nearest) || (nearest == 0 && !zero)) {
                trouble = "a number outside of the range of a double";
            }
        }
        // A zero may carry any exponent, which an exact decimal would keep.
        return NODES.numberNode(zero || trouble != null ? ZERO : new BigDecimal(written));
    }

    private static boolean writesZero(String number) {
        for (var i = 0; i < number.length(); i++) {
            var c = number.charAt(i);
            if (c == 'e' || c == 'E') {
                return true;
            }
            if (c >= '1' && c <= '9') {
                return false;
            }
        }
        return true;
    }
}
