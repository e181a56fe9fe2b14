package dev.portcullis.config;

import dev.portcullis.ip.Countries;
import dev.portcullis.ip.CountryFile;
import org.jspecify.annotations.Nullable;

/**
 * Compiles where it is known where addresses are.
 *
 * @param at where it is written
 * @param contents finds files
 * @param application who tells countries without a file; null: nobody
 * @param earlier the feeds that were there before, and the file beside them
 */
record GeoCompiler(At at, Contents contents, @Nullable Countries application, Feeds earlier) {

    private static final String HELP = "write `file:/path/GeoLite2-Country.mmdb`";

    @Nullable
    Countries compile(@Nullable GeoSettings written) {
        if (written == null) {
            return application;
        }
        var here = at.child("country");
        if (written.country() == null) {
            here.problem("missing", HELP);
            return null;
        }
        if (application != null) {
            here.problem("a file beside the application's own `Countries`", "remove either");
            return null;
        }
        return file(here, written.country());
    }

    private @Nullable Countries file(At here, String location) {
        var path = location.startsWith("file:") ? contents.file(location) : null;
        if (path == null) {
            here.problem(Contents.shown(location) + " (expected: a file)", HELP);
            return null;
        }
        if (earlier.countries() instanceof CountryFile known && known.path().equals(path)) {
            return known;
        }
        try {
            return here.make(location, HELP, any -> CountryFile.at(path));
        } catch (NoClassDefFoundError e) {
            here.problem("no reader for the file", "add the dependency `com.maxmind.db:maxmind-db`");
            return null;
        }
    }
}
