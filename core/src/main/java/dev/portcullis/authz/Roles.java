package dev.portcullis.authz;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which roles make up for which others: whoever is an admin may be an editor too. Immutable.
 *
 * <p>A role that nobody wrote about makes up for itself alone.
 */
@TrustedBase
public final class Roles {

    /** The hierarchy in which every role stands for itself. */
    public static final Roles FLAT = new Roles(Map.of());

    private final Map<String, Set<String>> holders;

    private Roles(Map<String, Set<String>> holders) {
        this.holders = holders;
    }

    /**
     * The hierarchy in which each key has all the roles of its list as well.
     *
     * @throws IllegalArgumentException when a role comes back to itself, or one is blank
     */
    public static Roles of(Map<String, List<String>> implied) {
        requireNonNull(implied, "implied");
        var holders = new HashMap<String, Set<String>>();
        implied.forEach((role, direct) -> {
            demandWord(role);
            direct.forEach(Roles::demandWord);
            demandNoCycle(role, implied);
            for (var below : below(role, implied)) {
                holders.computeIfAbsent(below, unused -> new HashSet<>()).add(role);
            }
        });
        holders.replaceAll((role, above) -> Set.copyOf(above));
        return new Roles(Map.copyOf(holders));
    }

    private static void demandWord(String role) {
        if (role.isBlank()) {
            throw new IllegalArgumentException("roles: blank (expected: a role)");
        }
    }

    /** All that a role implies. */
    private static Set<String> below(String role, Map<String, List<String>> implied) {
        var found = new LinkedHashSet<String>();
        var open = new ArrayDeque<>(implied.getOrDefault(role, List.of()));
        while (!open.isEmpty()) {
            var next = open.remove();
            if (found.add(next)) {
                open.addAll(implied.getOrDefault(next, List.of()));
            }
        }
        return found;
    }

    private static void demandNoCycle(String role, Map<String, List<String>> implied) {
        if (below(role, implied).contains(role)) {
            throw new IllegalArgumentException("roles: `" + String.join("` > `", cycle(role, implied))
                    + "` (expected: no role that implies itself)");
        }
    }

    /** The way from a role back to itself. */
    private static List<String> cycle(String role, Map<String, List<String>> implied) {
        var way = new ArrayList<>(List.of(role));
        var at = role;
        while (way.size() == 1 || !at.equals(role)) {
            at = implied.getOrDefault(at, List.of()).stream()
                    .filter(next -> next.equals(role)
                            || !way.contains(next) && below(next, implied).contains(role))
                    .findFirst()
                    .orElse(role);
            way.add(at);
        }
        return way;
    }

    /** The roles of which each makes up for this one, itself included. */
    public Set<String> holders(String role) {
        var all = new HashSet<>(holders.getOrDefault(role, Set.of()));
        all.add(role);
        return Set.copyOf(all);
    }
}
