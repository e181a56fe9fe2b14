package dev.portcullis.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Headers that the application behind the gate is not shown, since a client could name a caller by them. Immutable. */
public final class HiddenHeaders {

    /** All are shown. */
    public static final HiddenHeaders NONE = new HiddenHeaders(false, null);

    /** Those by which proxies usually name a caller. */
    public static final HiddenHeaders USUAL = new HiddenHeaders(true, null);

    private final boolean usual;
    private final @Nullable String further;

    private HiddenHeaders(boolean usual, @Nullable String further) {
        this.usual = usual;
        this.further = further;
    }

    /** The usual ones and one more, whatever its case. */
    public static HiddenHeaders with(String header) {
        return new HiddenHeaders(true, plain(header));
    }

    /** Tells whether the application is not shown the field. */
    public boolean contains(String name) {
        return usual && IdentityHeaders.contains(name)
                || further != null && further.length() == name.length() && further.equals(plain(name));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
