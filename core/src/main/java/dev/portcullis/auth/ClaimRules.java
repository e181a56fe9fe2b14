package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer's tokens must say beside what all tokens must, and what they must not say. Immutable.
 *
 * <p>Values are compared whole and by case: with the claim's text, number or truth value, or with each element of an array.
 */
@TrustedBase
public final class ClaimRules {

    /** The type of a token that has none in its header. */
    public static final String ABSENT = "absent";

    private static final ClaimRules USUAL = builder().build();

    private final Set<String> types;
    private final List<Demand> demands;
    private final List<Ban> bans;
    private final Subjects subjects;
    private final @Nullable Home home;
    private final long maxLifetime;

    /** A claim that must be there, with what it must hold. */
    private record Demand(ClaimPath path, Set<String> any, Set<String> all, Verdict.Deny missing, Verdict.Deny wrong) {

        Verdict judge(JsonNode claims) {
            var found = path.in(claims);
            if (found.isMissingNode()) {
                return missing;
            }
            return all.stream().allMatch(value -> holds(found, value))
                            && (any.isEmpty() || any.stream().anyMatch(value -> holds(found, value)))
                    ? Verdict.pass()
                    : wrong;
        }
    }

    /** A claim that must not be there. */
    private record Ban(ClaimPath path, Verdict.Deny deny) {}

    /** The claim that names the environment, and the one that it must name. */
    private record Home(ClaimPath path, String environment) {}

    /** Who tokens may be about; nobody in particular when both are empty. */
    private record Subjects(Set<String> exact, List<String> beginnings) {

        boolean cover(JsonNode subject) {
            if (exact.isEmpty() && beginnings.isEmpty()) {
                return true;
            }
            var text = subject.isTextual() ? subject.textValue() : "";
            return exact.contains(text) || beginnings.stream().anyMatch(text::startsWith);
        }
    }

    private ClaimRules(Builder builder) {
        this.types = Set.copyOf(builder.types);
        this.demands = List.copyOf(builder.demands);
        this.bans = List.copyOf(builder.bans);
        this.subjects = new Subjects(Set.copyOf(builder.exact), List.copyOf(builder.beginnings));
        this.home = builder.home;
        this.maxLifetime = builder.maxLifetime;
    }

    /** What is demanded where nothing is said: the type {@code JWT}, {@code at+jwt} or none. */
    public static ClaimRules usual() {
        return USUAL;
    }

    /** Starts with what is demanded where nothing is said. */
    public static Builder builder() {
        return new Builder();
    }

    /** How long tokens may last, in milliseconds; {@link Long#MAX_VALUE} when nobody says. */
    long maxLifetime() {
        return maxLifetime;
    }

    /** Judges what does not change from one request to the next. */
    Verdict judge(CompactJws jws, Claims claims) {
        if (!types.contains(jws.type())) {
            return Denials.TYPE;
        }
        var tree = claims.tree();
        if (IdTokens.marked(jws.type(), tree)) {
            return Denials.ID_TOKEN;
        }
        if (maxLifetime < Long.MAX_VALUE && claims.terms().issued() == Terms.EVER) {
            return Denials.NO_ISSUE_TIME;
        }
        return said(tree);
    }

    /** Judges what a token says, be it the token that says it or its issuer. */
    Verdict said(JsonNode tree) {
        if (home != null && !holds(home.path.in(tree), home.environment)) {
            return Denials.ENVIRONMENT;
        }
        return subjects.cover(tree.path("sub")) ? judge(tree) : Denials.SUBJECT;
    }

    private Verdict judge(JsonNode tree) {
        for (var demand : demands) {
            if (demand.judge(tree) instanceof Verdict.Deny deny) {
                return deny;
            }
        }
        for (var ban : bans) {
            if (!ban.path.in(tree).isMissingNode()) {
                return ban.deny;
            }
        }
        return Verdict.pass();
    }

    private static boolean holds(JsonNode found, String value) {
        if (found.isValueNode()) {
            return found.asText().equals(value);
        }
        for (var element : found) {
            if (found.isArray() && element.isValueNode() && element.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** Collects demands; all of them hold together. Not thread-safe; what was built does not change with it. */
    public static final class Builder {

        private static final char ANY_END = '*';

        private Set<String> types = Set.of("jwt", "at+jwt", ABSENT);
        private final List<Demand> demands = new ArrayList<>();
        private final List<Ban> bans = new ArrayList<>();
        private final Set<String> exact = new LinkedHashSet<>();
        private final List<String> beginnings = new ArrayList<>();
        private @Nullable Home home;
        private long maxLifetime = Long.MAX_VALUE;

        private Builder() {}

        /** Says which types tokens may have in their header, by any case and with or without {@code application/}. */
        public Builder types(Set<String> allowed) {
            if (allowed.isEmpty()) {
                throw new IllegalArgumentException("types: none (expected: at least one)");
            }
            var plain = new LinkedHashSet<String>();
            for (var type : allowed) {
                if (type.isBlank()) {
                    throw new IllegalArgumentException("types: blank (expected: a type, or `" + ABSENT + "`)");
                }
                plain.add(plain(type));
            }
            types = plain;
            return this;
        }

        /** Demands that a claim is there and holds one of some values, where there are any, and all of others. */
        public Builder require(String claim, Set<String> any, Set<String> all) {
            var path = ClaimPath.parse(claim);
            demands.add(new Demand(
                    path,
                    Set.copyOf(any),
                    Set.copyOf(all),
                    Denials.because("missing-claim", claim),
                    Denials.because("wrong-claim", claim)));
            return this;
        }

        /** Denies tokens that have this claim. */
        public Builder forbid(String claim) {
            bans.add(new Ban(ClaimPath.parse(claim), Denials.because("forbidden-claim", claim)));
            return this;
        }

        /** Allows a subject, and denies those that are not allowed: this very one, or all that begin so before a last {@code *}. */
        public Builder subject(String pattern) {
            var beginning = pattern.length() - 1;
            if (pattern.isBlank() || beginning == 0 && pattern.charAt(0) == ANY_END) {
                throw new IllegalArgumentException(
                        "subjects: `" + pattern + "` (expected: a subject, or its beginning and `*`)");
            }
            if (pattern.charAt(beginning) == ANY_END) {
                beginnings.add(pattern.substring(0, beginning));
            } else {
                exact.add(pattern);
            }
            return this;
        }

        /** Denies tokens in which this claim does not name this environment. */
        public Builder environment(String claim, String name) {
            home = new Home(ClaimPath.parse(claim), name);
            return this;
        }

        /** Denies tokens that last longer than this, from their issue to their end and from now. */
        public Builder maxLifetime(Duration longest) {
            if (longest.isNegative() || longest.isZero()) {
                throw new IllegalArgumentException("max-lifetime: `" + longest + "` (expected: more than 0)");
            }
            maxLifetime = longest.toMillis();
            return this;
        }

        /** Builds the rules. */
        public ClaimRules build() {
            return new ClaimRules(this);
        }
    }

    /** A type as it is compared (RFC 7515, section 4.1.9). */
    static String plain(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }
}
