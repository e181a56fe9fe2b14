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

    private static final int LENGTH = 1 << CloseField.CONTENT_LENGTH.ordinal();
    private static final int TRANSFER = 1 << CloseField.TRANSFER_ENCODING.ordinal();

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

    private static final String RANGE = "Range";

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

    /** How many ranges of a representation are asked for, in all lines. */
    static int ranges(List<Header> headers) {
        var ranges = 0;
        for (var i = 0; i < headers.size(); i++) {
            var header = headers.get(i);
            ranges += header.named(RANGE) ? 1 + commas(header.value()) : 0;
        }
        return ranges;
    }

    private static int commas(String text) {
        var commas = 0;
        for (var at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) {
            commas++;
        }
        return commas;
    }

    /** Why readers may differ over the lines, as a phrase for the operator; null when they cannot. */
    static @Nullable String trouble(List<Header> headers) {
        var seen = 0;
        for (var i = 0; i < headers.size(); i++) {
            var header = headers.get(i);
            var known = FieldNames.find(header.name());
            var field = known == null ? CloseField.of(header) : known.field();
            var found = known == null ? inName(header.name()) : null;
            found = found == null ? inValue(field, header.value()) : found;
            if (found != null) {
                return found;
            }
            var bit = field != null && field.once() ? 1 << field.ordinal() : 0;
            if (field != null && (seen & bit) != 0) {
                return field.twice();
            }
            seen |= bit;
        }
        return (seen & LENGTH) != 0 && (seen & TRANSFER) != 0 ? TWO_LENGTHS : null;
    }

    /** What is wrong with the name of a field, which is none of the usual ones. */
    private static @Nullable String inName(String name) {
        if (!Token.is(name)) {
            return BAD_NAME;
        }
        return name.indexOf('_') >= 0 && isTwin(name) ? TWIN : null;
    }

    private static @Nullable String inValue(@Nullable CloseField field, String value) {
        if (Token.hasControl(value)) {
            return BAD_VALUE;
        }
        return field == null ? null : inKnown(field, value);
    }

    private static boolean isTwin(String name) {
        var plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return plain.startsWith(GUARDED_PREFIX)
                || GUARDED.contains(plain)
                || IdentityHeaders.contains(name) && !IdentityHeaders.isSpelledWithUnderscores(name);
    }

    private static @Nullable String inKnown(CloseField field, String value) {
        return switch (field) {
            case HOST -> HostText.isValid(value) ? null : BAD_HOST;
            case CONTENT_LENGTH -> StreamedBody.isNumber(value) ? null : BAD_LENGTH;
            case TRANSFER_ENCODING -> value.equals("chunked") ? null : BAD_TRANSFER;
            case CONTENT_ENCODING -> value.toLowerCase(Locale.ROOT).contains("chunked") ? BAD_ENCODING : null;
            case METHOD_OVERRIDE, METHOD, SHORT_METHOD_OVERRIDE -> OVERRIDE;
            case CONTENT_TYPE, ORIGIN -> null;
        };
    }
}
