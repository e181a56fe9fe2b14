package dev.portcullis.config;

import dev.portcullis.abuse.RiskTerms;
import dev.portcullis.abuse.Signal;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What makes a caller's score grow, as written. Immutable.
 *
 * @param halfLife after which time half of a score is left
 * @param signals what each signal counts, by its name
 * @param honeypots more paths that only who looks for holes would go to
 */
public record RiskSettings(
        @Key(
                description = "After which time half of a caller's score is left.",
                defaultValue = "3m",
                type = Key.Type.DURATION)
        @Nullable
        String halfLife,

        @Key(
                description =
                        "What each signal counts, by its name: `failed-authentication`, `attack`, `rate-limited`, `client-error`, `unknown-path`, `honeypot`, `enumeration`, `scanner`, `missing-headers`, `detected`.",
                type = Key.Type.PART)
        @Nullable
        Map<String, Weight> signals,

        @Key(
                description =
                        "Paths, beside the usual ones, that only who looks for holes would go to; they count where the application has nothing.")
        @Nullable
        List<String> honeypots) {

    private static final String NAMES =
            Stream.of(Signal.values()).map(Signal::word).collect(Collectors.joining("`, `", "`", "`"));

    /**
     * What a signal counts, as written. Immutable.
     *
     * @param points what one counts
     * @param most what all of them count at most
     */
    public record Weight(
            @Key(description = "What one counts; `0` for nothing.", type = Key.Type.COUNT) @Nullable
            String points,

            @Key(description = "What all of them count at most.", type = Key.Type.COUNT) @Nullable
            String most) {}

    static RiskTerms compile(At at, @Nullable RiskSettings written) {
        if (written == null) {
            return RiskTerms.USUAL;
        }
        var usual = RiskTerms.USUAL;
        var halfLife = at.child("half-life").read(written.halfLife(), Kind.DURATION, usual.halfLife());
        var weights = new EnumMap<Signal, RiskTerms.Weight>(Signal.class);
        var signals = written.signals() == null ? Map.<String, Weight>of() : written.signals();
        signals.forEach((name, weight) -> weigh(at.child("signals").child(name), name, weight, weights));
        var honeypots = honeypots(at.child("honeypots"), written.honeypots());
        var terms = at.child("half-life")
                .make("", "write a time such as `3m`", unused -> new RiskTerms(halfLife, weights, honeypots));
        return terms == null ? usual : terms;
    }

    private static void weigh(At at, String name, Weight written, Map<Signal, RiskTerms.Weight> weights) {
        var signal = Stream.of(Signal.values())
                .filter(one -> one.word().equals(name))
                .findFirst()
                .orElse(null);
        if (signal == null) {
            at.problem("no such signal", "there are " + NAMES);
            return;
        }
        var points = number(at.child("points"), written.points(), signal.points());
        var most = number(at.child("most"), written.most(), Math.max(points, signal.most()));
        var weight = at.make("", "write `{ points: 10, most: 100 }`", unused -> new RiskTerms.Weight(points, most));
        if (weight != null) {
            weights.put(signal, weight);
        }
    }

    private static int number(At at, @Nullable String text, int usual) {
        return "0".equals(text) ? 0 : at.read(text, Kind.COUNT, (long) usual).intValue();
    }

    private static Set<String> honeypots(At at, @Nullable List<String> written) {
        var all = new HashSet<>(RiskTerms.USUAL_HONEYPOTS);
        var more = written == null ? List.<String>of() : written;
        for (var i = 0; i < more.size(); i++) {
            if (more.get(i).length() < 2
                    || !more.get(i).startsWith("/")
                    || more.get(i).endsWith("/")) {
                at.item(i)
                        .problem(
                                "`" + At.shown(more.get(i)) + "` (expected: a path)",
                                "write `/secret` or `/old/admin`");
            }
            all.add(more.get(i));
        }
        return all;
    }
}
