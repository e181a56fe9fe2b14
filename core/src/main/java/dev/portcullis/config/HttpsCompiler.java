package dev.portcullis.config;

import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.config.HttpsSettings.Remembered;
import dev.portcullis.http.Hsts;
import dev.portcullis.http.Https;
import dev.portcullis.match.PathPattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the demand for https.
 *
 * @param at where it is written
 * @param outer the mode where it says none
 */
record HttpsCompiler(At at, Mode outer) {

    static final String NAME = "https";

    private static final Kind<Boolean> PLAIN = Kind.choice("consequence", Map.of("deny", false, "redirect", true));
    private static final Duration YEAR = Duration.ofDays(365);
    private static final String PROBES = "write the paths of probes, such as `/actuator/health/**`";

    /** The rule; none when nothing is written. */
    Stream<Rule> compile(@Nullable HttpsSettings written) {
        if (written == null) {
            return Stream.of();
        }
        var redirects = at.child("plain").read(written.plain(), PLAIN, false);
        var port = at.child("port").read(written.port(), Kind.COUNT, 443L);
        if (written.port() != null && !redirects) {
            at.child("port").problem("where nobody is sent", "write `plain: redirect`, or remove `port`");
        }
        var exempt = exempt(at.child("exempt"), written.exempt());
        var hsts = hsts(at.child("hsts"), written.hsts());
        var mode = at.child("mode").read(written.mode(), Kind.MODE, outer);
        var sent = redirects ? port.intValue() : null;
        var check = at.child("port")
                .make("", "write the port of https", any -> new Https(sent, path -> covers(exempt, path), hsts));
        return check == null
                ? Stream.of()
                : Stream.of(Rule.enforce(NAME, check).in(mode).alsoOn(Dispatch.ERROR));
    }

    static boolean covers(List<PathPattern> patterns, String path) {
        for (var i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(path)) {
                return true;
            }
        }
        return false;
    }

    /** Probes have paths of their own; a pattern that covers the first segment of any path is for more than probes. */
    static List<PathPattern> exempt(At here, @Nullable List<String> written) {
        var patterns = here.each(written, PROBES, PathPattern::parse);
        for (var i = 0; written != null && i < written.size(); i++) {
            if (written.get(i).startsWith("/*") || written.get(i).startsWith("/{")) {
                here.item(i).problem("`" + At.shown(written.get(i)) + "` exempts more than probes", PROBES);
            }
        }
        return patterns;
    }

    private static @Nullable Hsts hsts(At here, @Nullable Remembered written) {
        if (written == null) {
            return null;
        }
        var age = here.child("max-age").read(written.maxAge(), Kind.DURATION, YEAR);
        var below = here.child("include-subdomains").read(written.includeSubdomains(), Kind.SWITCH, false);
        var preload = here.child("preload").read(written.preload(), Kind.SWITCH, false);
        return here.make(
                "", "write `{ max-age: 365d, include-subdomains: true }`", any -> new Hsts(age, below, preload));
    }
}
