package dev.portcullis.config;

import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.attack.Attacks;
import dev.portcullis.config.RouteReport.Access;
import dev.portcullis.respond.Sunset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says how every route is protected. Immutable.
 *
 * @param deny whether what nobody speaks of is denied
 * @param first the first path of each policy
 * @param coverage what only OpenAPI documents know, or only the service
 */
record Inventory(boolean deny, Set<BoundPath> first, ContractCoverage coverage) {

    /** The inventory of paths. */
    static Inventory of(boolean deny, List<BoundPath> paths, ContractCoverage coverage) {
        var named = new HashSet<String>();
        var first =
                paths.stream().filter(path -> named.add(path.asked().name())).collect(Collectors.toSet());
        return new Inventory(deny, first, coverage);
    }

    /** The report of a path that a policy is bound to. */
    RouteReport of(BoundPath path, List<Rule> rules) {
        var methods = path.scope().methods().stream().sorted().toList();
        var unserved = first.contains(path) ? coverage.unserved(path.asked().name()) : List.<String>of();
        return report(
                new Place(List.of(path.pattern().toString()), methods, null, List.of(), unserved),
                List.of(path.asked()),
                rules);
    }

    /** The report of a handler, with the path's policy that covers it too. */
    RouteReport of(Addressee one, @Nullable BoundPath path, List<Rule> rules) {
        var patterns = one.patterns().stream().map(Object::toString).toList();
        var words = path == null ? one.words() : one.wordsWith(path);
        var place = new Place(
                patterns,
                one.methods().stream().sorted().toList(),
                one.id(),
                one.sparing().shown(),
                coverage.undescribed(words, one.id()));
        return report(place, words, rules);
    }

    /** Where a route is. */
    private record Place(
            List<String> paths,
            List<String> methods,
            @Nullable String handler,
            List<String> spared,
            List<String> contract) {}

    private RouteReport report(Place place, List<Asked> words, List<Rule> rules) {
        return new RouteReport(
                place.paths,
                place.methods,
                place.handler,
                words.stream().map(Asked::name).toList(),
                access(words, rules),
                ways(words),
                each(
                        words,
                        policy -> policy.authorize() == null
                                ? null
                                : policy.authorize().scopes()),
                each(
                        words,
                        policy -> policy.authorize() == null
                                ? null
                                : policy.authorize().anyScope()),
                words.stream().flatMap(Inventory::limits).toList(),
                words.stream().flatMap(Inventory::body).distinct().toList(),
                place.contract,
                rules.stream().flatMap(Inventory::sunset).toList(),
                Stream.concat(words.stream().flatMap(Inventory::spared), place.spared.stream())
                        .toList(),
                rules.stream().map(Inventory::shown).toList(),
                null);
    }

    private static Stream<String> spared(Asked word) {
        var attacks = word.written().attacks();
        var written = attacks == null ? null : attacks.exclude();
        return written == null ? Stream.of() : written.stream().map(Sparing::shown);
    }

    private Access access(List<Asked> words, List<Rule> rules) {
        if (words.isEmpty()) {
            return deny ? Access.DENIED : Access.OPEN;
        }
        var asks = rules.stream()
                .anyMatch(rule -> rule.mode() == Mode.ENFORCE && rule.name().endsWith(".authentication"));
        if (asks) {
            return demanded(words) ? Access.AUTHENTICATED : Access.PUBLIC;
        }
        return words.stream().anyMatch(Asked::open) ? Access.PUBLIC : Access.OPEN;
    }

    /** Tells whether an enforced word takes nobody who is anonymous. */
    private static boolean demanded(List<Asked> words) {
        return words.stream()
                .map(Asked::ways)
                .filter(Objects::nonNull)
                .anyMatch(ways -> ways.mode() == Mode.ENFORCE && ways.demanded());
    }

    /** The ways that all words accept. */
    private static List<String> ways(List<Asked> words) {
        var speaking = words.stream().map(Asked::ways).filter(Objects::nonNull).toList();
        if (speaking.isEmpty()) {
            return List.of();
        }
        var common = new ArrayList<>(speaking.get(0).names());
        speaking.forEach(ways -> common.retainAll(ways.names()));
        return common;
    }

    private static List<String> each(List<Asked> words, Function<Policy, @Nullable List<String>> part) {
        return words.stream()
                .map(word -> part.apply(word.written()))
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }

    private static Stream<String> limits(Asked word) {
        var limits = word.written().rateLimits();
        return (limits == null ? Map.<String, Rate>of() : limits)
                .entrySet().stream()
                        .map(limit -> word.name() + "." + limit.getKey() + ": "
                                + limit.getValue().permits() + " per "
                                + limit.getValue().per() + " by "
                                + Objects.requireNonNullElse(limit.getValue().by(), "client"));
    }

    private static Stream<String> body(Asked word) {
        var body = word.written().body();
        if (body == null) {
            return Stream.of();
        }
        var size = body.maxSize() == null ? Stream.<String>of() : Stream.of("max-size: " + body.maxSize());
        var schema = body.schema() == null ? Stream.<String>of() : Stream.of("schema: " + schema(body.schema()));
        return Stream.concat(size, schema);
    }

    /** A schema that stands in the policy itself is not repeated. */
    private static String schema(String written) {
        return written.stripLeading().startsWith("{") ? "inline" : At.shown(written);
    }

    private static Stream<String> sunset(Rule rule) {
        if (!(rule.check() instanceof Sunset sunset)) {
            return Stream.of();
        }
        var dates = sunset.dates();
        var since = dates.deprecated() == null ? Stream.<String>of() : Stream.of("deprecated: " + dates.deprecated());
        var end = dates.sunset() == null ? Stream.<String>of() : Stream.of("sunset: " + dates.sunset());
        return Stream.concat(since, end);
    }

    private static String shown(Rule rule) {
        if (rule.mode() != Mode.OBSERVE) {
            return rule.name();
        }
        var share = rule.check() instanceof Attacks attacks ? attacks.share() : "";
        return rule.name() + (share.isEmpty() ? " (observed)" : " (observed, of " + share + ")");
    }
}
