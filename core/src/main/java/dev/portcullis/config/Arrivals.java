package dev.portcullis.config;

import dev.portcullis.Principal.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What callers can be who come by each way to say who calls, so that a demand that none of them can ever meet is found when it is
 * written and not when everybody is denied. Stateless.
 */
final class Arrivals {

    private static final Set<Kind> PEOPLE_AND_PROGRAMS = Set.of(Kind.USER, Kind.SERVICE);

    private static final Map<String, Set<Kind>> KINDS = Map.of(
            Identities.JWT, PEOPLE_AND_PROGRAMS,
            Identities.INTROSPECTION, PEOPLE_AND_PROGRAMS,
            Identities.SESSION, Set.of(Kind.USER),
            Identities.API_KEY, Set.of(Kind.CLIENT),
            Signers.SIGNATURE, Set.of(Kind.CLIENT),
            Identities.CERTIFICATE, Set.of(Kind.CLIENT, Kind.SERVICE));

    /** Ways that can bring what is known of a login. */
    private static final Set<String> LOGINS = Set.of(Identities.JWT, Identities.INTROSPECTION, Identities.SESSION);

    private Arrivals() {}

    /** The way of a word such as {@code jwt:main}. */
    static String way(String word) {
        var colon = word.indexOf(':');
        return colon < 0 ? word : word.substring(0, colon);
    }

    /** Tells whether callers who come by a way can be of some of these kinds. */
    static boolean brings(String word, Set<Kind> kinds) {
        return KINDS.getOrDefault(way(word), EnumSet.allOf(Kind.class)).stream().anyMatch(kinds::contains);
    }

    /**
     * Tells whether callers who come by a way can meet what is demanded of the logins of these kinds.
     *
     * @param kinds of whom it is demanded; of all where it is empty
     */
    static boolean canLogIn(String word, Set<Kind> kinds) {
        var way = way(word);
        var demanded = kinds.isEmpty() || kinds.containsAll(KINDS.getOrDefault(way, Set.of()));
        return LOGINS.contains(way) || !KINDS.containsKey(way) || !demanded;
    }

    /** Finds it a problem when nobody who comes by any of these ways can be of a kind that is demanded, or have logged in as is. */
    static void demandSome(At at, List<String> ways, Authorize part) {
        var kinds = kinds(part.kinds());
        if (!kinds.isEmpty() && ways.stream().noneMatch(way -> brings(way, kinds))) {
            at.child("kinds")
                    .problem(
                            "nobody who comes by " + shown(ways) + " is of such a kind, so that everybody is denied",
                            "API keys and signatures bring a `client`, tokens a `user` or a `service`, sessions a `user`");
        }
        var step = part.stepUp();
        if (step != null) {
            demandLogins(at.child("step-up"), ways, kinds(step.kinds()));
        }
    }

    /** Finds it a problem when nobody who comes by any of these ways can have logged in. */
    static void demandLogins(At at, List<String> ways, Set<Kind> kinds) {
        if (ways.stream().noneMatch(way -> canLogIn(way, kinds))) {
            at.problem(
                    "nobody who comes by " + shown(ways) + " has a login to show, so that everybody is denied",
                    "take tokens or sessions too, or name by `kinds: [user]` of whom a login is demanded");
        }
    }

    /** The kinds that are named, without words that are none, as is said elsewhere. */
    static Set<Kind> kinds(@Nullable List<String> words) {
        var kinds = EnumSet.noneOf(Kind.class);
        for (var kind : Kind.values()) {
            if (words != null && words.stream().anyMatch(kind.name()::equalsIgnoreCase)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static String shown(List<String> ways) {
        return "`" + At.shown(String.join("`, `", ways)) + "`";
    }
}
