package dev.portcullis.attack;

import dev.portcullis.Body.Content;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.Json;
import dev.portcullis.http.MediaType;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes a body apart that is a form, JSON, XML or text; what it is meant to read and cannot, it denies. */
@TrustedBase
final class BodyScan {

    private static final String MULTIPART = "multipart";
    private static final String FORM = "application/x-www-form-urlencoded";
    /** Charsets in which ASCII stands for itself, so that nothing hides from a reader of bytes. */
    static final Set<String> CHARSETS =
            Set.of("utf-8", "utf8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "latin1");

    private static final Set<String> JSON_LINES = Set.of("x-ndjson", "ndjson", "jsonl", "x-jsonlines", "jsonlines");

    /** What stands before each value of a sequence of JSON (RFC 7464). */
    private static final byte RECORD = 0x1e;

    private static final Reply MALFORMED = Reply.problem(400, "malformed-body");
    private static final Reply UNSUPPORTED_TYPE = Reply.problem(415, "unsupported-media-type");
    private static final Reply UNSUPPORTED_ENCODING = UNSUPPORTED_TYPE.with("Accept-Encoding", "identity");

    private BodyScan() {}

    static Verdict.@Nullable Deny of(Inspection inspection, Request request, long maxBytes, FormParts parts) {
        var stated = request.header("Content-Type");
        if (stated == null || request.body().isEmpty()) {
            return null;
        }
        var type = MediaType.parseOrNull(stated);
        if (type == null) {
            return Verdict.deny(UNSUPPORTED_TYPE, Evidence.of("content-type", stated));
        }
        if (type.type().equals(MULTIPART)) {
            return areRead(parts, request) ? apart(inspection, request, type, maxBytes) : null;
        }
        return isForm(type)
                        || isJson(type)
                        || isXml(type)
                        || isText(type)
                        || isTable(type)
                        || isJsonLines(type)
                        || isJsonSequence(type)
                ? read(inspection, request, type, maxBytes)
                : null;
    }

    private static boolean areRead(FormParts parts, Request request) {
        return parts == FormParts.DEMANDED
                || parts == FormParts.GIVEN && request.body().givesParts();
    }

    /** Containers take bodies of all multipart types apart, and rules none but forms. */
    private static Verdict.@Nullable Deny apart(Inspection inspection, Request request, MediaType type, long maxBytes) {
        return isReadable(type) ? PartScan.of(inspection, request, maxBytes) : unreadable(type);
    }

    /** Tells whether ASCII stands for itself in the charset that the type states; one that states none is in UTF-8. */
    static boolean isReadable(MediaType type) {
        var charset = type.charset();
        return charset == null || CHARSETS.contains(charset);
    }

    static Verdict.Deny unreadable(MediaType type) {
        return Verdict.deny(UNSUPPORTED_TYPE, Evidence.of("charset", String.valueOf(type.charset())));
    }

    private static boolean isForm(MediaType type) {
        return type.essence().equals(FORM);
    }

    private static boolean isJson(MediaType type) {
        return type.isJson() || type.subtype().equals("json") || type.subtype().equals("x-json");
    }

    /** Tells whether the type is that of values of JSON, each in a line of its own. */
    private static boolean isJsonLines(MediaType type) {
        return JSON_LINES.contains(type.subtype().substring(type.subtype().lastIndexOf('+') + 1));
    }

    private static boolean isJsonSequence(MediaType type) {
        return type.subtype().equals("json-seq") || type.subtype().endsWith("+json-seq");
    }

    /** Tells whether the type is that of a table, whose values stand between commas or tabs. */
    private static boolean isTable(MediaType type) {
        return type.subtype().equals("csv") || type.essence().equals("text/tab-separated-values");
    }

    private static boolean isXml(MediaType type) {
        return type.subtype().equals("xml") || type.subtype().endsWith("+xml");
    }

    /** Tells whether the type is that of text which means something to programs, or that they guess the meaning of. */
    private static boolean isText(MediaType type) {
        return type.essence().equals("text/plain")
                || type.subtype().equals("yaml")
                || type.subtype().equals("x-yaml")
                || type.subtype().equals("toml")
                || type.subtype().equals("graphql");
    }

    private static Verdict.@Nullable Deny read(Inspection inspection, Request request, MediaType type, long maxBytes) {
        var encoding = request.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Verdict.deny(UNSUPPORTED_ENCODING, Evidence.of("content-encoding", encoding));
        }
        if (!isReadable(type)) {
            return unreadable(type);
        }
        var content = request.body().content(maxBytes);
        if (content instanceof Content.Denied refused) {
            return refused.deny();
        }
        var bytes = ((Content.Whole) content).bytes();
        var body = inspection.ofBody(bytes.length);
        if (isText(type)) {
            return body.look(Place.TEXT, "", text(bytes));
        }
        if (isTable(type)) {
            return CsvScan.of(body, text(bytes), !type.subtype().equals("csv"));
        }
        if (isJsonLines(type) || isJsonSequence(type)) {
            return jsonValues(body, bytes, isJsonLines(type) ? (byte) '\n' : RECORD);
        }
        return isForm(type) ? form(body, bytes) : isJson(type) ? json(body, bytes) : XmlScan.of(body, bytes);
    }

    private static String text(byte[] bytes) {
        var text = new StringBuilder(bytes.length);
        Percent.append(bytes, bytes.length, text);
        return text.toString();
    }

    private static Verdict.@Nullable Deny form(Inspection inspection, byte[] bytes) {
        return Pairs.look(inspection, text(bytes), Place.FORM_NAME, Place.FORM_VALUE);
    }

    private static Verdict.@Nullable Deny jsonValues(Inspection inspection, byte[] bytes, byte separator) {
        for (var from = 0; from < bytes.length; ) {
            var end = from;
            var blank = true;
            while (end < bytes.length && bytes[end] != separator) {
                blank &= bytes[end] >= 0 && bytes[end] <= ' ';
                end++;
            }
            var deny = blank ? null : json(inspection, Arrays.copyOfRange(bytes, from, end));
            if (deny != null) {
                return deny;
            }
            from = end + 1;
        }
        return null;
    }

    private static Verdict.@Nullable Deny json(Inspection inspection, byte[] bytes) {
        var result = Json.read(bytes);
        return result instanceof Json.Read read
                ? JsonScan.of(inspection, read.node())
                : Verdict.deny(MALFORMED, Evidence.of("malformed-body", ((Json.Malformed) result).reason()));
    }
}
