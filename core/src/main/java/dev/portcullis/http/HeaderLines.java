package dev.portcullis.http;

import dev.portcullis.Header;
import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds what makes readers disagree over header field lines: names and values outside of the grammar, fields given twice, two ways
 * to tell a body's length, and names that some reader takes for those of others.
 *
 * <p>Ordinary lines are looked through without allocating.
 */
@TrustedBase
final class HeaderLines {

    /** How many lines a request may have. */
    static final int MAX_LINES = 100;

    /** How many characters all names and values may have together. */
    static final int MAX_CHARACTERS = 16 * 1024;

    private static final String BAD_NAME = "a header name that is no token";
    private static final String BAD_VALUE = "a control character in a header";
    private static final String TWIN = "a header name with an underscore that may be taken for another";
    private static final String OVERRIDE = "a header that overrides the method";
    private static final String BAD_HOST = "a host that is none";
    private static final String BAD_LENGTH = "a content length that is no number";
    private static final String TWO_LENGTHS = "a transfer encoding beside a content length";
    private static final String BAD_TRANSFER = "a transfer encoding other than chunked";
    private static final String BAD_ENCODING = "chunked as a content encoding";

    private static final List<String> SINGLE =
            List.of("Host", "Content-Length", "Transfer-Encoding", "Content-Type", "Origin");
    private static final List<String> TWICE =
            SINGLE.stream().map(name -> "`" + name + "` more than once").toList();
    private static final int LENGTH = 1 << SINGLE.indexOf("Content-Length");
    private static final int TRANSFER = 1 << SINGLE.indexOf("Transfer-Encoding");

    /** Names for which an underscore may stand in; those of callers are in {@link IdentityHeaders}. */
    private static final List<String> GUARDED = List.of(
            "cf-connecting-ip",
            "client-ip",
            "content-encoding",
            "content-length",
            "content-type",
            "fastly-client-ip",
            "proxy-authorization",
            "transfer-encoding",
            "true-client-ip",
            "x-api-key",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-original-url",
            "x-real-ip",
            "x-request-id",
            "x-rewrite-url");

    private static final String GUARDED_PREFIX = "x-forwarded-";
    private static final List<String> OVERRIDES =
            List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

    private HeaderLines() {}

    /** Tells whether there are more lines or characters than allowed. */
    static boolean tooLarge(List<Header> headers) {
        var characters = 0L;
        for (var i = 0; i < headers.size(); i++) {
            var header = headers.get(i);
            characters += header.name().length() + (long) header.value().length();
        }
        return headers.size() > MAX_LINES || characters > MAX_CHARACTERS;
    }

    /** Why readers may differ over the lines, as a phrase for the operator; null when they cannot. */
    static @Nullable String trouble(List<Header> headers) {
        var seen = 0;
        for (var i = 0; i < headers.size(); i++) {
            var header = headers.get(i);
            var found = inLine(header);
            if (found != null) {
                return found;
            }
            var single = single(header);
            if (single >= 0 && (seen & (1 << single)) != 0) {
                return TWICE.get(single);
            }
            seen |= single < 0 ? 0 : 1 << single;
        }
        return (seen & LENGTH) != 0 && (seen & TRANSFER) != 0 ? TWO_LENGTHS : null;
    }

    private static int single(Header header) {
        for (var i = 0; i < SINGLE.size(); i++) {
            if (header.named(SINGLE.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable String inLine(Header header) {
        if (!Token.is(header.name())) {
            return BAD_NAME;
        }
        if (hasControl(header.value())) {
            return BAD_VALUE;
        }
        if (header.name().indexOf('_') >= 0 && isTwin(header.name())) {
            return TWIN;
        }
        return overrides(header) ? OVERRIDE : inKnown(header);
    }

    private static boolean hasControl(String value) {
        for (var i = 0; i < value.length(); i++) {
            if (Token.isControl(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTwin(String name) {
        var plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return plain.startsWith(GUARDED_PREFIX) || GUARDED.contains(plain) || IdentityHeaders.contains(name);
    }

    private static boolean overrides(Header header) {
        for (var i = 0; i < OVERRIDES.size(); i++) {
            if (header.named(OVERRIDES.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String inKnown(Header header) {
        var value = header.value();
        if (header.named("Host")) {
            return HostText.isValid(value) ? null : BAD_HOST;
        }
        if (header.named("Content-Length")) {
            return StreamedBody.isNumber(value) ? null : BAD_LENGTH;
        }
        if (header.named("Transfer-Encoding")) {
            return value.equals("chunked") ? null : BAD_TRANSFER;
        }
        var encoding = header.named("Content-Encoding")
                && value.toLowerCase(Locale.ROOT).contains("chunked");
        return encoding ? BAD_ENCODING : null;
    }
}
