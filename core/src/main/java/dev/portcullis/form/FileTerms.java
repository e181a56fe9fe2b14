package dev.portcullis.form;

import dev.portcullis.Body.Part;
import dev.portcullis.TrustedBase;
import dev.portcullis.http.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one file must be. Immutable.
 *
 * @param maxSize how many bytes it may have
 * @param extensions the endings that its name may have; empty: all but those of files that something runs
 * @param mediaTypes the media types that it may be declared as; empty: all
 * @param verifyingContent whether its bytes are held against what is declared
 * @param denyingDoubleExtensions whether an ending that something runs is denied also before the last one
 */
@TrustedBase
record FileTerms(
        long maxSize,
        Set<String> extensions,
        List<String> mediaTypes,
        boolean verifyingContent,
        boolean denyingDoubleExtensions) {

    /** What a file is that is declared as nothing (RFC 7578, section 4.4, has text; nobody sends that without saying so). */
    private static final String UNDECLARED = "application/octet-stream";

    /** Throws where the text is no media type, nor all of one kind. */
    static void demandRange(String range) {
        var text = range.endsWith("/*") ? range.substring(0, range.length() - 1) + "any" : range;
        var type = MediaType.parseOrNull(text);
        if (type == null || !type.parameters().isEmpty() || text.contains("*")) {
            throw new IllegalArgumentException(
                    "media type: `" + range + "` (expected: one such as `image/png` or `image/*`)");
        }
    }

    /** Why the file is denied; null when it is not. */
    @Nullable
    FileDenial denial(Part file) throws IOException {
        var name = file.fileName();
        if (name == null || name.isEmpty() && file.size() == 0) {
            return null;
        }
        if (file.size() > maxSize) {
            return FileDenial.SIZE;
        }
        if (name.isEmpty() || FileName.trouble(name) != null) {
            return FileDenial.NAME;
        }
        var found = ofExtensions(Extensions.of(name));
        if (found != null) {
            return found;
        }
        var stated = file.contentType();
        var type = MediaType.parseOrNull(stated == null ? UNDECLARED : stated);
        if (type == null || !isAllowed(type)) {
            return FileDenial.MEDIA_TYPE;
        }
        return verifyingContent && file.size() > 0 ? ofContent(file, name, type) : null;
    }

    private @Nullable FileDenial ofExtensions(List<String> endings) {
        var last = endings.isEmpty() ? "" : endings.get(endings.size() - 1);
        if (extensions.isEmpty() ? Extensions.isActive(last) : !extensions.contains(last)) {
            return FileDenial.EXTENSION;
        }
        for (var i = 0; denyingDoubleExtensions && i < endings.size() - 1; i++) {
            if (Extensions.isActive(endings.get(i))) {
                return FileDenial.DOUBLE_EXTENSION;
            }
        }
        return null;
    }

    private boolean isAllowed(MediaType type) {
        return mediaTypes.isEmpty() || mediaTypes.contains(type.essence()) || mediaTypes.contains(type.type() + "/*");
    }

    private static @Nullable FileDenial ofContent(Part file, String name, MediaType type) throws IOException {
        var bytes = FileBytes.of(file);
        var endings = Extensions.of(name);
        var byName = FileKind.ofExtension(endings.isEmpty() ? "" : endings.get(endings.size() - 1));
        var byType = FileKind.ofType(type.essence());
        if (!isOneOf(bytes.kind(), byName) || !isOneOf(bytes.kind(), byType)) {
            return FileDenial.CONTENT;
        }
        var active = bytes.kind() != null && bytes.kind().isActive();
        if (active && byName.isEmpty() && byType.isEmpty()) {
            return FileDenial.CONTENT;
        }
        if (bytes.isTwoThings()) {
            return FileDenial.TWO_CONTENTS;
        }
        return bytes.kind() == FileKind.SVG && FileBytes.acts(file) ? FileDenial.ACTIVE_CONTENT : null;
    }

    /** Of a file whose name or media type says nothing that we know, nothing can be told. */
    private static boolean isOneOf(@Nullable FileKind kind, Set<FileKind> declared) {
        return declared.isEmpty() || kind != null && declared.contains(kind);
    }
}
