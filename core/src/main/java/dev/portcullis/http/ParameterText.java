package dev.portcullis.http;

import dev.portcullis.http.Parameters.Pair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Reads one query or form from left to right. */
final class ParameterText {

    private static final String TOO_MANY = "more than " + Parameters.MAX_PAIRS + " parameters";
    private static final String BROKEN = "broken percent-encoding in a parameter";
    private static final String NO_UTF8 = "a parameter that is not UTF-8";
    private static final String NO_ASCII = "a parameter with a character outside of ASCII";

    private final byte[] text;
    private final boolean asciiOnly;
    private @Nullable String trouble;

    ParameterText(byte[] text, boolean asciiOnly) {
        this.text = text;
        this.asciiOnly = asciiOnly;
    }

    Parameters read() {
        var pairs = new ArrayList<Pair>();
        for (var at = 0; at < text.length; ) {
            var end = indexOf('&', at, text.length);
            if (pairs.size() == Parameters.MAX_PAIRS && end > at) {
                trouble = TOO_MANY;
                break;
            }
            if (end > at) {
                pairs.add(pair(at, end));
            }
            at = end + 1;
        }
        return new Parameters(pairs, trouble);
    }

    private Pair pair(int from, int end) {
        var equals = indexOf('=', from, end);
        var value = Math.min(equals + 1, end);
        return new Pair(raw(from, equals), raw(value, end), decoded(from, equals), decoded(value, end));
    }

    private int indexOf(char c, int from, int end) {
        var at = from;
        while (at < end && text[at] != c) {
            at++;
        }
        return at;
    }

    private String raw(int from, int end) {
        return new String(text, from, end - from, StandardCharsets.UTF_8);
    }

    private String decoded(int from, int end) {
        var out = new byte[end - from];
        var length = 0;
        var state = Utf8.START;
        for (var at = from; at < end; at++) {
            var octet = text[at] & 0xff;
            if (octet == '%') {
                var encoded = at + Percent.LENGTH > end ? -1 : Percent.octet(text, at);
                at += encoded < 0 ? 0 : Percent.LENGTH - 1;
                octet = encoded < 0 ? replacedPercent() : encoded;
            } else if (octet == '+') {
                octet = ' ';
            } else if (octet >= 0x80 && asciiOnly) {
                tell(NO_ASCII);
            }
            state = Utf8.next(state, octet);
            out[length++] = (byte) octet;
        }
        if (state != Utf8.START) {
            tell(NO_UTF8);
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /** What a percent sign that encodes nothing is read as: itself. */
    private int replacedPercent() {
        tell(BROKEN);
        return '%';
    }

    private void tell(String what) {
        trouble = trouble == null ? what : trouble;
    }
}
