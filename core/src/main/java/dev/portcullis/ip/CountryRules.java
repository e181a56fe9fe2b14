package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says from which countries a request may come: 403 {@code address-denied}. Thread-safe.
 *
 * <p>A country that nobody knows is one of its own, {@link Countries#UNKNOWN}: it is denied by a list of those that are allowed, unless
 * it stands there.
 */
@TrustedBase
public final class CountryRules implements Check {

    private static final Set<String> CODES = Stream.concat(
                    Stream.of(Locale.getISOCountries()), Stream.of("XK", Countries.UNKNOWN))
            .collect(Collectors.toUnmodifiableSet());
    private static final Reply REPLY = Reply.problem(403, "address-denied");
    private static final Verdict.Deny DENIED =
            Verdict.deny(REPLY, Evidence.of("address-denied", "in a denied country"));
    private static final Verdict.Deny NOT_ALLOWED =
            Verdict.deny(REPLY, Evidence.of("address-denied", "in no allowed country"));

    private final Countries countries;
    private final Set<String> allow;
    private final Set<String> deny;

    private CountryRules(Countries countries, Set<String> allow, Set<String> deny) {
        this.countries = requireNonNull(countries, "countries");
        this.allow = Set.copyOf(allow);
        this.deny = Set.copyOf(deny);
    }

    /** Allows the countries in {@code allow}, or all when it is empty, but for those in {@code deny}, which win. */
    public static CountryRules of(Countries countries, Set<String> allow, Set<String> deny) {
        return new CountryRules(countries, allow, deny);
    }

    /**
     * A code as rules know it.
     *
     * @throws IllegalArgumentException when there is no such country
     */
    public static String code(String text) {
        if (!CODES.contains(text)) {
            throw new IllegalArgumentException(
                    "country: `" + text + "` (expected: two capital letters of ISO 3166-1, or `unknown`)");
        }
        return text;
    }

    @Override
    public Verdict check(Request request) {
        var country = countries.of(request.address());
        if (deny.contains(country)) {
            return DENIED;
        }
        return allow.isEmpty() || allow.contains(country) ? Verdict.pass() : NOT_ALLOWED;
    }
}
