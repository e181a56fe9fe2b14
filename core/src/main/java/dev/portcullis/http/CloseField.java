package dev.portcullis.http;

import dev.portcullis.Header;
import dev.portcullis.TrustedBase;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields that are looked at more closely, some of which may be there once only. */
@TrustedBase
enum CloseField {
    HOST("Host", true),
    CONTENT_LENGTH("Content-Length", true),
    TRANSFER_ENCODING("Transfer-Encoding", true),
    CONTENT_TYPE("Content-Type", true),
    ORIGIN("Origin", true),
    CONTENT_ENCODING("Content-Encoding", false),
    METHOD_OVERRIDE("X-HTTP-Method-Override", false),
    METHOD("X-HTTP-Method", false),
    SHORT_METHOD_OVERRIDE("X-Method-Override", false);

    private static final CloseField[][] BY_LENGTH = byLength();

    private final String text;
    private final boolean once;
    private final String twice;

    CloseField(String text, boolean once) {
        this.text = text;
        this.once = once;
        this.twice = "`" + text + "` more than once";
    }

    private static CloseField[][] byLength() {
        return IntStream.rangeClosed(
                        0,
                        Stream.of(values())
                                .mapToInt(field -> field.text.length())
                                .max()
                                .orElse(0))
                .mapToObj(length -> Stream.of(values())
                        .filter(field -> field.text.length() == length)
                        .toArray(CloseField[]::new))
                .toArray(CloseField[][]::new);
    }

    /** The field that the line belongs to; null when it belongs to none of these. */
    static @Nullable CloseField of(Header header) {
        var length = header.name().length();
        if (length >= BY_LENGTH.length) {
            return null;
        }
        for (var field : BY_LENGTH[length]) {
            if (header.named(field.text)) {
                return field;
            }
        }
        return null;
    }

    /** Whether it may be there once only. */
    boolean once() {
        return once;
    }

    /** What is wrong where it is there more than once, as a phrase for the operator. */
    String twice() {
        return twice;
    }
}
