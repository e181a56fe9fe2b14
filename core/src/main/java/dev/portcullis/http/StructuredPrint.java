package dev.portcullis.http;

import dev.portcullis.TrustedBase;
import dev.portcullis.http.Structured.Inner;
import dev.portcullis.http.Structured.Item;
import dev.portcullis.http.Structured.Member;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes structured field values in their one canonical form (RFC 9651, section 4.1). Used once. */
@TrustedBase
final class StructuredPrint {

    private static final long MAX_INTEGER = 999_999_999_999_999L;
    private static final BigDecimal MAX_WHOLE = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int MAX_FRACTION = 3;
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();

    StructuredPrint list(List<Member> members) {
        for (var i = 0; i < members.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            member(members.get(i));
        }
        return this;
    }

    StructuredPrint dictionary(Structured.Dictionary dictionary) {
        dictionary.members().forEach((key, member) -> {
            out.append(out.length() == 0 ? "" : ", ");
            key(key);
            if (member instanceof Item item && Boolean.TRUE.equals(item.value())) {
                parameters(item.parameters());
            } else {
                out.append('=');
                member(member);
            }
        });
        return this;
    }

    StructuredPrint member(Member member) {
        if (member instanceof Inner inner) {
            out.append('(');
            for (var i = 0; i < inner.items().size(); i++) {
                out.append(i == 0 ? "" : " ");
                member(inner.items().get(i));
            }
            out.append(')');
        } else {
            bare(((Item) member).value());
        }
        parameters(member.parameters());
        return this;
    }

    private void parameters(Map<String, Object> parameters) {
        parameters.forEach((key, value) -> {
            out.append(';');
            key(key);
            if (!Boolean.TRUE.equals(value)) {
                out.append('=');
                bare(value);
            }
        });
    }

    private void key(String key) {
        for (var i = 0; i < key.length(); i++) {
            var c = key.charAt(i);
            var first = c >= 'a' && c <= 'z' || c == '*';
            check(first || i > 0 && (c >= '0' && c <= '9' || "_-.".indexOf(c) >= 0), key);
        }
        check(!key.isEmpty(), key);
        out.append(key);
    }

    private void bare(Object value) {
        if (value instanceof Long number) {
            integer(number);
        } else if (value instanceof BigDecimal number) {
            decimal(number);
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Boolean bool) {
            out.append(bool ? "?1" : "?0");
        } else {
            marked(value);
        }
    }

    private void marked(Object value) {
        if (value instanceof Structured.Token token) {
            token(token.text());
        } else if (value instanceof Structured.Bytes bytes) {
            out.append(':')
                    .append(Base64.getEncoder().encodeToString(bytes.bytes()))
                    .append(':');
        } else if (value instanceof Structured.Date date) {
            out.append('@');
            integer(date.seconds());
        } else {
            check(value instanceof Structured.Display, value);
            display(((Structured.Display) value).text());
        }
    }

    private void integer(long number) {
        check(number >= -MAX_INTEGER && number <= MAX_INTEGER, number);
        out.append(number);
    }

    private void decimal(BigDecimal number) {
        var rounded = number.setScale(MAX_FRACTION, RoundingMode.HALF_EVEN).stripTrailingZeros();
        check(rounded.abs().compareTo(MAX_WHOLE) < 0, number);
        out.append((rounded.scale() < 1 ? rounded.setScale(1) : rounded).toPlainString());
    }

    private void string(String text) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            check(c >= ' ' && c <= '~', text);
            out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
        }
        out.append('"');
    }

    private void token(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var letter = Token.isLetterOrDigit(c) && (c < '0' || c > '9');
            check(letter || c == '*' || i > 0 && (Token.isPart(c) || c == ':' || c == '/'), text);
        }
        check(!text.isEmpty(), text);
        out.append(text);
    }

    private void display(String text) {
        out.append("%\"");
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < ' ' || b > '~' || b == '%' || b == '"') {
                out.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
            } else {
                out.append((char) b);
            }
        }
        out.append('"');
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private static void check(boolean holds, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "value: `" + value + "` (expected: one that a structured field can hold)");
        }
    }
}
