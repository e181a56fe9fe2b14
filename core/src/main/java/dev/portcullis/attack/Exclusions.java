package dev.portcullis.attack;

import dev.portcullis.PolicySet;
import dev.portcullis.Request;
import dev.portcullis.attack.Exclusion.In;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What detectors are spared, by where a parameter stands and what its name is. Immutable. */
final class Exclusions {

    static final Exclusions NONE = new Exclusions(List.of());

    private final List<Exclusion> everywhere;
    private final List<Exclusion> scoped;
    private final Map<In, Map<String, Relief>> named = new EnumMap<>(In.class);
    private final List<JsonPointer> pointers = new ArrayList<>();

    Exclusions(List<Exclusion> all) {
        this.everywhere =
                all.stream().filter(one -> one.scope() == Exclusion.EVERYWHERE).toList();
        this.scoped =
                all.stream().filter(one -> one.scope() != Exclusion.EVERYWHERE).toList();
        everywhere.forEach(this::put);
    }

    private void put(Exclusion one) {
        if (one.isPointer()) {
            pointers.add(JsonPointer.of(one));
        } else {
            var name = one.in() == In.HEADER ? one.parameter().toLowerCase(Locale.ROOT) : one.parameter();
            named.computeIfAbsent(one.in(), in -> new HashMap<>()).merge(name, Relief.of(one), Relief::and);
        }
    }

    Exclusions with(Exclusion more) {
        var all = new ArrayList<>(everywhere);
        all.addAll(scoped);
        all.add(more);
        return new Exclusions(all);
    }

    /** Those that are for this request. */
    Exclusions on(Request request) {
        var covering = List.<Exclusion>of();
        for (var i = 0; i < scoped.size(); i++) {
            if (scoped.get(i).scope().covers(request)) {
                covering = covering.isEmpty() ? new ArrayList<>(everywhere) : covering;
                covering.add(everywhere(scoped.get(i)));
            }
        }
        return covering.isEmpty() ? this : new Exclusions(covering);
    }

    private static Exclusion everywhere(Exclusion one) {
        PolicySet.Scope all = Exclusion.EVERYWHERE;
        return one.on(all);
    }

    /** The variables of the path of which something is said. */
    Map<String, Relief> ofPath() {
        return named.getOrDefault(In.PATH, Map.of());
    }

    /** What is spared at a text, of which JSON bodies say by the trail where it stands. */
    Relief of(Place place, String name, Trail trail) {
        var in = place.in();
        if (in == null || named.isEmpty() && pointers.isEmpty()) {
            return Relief.NONE;
        }
        var relief = in(in, in == In.HEADER ? name.toLowerCase(Locale.ROOT) : name);
        if (place.isValue()) {
            relief = relief.and(in(In.PARAMETERS, name));
        }
        for (var i = 0; in == In.JSON && i < pointers.size(); i++) {
            relief = pointers.get(i).matches(trail) ? relief.and(pointers.get(i).relief()) : relief;
        }
        return relief;
    }

    private Relief in(In in, String name) {
        var names = named.get(in);
        if (names == null) {
            return Relief.NONE;
        }
        var all = names.getOrDefault(Exclusion.ALL, Relief.NONE);
        return all.and(names.get(name));
    }
}
