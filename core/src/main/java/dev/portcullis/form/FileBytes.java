package dev.portcullis.form;

import dev.portcullis.Body.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a file say that it is: its beginning and its end are read, nothing else.
 *
 * @param kind what it is; null when nobody knows
 * @param head its beginning as text of bytes, in lower case
 * @param tail its end as text of bytes
 */
record FileBytes(@Nullable FileKind kind, String head, String tail) {

    /** How many bytes are read of the beginning. */
    static final int HEAD = 16 * 1024;

    /** How many bytes are read of the end. */
    static final int TAIL = 1024;

    /** How long a picture of lines may be, which is read to its end. */
    static final int MAX_SVG = 1 << 20;

    private static final List<String> MARKUP =
            List.of("<script", "<html", "<svg", "<iframe", "<?php", "<%", "<!doctype html", "javascript:");
    private static final List<String> SVG_SCRIPTS = List.of(
            "<script", "javascript:", "<foreignobject", "<!entity", "<!doctype", "<iframe", "<handler", "data:text");
    private static final List<String> HTML_STARTS = List.of(
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<script",
            "<iframe",
            "<img",
            "<table",
            "<a ",
            "<div",
            "<style",
            "<title",
            "<meta",
            "<object",
            "<embed",
            "<link",
            "<h1",
            "<p>",
            "<br",
            "<!--");
    private static final String END_OF_ZIP = "PK\5\6";
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    static FileBytes of(Part part) throws IOException {
        try (var in = part.open()) {
            var head = in.readNBytes(HEAD);
            var rest = part.size() - head.length;
            if (rest > TAIL) {
                in.skipNBytes(rest - TAIL);
            }
            var tail = text(rest > 0 ? in.readNBytes(TAIL) : head);
            var text = text(head).toLowerCase(Locale.ROOT);
            return new FileBytes(kind(head, text), text, tail);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable FileKind kind(byte[] head, String text) {
        for (var kind : FileKind.values()) {
            if (kind.begins(head, head.length) && isWhole(kind, text)) {
                return kind;
            }
        }
        return text.indexOf('\0') >= 0 ? null : ofText(text);
    }

    /** Two letters begin many a text too. */
    private static boolean isWhole(FileKind kind, String text) {
        return kind != FileKind.BMP && kind != FileKind.WINDOWS || text.indexOf('\0') >= 0;
    }

    private static FileKind ofText(String text) {
        var start = text.startsWith(BYTE_ORDER_MARK) ? text.substring(3).strip() : text.strip();
        if (text.contains("<?php")) {
            return FileKind.PHP;
        }
        if (start.startsWith("<")) {
            return ofMarkup(start);
        }
        return FileKind.TEXT;
    }

    private static FileKind ofMarkup(String start) {
        if (isSvg(start)) {
            return FileKind.SVG;
        }
        if (HTML_STARTS.stream().anyMatch(start::startsWith) || start.contains("<html") || start.contains("<script")) {
            return FileKind.HTML;
        }
        return start.startsWith("<?xml") || start.endsWith(">") ? FileKind.XML : FileKind.TEXT;
    }

    private static boolean isSvg(String start) {
        var declared = start.startsWith("<svg") || start.startsWith("<?xml") || start.startsWith("<!");
        return declared && start.contains("<svg");
    }

    /** Tells whether there is markup in a picture, or an archive behind something that is none. */
    boolean isTwoThings() {
        var picture = kind != null && kind.isPicture();
        var archive = (picture || kind == FileKind.PDF) && tail.contains(END_OF_ZIP);
        return archive || picture && MARKUP.stream().anyMatch(word -> head.contains(word) && !word.equals("<%"));
    }

    /** Tells whether a picture of lines can do something, or is too long to tell. */
    static boolean acts(Part part) throws IOException {
        if (part.size() > MAX_SVG) {
            return true;
        }
        try (var in = part.open()) {
            var text = References.undone(text(in.readNBytes(MAX_SVG))).toLowerCase(Locale.ROOT);
            return SVG_SCRIPTS.stream().anyMatch(text::contains) || hasEvent(text);
        }
    }

    /** Tells whether there is an attribute like {@code onload=}. */
    private static boolean hasEvent(String text) {
        for (var at = text.indexOf("on"); at >= 0; at = text.indexOf("on", at + 2)) {
            var end = at + 2;
            while (end < text.length() && text.charAt(end) >= 'a' && text.charAt(end) <= 'z') {
                end++;
            }
            while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            var separated = at > 0 && !Character.isLetterOrDigit(text.charAt(at - 1)) && text.charAt(at - 1) != '-';
            if (separated && end > at + 2 && end < text.length() && text.charAt(end) == '=') {
                return true;
            }
        }
        return false;
    }
}
