package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.match.PathPattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The paths that frameworks open beside an application's own: management, error pages, consoles, documentation. They stay denied
 * under a policy for more than them, until a policy or an annotation names them. Immutable.
 *
 * @param groups the paths, by what they are for
 */
@TrustedBase
record InternalPaths(Map<String, List<PathPattern>> groups) {

    static final String NAME = "internal-paths";

    private static final Set<String> SENSITIVE = Set.of("actuator", "console", "docs");
    private static final Set<String> HARMLESS =
            Set.of("/actuator/health", "/actuator/health/**", "/actuator/health/{group}", "/actuator/info");

    /** What is known without asking the application. */
    static final InternalPaths BUILT_IN = new InternalPaths(Map.of())
            .plus("actuator", "/actuator/**", "/management/**")
            .plus("error", "/error/**")
            .plus("console", "/h2-console/**")
            .plus(
                    "docs",
                    "/swagger-ui/**",
                    "/swagger-ui.html",
                    "/swagger-resources/**",
                    "/v2/api-docs/**",
                    "/v3/api-docs/**",
                    "/v3/api-docs.yaml");

    /** One path with what it is for. */
    record Internal(String group, PathPattern pattern) {

        Evidence evidence() {
            return Evidence.of(NAME, group + ": " + pattern + " stays denied until a policy names it");
        }
    }

    InternalPaths {
        groups = Map.copyOf(groups);
    }

    /** The same with more paths. */
    InternalPaths plus(String group, String... paths) {
        requireNonNull(group, "group");
        var more = new TreeMap<>(groups);
        var patterns = Stream.of(paths).map(PathPattern::parse);
        var before = groups.getOrDefault(group, List.of()).stream();
        more.put(group, Stream.concat(before, patterns).distinct().toList());
        return new InternalPaths(more);
    }

    private Stream<Internal> all() {
        return new TreeMap<>(groups)
                .entrySet().stream()
                        .flatMap(group -> group.getValue().stream().map(path -> new Internal(group.getKey(), path)));
    }

    /** All paths. */
    List<PathPattern> patterns() {
        return all().map(Internal::pattern).distinct().toList();
    }

    /** Those that a pattern covers, in part or whole, without being about them alone. */
    List<Internal> under(PathPattern pattern) {
        return all().filter(
                        one -> one.pattern().overlaps(pattern) && !one.pattern().includes(pattern))
                .toList();
    }

    /** Tells whether a handler at these paths stays denied under a policy for the pattern. */
    boolean close(PathPattern policy, List<PathPattern> handler) {
        return !handler.isEmpty()
                && under(policy).stream().anyMatch(one -> handler.stream().allMatch(one.pattern()::includes));
    }

    /** The groups of those under a path as it is written, for operators; empty when there are none, or it is no path. */
    String shownUnder(String path) {
        var pattern = parsed(path);
        var found = pattern == null ? List.<Internal>of() : under(pattern);
        return found.stream().map(Internal::group).distinct().collect(Collectors.joining(", "));
    }

    /** Tells whether a path as it is written is about what few should see. */
    boolean isSensitive(String path) {
        var pattern = parsed(path);
        return pattern != null
                && !HARMLESS.contains(path)
                && all().anyMatch(one ->
                        SENSITIVE.contains(one.group()) && one.pattern().includes(pattern));
    }

    private static @Nullable PathPattern parsed(String path) {
        try {
            return PathPattern.parse(path);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The rule that denies all of these paths. */
    static Rule rule(List<Internal> paths, Mode mode) {
        return Rule.enforce(NAME, Denial.of(paths)).in(mode).alsoOn(Dispatch.FORWARD);
    }

    /** The rule that denies all paths. */
    Rule rule(Mode mode) {
        return rule(all().toList(), mode);
    }

    /** Denies what stands under one of these paths, as if no policy covered it. */
    private record Denial(List<PathPattern> patterns, List<Verdict.Deny> denials) implements Check {

        private static final Reply REPLY = Reply.problem(403, "no-policy");

        static Denial of(List<Internal> paths) {
            return new Denial(
                    paths.stream().map(Internal::pattern).toList(),
                    paths.stream()
                            .map(one -> Verdict.deny(REPLY, one.evidence()))
                            .toList());
        }

        @Override
        public Verdict check(Request request) {
            var path = request.path();
            for (var i = 0; i < patterns.size(); i++) {
                if (patterns.get(i).matches(path)) {
                    return denials.get(i);
                }
            }
            return Verdict.pass();
        }
    }
}
