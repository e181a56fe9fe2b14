package dev.portcullis.denial;

import dev.portcullis.Address;
import dev.portcullis.Principal;
import dev.portcullis.denial.Target.Verb;
import dev.portcullis.denial.Target.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The denials that are known, made for looking up. Immutable. */
final class Known {

    private static final What[] CALLER = {What.SUBJECT, What.CLIENT};
    private static final int FEW = 100;

    /** Stands for one of many. */
    private static final Denial UNTOLD = new Denial(
            "one-of-many",
            new Target(Verb.DENY, What.ADDRESS, "one of many", null, null),
            "one of many",
            "an operator",
            Instant.EPOCH,
            Instant.MAX);

    private final List<Denial> all;
    private final Map<Verb, Map<What, Map<String, List<Denial>>>> index = new EnumMap<>(Verb.class);
    private final Predicate<Address> addresses;
    private final List<OfRange> ranges = new ArrayList<>();
    private final Instant firstEnd;

    /** Denials of one range. */
    private record OfRange(Predicate<Address> range, List<Denial> denials) {}

    Known(Collection<Denial> denials, Function<Collection<String>, Predicate<Address>> ranges) {
        this.all = List.copyOf(denials);
        for (var denial : all) {
            var target = denial.target();
            index.computeIfAbsent(target.verb(), unused -> new EnumMap<>(What.class))
                    .computeIfAbsent(target.what(), unused -> new HashMap<>())
                    .computeIfAbsent(target.value(), unused -> new ArrayList<>(1))
                    .add(denial);
        }
        var ofAddresses = of(Verb.DENY, What.ADDRESS);
        this.addresses = ofAddresses.isEmpty() ? address -> false : ranges.apply(ofAddresses.keySet());
        ofAddresses.forEach((text, those) -> this.ranges.add(new OfRange(ranges.apply(List.of(text)), those)));
        this.firstEnd = ofAddresses.values().stream()
                .flatMap(List::stream)
                .map(Denial::until)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    List<Denial> all() {
        return all;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    private Map<String, List<Denial>> of(Verb verb, What what) {
        return index.getOrDefault(verb, Map.of()).getOrDefault(what, Map.of());
    }

    /**
     * The denial of an address; null when there is none that holds.
     *
     * <p>Which one it is, is told only as long as that costs next to nothing: a flood from a denied network must not make the gate
     * work.
     */
    @Nullable
    Denial ofAddress(Address address, Instant now) {
        if (!addresses.test(address)) {
            return null;
        }
        return ranges.size() > FEW && now.isBefore(firstEnd) ? UNTOLD : search(address, now);
    }

    /** With many ranges this is asked only while one that is over was not yet taken out. */
    private @Nullable Denial search(Address address, Instant now) {
        for (var one : ranges) {
            var denial = one.range.test(address) ? holding(one.denials, now) : null;
            if (denial != null) {
                return denial;
            }
        }
        return null;
    }

    /** Tells whether anything of this sort is denied. */
    boolean denies(What what) {
        return !of(Verb.DENY, what).isEmpty();
    }

    /** The denial of something by its name; null when there is none that holds. */
    @Nullable
    Denial of(What what, @Nullable String value, Instant now) {
        var found = value == null ? null : of(Verb.DENY, what).get(value);
        return found == null ? null : holding(found, now);
    }

    private static @Nullable Denial holding(List<Denial> denials, Instant now) {
        for (var denial : denials) {
            if (denial.holds(now)) {
                return denial;
            }
        }
        return null;
    }

    /** The denial of whoever calls; null when there is none that holds. */
    @Nullable
    Denial ofCaller(Principal caller, Instant now) {
        for (var what : CALLER) {
            var found = of(Verb.DENY, what).get(nameOf(caller, what));
            var denial = found == null ? null : matching(found, caller, now);
            if (denial != null) {
                return denial;
            }
        }
        return of(What.TENANT, caller.tenant(), now);
    }

    /** The revocation of the credential that has proven the caller; null when there is none that holds. */
    @Nullable
    Denial revocation(Principal caller, Instant now) {
        if (!index.containsKey(Verb.REVOKE)) {
            return null;
        }
        for (var what : Credential.REVOCABLE) {
            var name = Credential.name(caller, what);
            var found = name == null ? null : of(Verb.REVOKE, what).get(name);
            var denial = found == null ? null : matching(found, caller, now);
            if (denial != null) {
                return denial;
            }
        }
        return null;
    }

    private static String nameOf(Principal caller, What what) {
        return what == What.SUBJECT ? caller.id() : caller.client();
    }

    private static @Nullable Denial matching(List<Denial> denials, Principal caller, Instant now) {
        for (var denial : denials) {
            if (denial.holds(now) && Credential.isMeant(caller, denial.target())) {
                return denial;
            }
        }
        return null;
    }
}
