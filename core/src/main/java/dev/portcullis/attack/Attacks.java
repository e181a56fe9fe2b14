package dev.portcullis.attack;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Body;
import dev.portcullis.Check;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Denies requests in which detectors find an attack: 403 {@code attack-detected}. Immutable.
 *
 * <p>Read are the path, the names and values of query parameters, cookies, the header fields {@code User-Agent}, {@code Referer} and
 * {@code X-*}, and bodies that are forms ({@code application/x-www-form-urlencoded}), JSON, XML or text (plain, YAML, GraphQL), and multipart forms where
 * {@link Builder#multipart} says so. Other bodies are not read.
 */
public final class Attacks implements Check {

    private static final int MAX_HITS = 100;

    private final long maxBytes;
    private final FormParts parts;
    private final Inspection usual;
    private final Inspection ofTrusted;
    private final Predicate<Principal> trusted;
    private final @Nullable Draw draw;

    private Attacks(Builder builder) {
        this.maxBytes = builder.maxBytes;
        this.parts = builder.parts;
        this.trusted = builder.trusted;
        this.draw = builder.draw;
        var exclusions = new Exclusions(builder.exclusions);
        this.usual = new Inspection(Panel.of(builder.level, builder.levels, builder.looking), exclusions);
        this.ofTrusted = new Inspection(
                Panel.of(builder.trustedLevel.orMoreLenient(builder.level), builder.levelsOfTrusted(), builder.looking),
                exclusions);
    }

    /** A builder for the balanced level, without exclusions, for bodies up to {@link Body#DEFAULT_BOUND}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The ids of all detectors, as they stand in evidence and in exclusions. */
    public static List<String> detectors() {
        return Detectors.ALL.stream().map(Detector::id).toList();
    }

    /** The ids of those detectors that look only where {@link Builder#only} names them. */
    public static Set<String> optional() {
        return Detectors.OPTIONAL;
    }

    /** The version of the detectors: it changes when the same request may be judged otherwise. */
    public static String version() {
        return Catalogue.VERSION;
    }

    @Override
    public Verdict check(Request request) {
        if (draw != null && !draw.takes()) {
            return Verdict.pass();
        }
        var deny = look(inspection(request), request);
        return deny == null ? Verdict.pass() : deny;
    }

    /** Which requests it looks at, as an operator reads it; empty for all. */
    public String share() {
        return draw == null ? "" : draw.shown();
    }

    private Verdict.@Nullable Deny look(Inspection inspection, Request request) {
        var deny = HeadScan.of(inspection, request);
        return deny == null ? BodyScan.of(inspection, request, maxBytes, parts) : deny;
    }

    private Inspection inspection(Request request) {
        var caller = request.principal();
        return (caller != null && trusted.test(caller) ? ofTrusted : usual).on(request);
    }

    /**
     * All that is found in a request, and not only what decides; at most {@value #MAX_HITS}. It takes longer than to ask the check.
     */
    public List<Hit> hits(Request request) {
        var hits = new LinkedHashSet<Hit>();
        look(
                inspection(request).noting(hit -> {
                    if (hits.size() < MAX_HITS) {
                        hits.add(hit);
                    }
                }),
                request);
        return List.copyOf(hits);
    }

    /** The settings of the check. Not thread-safe. */
    public static final class Builder {

        private Level level = Level.BALANCED;
        private final Map<String, Level> levels = new HashMap<>();
        private final List<Exclusion> exclusions = new ArrayList<>();
        private Set<String> looking = Set.of();
        private Predicate<Principal> trusted = caller -> false;
        private Level trustedLevel = Level.BALANCED;
        private long maxBytes = Body.DEFAULT_BOUND;
        private FormParts parts = FormParts.GIVEN;
        private @Nullable Draw draw;

        private Builder() {}

        /** Another builder that says the same so far. */
        public Builder copy() {
            var copy = new Builder();
            copy.level = level;
            copy.levels.putAll(levels);
            copy.exclusions.addAll(exclusions);
            copy.looking = looking;
            copy.trusted = trusted;
            copy.trustedLevel = trustedLevel;
            copy.maxBytes = maxBytes;
            copy.parts = parts;
            copy.draw = draw;
            return copy;
        }

        /** How sure a detector must be; {@link Level#BALANCED} unless set. */
        public Builder level(Level needed) {
            this.level = requireNonNull(needed, "level");
            return this;
        }

        /** How sure one detector must be, whatever the others must. */
        public Builder level(String detector, Level needed) {
            levels.put(known(detector), requireNonNull(needed, "needed"));
            return this;
        }

        /** Has only these detectors look. */
        public Builder only(Set<String> detectors) {
            detectors.forEach(Builder::known);
            if (detectors.isEmpty()) {
                throw new IllegalArgumentException("detectors: none (expected: at least one)");
            }
            this.looking = Set.copyOf(detectors);
            return this;
        }

        /** Has detectors be at least this sure of what certain callers send. */
        public Builder trust(Predicate<Principal> callers, Level needed) {
            this.trusted = requireNonNull(callers, "callers");
            this.trustedLevel = requireNonNull(needed, "needed");
            return this;
        }

        private Map<String, Level> levelsOfTrusted() {
            var all = new HashMap<String, Level>();
            levels.forEach((detector, own) -> all.put(detector, own.orMoreLenient(trustedLevel)));
            return all;
        }

        private static String known(String detector) {
            if (!detectors().contains(requireNonNull(detector, "detector"))) {
                throw new IllegalArgumentException(
                        "detector: `" + detector + "` (expected: one of " + detectors() + ")");
            }
            return detector;
        }

        /** Spares detectors something. */
        public Builder exclude(Exclusion exclusion) {
            exclusions.add(requireNonNull(exclusion, "exclusion"));
            return this;
        }

        /**
         * Which multipart forms are read: their fields, which may be as long together as a body, and the names of their files. {@link
         * FormParts#GIVEN} unless set.
         */
        public Builder multipart(FormParts which) {
            this.parts = requireNonNull(which, "which");
            return this;
        }

        /** Has it look only at requests that are drawn; for observed rules alone, for the others pass unseen. */
        public Builder only(Draw drawn) {
            this.draw = requireNonNull(drawn, "drawn");
            return this;
        }

        /** The longest body that is read, in bytes; a longer one is denied with 413. {@link Body#DEFAULT_BOUND} unless set. */
        public Builder maxBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxBytes: " + bytes + " (expected: >= 1)");
            }
            this.maxBytes = bytes;
            return this;
        }

        /** The check. */
        public Attacks build() {
            return new Attacks(this);
        }
    }
}
