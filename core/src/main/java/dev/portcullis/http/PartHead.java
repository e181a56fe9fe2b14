package dev.portcullis.http;

import dev.portcullis.Header;
import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the lines before a part of a form say, where every reader reads the same. Immutable.
 *
 * @param disposition the name of the field and of the file
 * @param contentType the media type as the client stated it; null when it did not
 * @param trouble why readers may differ, as a phrase for the operator; null when they cannot
 */
@TrustedBase
record PartHead(
        Disposition disposition,
        @Nullable String contentType,
        @Nullable String trouble) {

    private static final int MAX_LINES = 16;
    private static final Disposition NONE = new Disposition("", null, null);
    private static final Set<String> PLAIN_TRANSFER = Set.of("7bit", "8bit", "binary");
    private static final String TOO_MANY = "a part with more than " + MAX_LINES + " header lines";
    private static final String BAD_LINE = "a header line of a part that is none";
    private static final String NO_DISPOSITION = "a part without one content disposition";
    private static final String TWO_TYPES = "a part with two content types";
    private static final String ENCODED = "a part with a transfer encoding";

    static PartHead of(List<Header> lines) {
        var trouble = trouble(lines);
        if (trouble != null) {
            return new PartHead(NONE, null, trouble);
        }
        var disposition =
                Disposition.of(lines.get(index("Content-Disposition", lines)).value());
        var type = index("Content-Type", lines);
        return new PartHead(disposition, type < 0 ? null : lines.get(type).value(), disposition.trouble());
    }

    private static @Nullable String trouble(List<Header> lines) {
        if (lines.size() > MAX_LINES) {
            return TOO_MANY;
        }
        for (var line : lines) {
            if (!Token.is(line.name()) || Token.hasControl(line.value())) {
                return BAD_LINE;
            }
        }
        if (count("Content-Disposition", lines) != 1) {
            return NO_DISPOSITION;
        }
        if (count("Content-Type", lines) > 1) {
            return TWO_TYPES;
        }
        var encoding = index("Content-Transfer-Encoding", lines);
        var plain = encoding < 0
                || PLAIN_TRANSFER.contains(lines.get(encoding).value().toLowerCase(Locale.ROOT));
        return plain && count("Content-Transfer-Encoding", lines) < 2 ? null : ENCODED;
    }

    private static int count(String name, List<Header> lines) {
        var count = 0;
        for (var line : lines) {
            count += line.named(name) ? 1 : 0;
        }
        return count;
    }

    private static int index(String name, List<Header> lines) {
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).named(name)) {
                return i;
            }
        }
        return -1;
    }
}
