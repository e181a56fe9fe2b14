package dev.portcullis.config;

import dev.portcullis.Rule.Mode;
import dev.portcullis.config.DenialSettings.Entry;
import dev.portcullis.denial.Denial;
import dev.portcullis.denial.DenyList;
import dev.portcullis.denial.Target;
import dev.portcullis.denial.Target.Verb;
import dev.portcullis.denial.Target.What;
import dev.portcullis.ip.IpRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles what operators have denied in the configuration. Lives for one configuration. */
final class DenialCompiler {

    private static final Instant NEVER_OVER = Instant.parse("9999-12-31T00:00:00Z");
    private static final Duration RELOAD = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String WHAT = "write `revoke` with `token`, `subject`, `client`, `key` or `issuer`, or `deny`"
            + " with `address`, `subject`, `client`, `tenant`, `route` or `rule`";
    private static final String USUAL = "write a time such as `500ms` or `30s`";

    /** Who vouches for callers that no issuer under {@code issuers} has. */
    private static final Set<String> OWN = Set.of("clients", "certificates", "session");

    private final At at;
    private final @Nullable DenialSettings written;
    private final Map<String, TrustedIssuer> issuers;

    DenialCompiler(At top, Configuration all) {
        this.at = top.child("denials");
        this.written = all.denials();
        this.issuers = all.issuers() == null ? Map.of() : all.issuers();
    }

    /**
     * What is written. Immutable.
     *
     * @param entries what is denied
     * @param file where more is; null: nowhere
     * @param reload how often that is looked at
     * @param poll how often the ledger is asked
     * @param cache where what is known is kept; null: nowhere
     * @param bounds the bounds of what is kept
     * @param mode whether denials are enforced
     */
    record Denied(
            List<Denial> entries,
            @Nullable Path file,
            Duration reload,
            Duration poll,
            @Nullable Path cache,
            DenyList.Bounds bounds,
            Mode mode) {}

    Denied compile(Contents contents, Mode outer) {
        if (written == null) {
            return new Denied(List.of(), null, RELOAD, POLL, null, DenyList.Bounds.USUAL, outer);
        }
        var file = written.file() == null ? null : file("file", written.file(), contents);
        var entries = new ArrayList<>(entries(at.child("entries"), written.entries(), "configuration"));
        issuers(at.child("entries"), written.entries());
        if (file != null) {
            entries.addAll(DenialFile.first(at.child("file"), file));
        }
        return new Denied(
                entries,
                file,
                interval("reload", written.reload(), RELOAD),
                interval("poll", written.poll(), POLL),
                written.cache() == null ? null : file("cache", written.cache(), contents),
                bounds(written),
                at.child("mode").read(written.mode(), Kind.MODE, outer));
    }

    /** Finds issuers that nobody has written: what they have issued is denied anyway, and what was meant is not. */
    private void issuers(At here, @Nullable List<Entry> entries) {
        for (var i = 0; entries != null && i < entries.size(); i++) {
            var entry = entries.get(i);
            demandIssuer(here.item(i).child("issuer"), entry.issuer());
            if (What.ISSUER.word().equals(entry.revoke())) {
                demandName(here.item(i).child("value"), entry.value());
            }
        }
    }

    private void demandIssuer(At here, @Nullable String name) {
        if (issuers.values().stream()
                .noneMatch(one -> String.valueOf(one.issuer()).equals(name))) {
            demandName(here, name);
        }
    }

    private void demandName(At here, @Nullable String name) {
        if (name != null && !OWN.contains(name) && !issuers.containsKey(name)) {
            here.problem(
                    "no issuer `" + At.shown(name) + "`, so that nothing is revoked",
                    Nearest.to(name, issuers.keySet())
                            .map(near -> "did you mean `" + near + "`?")
                            .orElse("write a name under `issuers`"));
        }
    }

    private @Nullable Path file(String key, String location, Contents contents) {
        var path = contents.file(location);
        if (path == null) {
            at.child(key)
                    .problem(
                            Contents.shown(location) + " (expected: a file)",
                            "write a location such as `file:/etc/portcullis/denials.yml`");
        }
        return path;
    }

    private Duration interval(String key, @Nullable String text, Duration absent) {
        var here = at.child(key);
        var value = here.read(text, Kind.DURATION, absent);
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            here.problem("`" + At.shown(String.valueOf(text)) + "` (expected: 50 ms to 1 h)", USUAL);
            return absent;
        }
        return value;
    }

    private DenyList.Bounds bounds(DenialSettings settings) {
        var usual = DenyList.Bounds.USUAL;
        var most = at.child("max-entries").read(settings.maxEntries(), Kind.COUNT, (long) usual.maxEntries());
        var stale = at.child("max-stale").read(settings.maxStale(), Kind.DURATION, usual.maxStale());
        var made = at.make("", USUAL, unused -> new DenyList.Bounds((int) Math.min(most, Integer.MAX_VALUE), stale));
        return made == null ? usual : made;
    }

    /** The denials of a list, without those that have a problem. */
    static List<Denial> entries(At at, @Nullable List<Entry> entries, String by) {
        var made = new ArrayList<Denial>();
        for (var i = 0; entries != null && i < entries.size(); i++) {
            var denial = entry(at.item(i), entries.get(i), by);
            if (denial != null) {
                made.add(denial);
            }
        }
        return made;
    }

    private static @Nullable Denial entry(At at, Entry entry, String by) {
        var before = at.child("before").read(entry.before(), Kind.TIME);
        var until = at.child("until").read(entry.until(), Kind.TIME, NEVER_OVER);
        var value = entry.value();
        var reason = entry.reason();
        if ((entry.revoke() == null) == (entry.deny() == null)) {
            at.problem("neither or both of `revoke` and `deny`", WHAT);
            return null;
        }
        if (value == null || reason == null) {
            at.problem("no `value` or no `reason`", "say which one, and why");
            return null;
        }
        return at.make(value, WHAT, unused -> {
            var verb = entry.revoke() == null ? Verb.DENY : Verb.REVOKE;
            var target = new Target(verb, what(entry), value, entry.issuer(), before);
            if (target.what() == What.ADDRESS) {
                var range = IpRange.parse(value);
                target = Target.denied(What.ADDRESS, range.toString());
            }
            return new Denial(id(target, by), target, reason, by, Instant.EPOCH, until);
        });
    }

    private static What what(Entry entry) {
        var word = entry.revoke() == null ? entry.deny() : entry.revoke();
        return what(String.valueOf(word));
    }

    /** What is meant by a word. */
    static What what(String word) {
        for (var what : What.values()) {
            if (what.word().equals(word)) {
                return what;
            }
        }
        throw new IllegalArgumentException("`" + At.shown(word) + "` (expected: something that can be denied)");
    }

    /** The same for the same thing, over reloads too. */
    private static String id(Target target, String by) {
        var text = target.toString().getBytes(StandardCharsets.UTF_8);
        return by + "-" + HexFormat.of().toHexDigits(Arrays.hashCode(text)).toLowerCase(Locale.ROOT);
    }
}
