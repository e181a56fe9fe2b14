package dev.portcullis.config;

import dev.portcullis.Request;
import dev.portcullis.authz.PathVariables;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import dev.portcullis.limit.LimitKey;
import dev.portcullis.limit.Terms;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compiles for whom and what a limit is. Lives for one rule. */
final class TermsCompiler {

    private static final Kind<Boolean> MISSING = Kind.choice("consequence", Map.of("address", false, "deny", true));
    private static final String CLIENTS = Who.CLIENTS;
    private static final String WHO = Who.HELP;
    private static final String RANGES = "write addresses or ranges such as `203.0.113.0/24` or `2001:db8::/32`";

    private final Site site;
    private final PathVariables variables;
    private final LimitKey key;
    private final Kind<Long> amount;
    private final Map<String, Map<String, Long>> tiers = new HashMap<>();
    private final Map<Who, Map<String, Long>> clients = new HashMap<>();

    /**
     * Starts for one rule.
     *
     * @param key what it counts by
     * @param bytes whether it counts bytes
     */
    TermsCompiler(Site site, PathVariables variables, LimitKey key, boolean bytes) {
        this.site = site;
        this.variables = variables;
        this.key = key;
        this.amount = bytes ? Kind.SIZE : Kind.COUNT;
    }

    void compile(At at, LimitWords words, Terms terms) {
        if (at.child("missing").read(words.missing(), MISSING, false)) {
            terms.demandKey();
        }
        if (words.exempt() != null) {
            exempt(at.child("exempt"), words.exempt(), terms);
        }
        terms.cost(new CostCompiler(site.rights(), site.conduct(), variables, key.needsIdentity())
                .compile(at.child("cost"), words.cost()));
        if (words.chargeOn() != null) {
            terms.chargedOn(Statuses.read(at.child("charge-on"), words.chargeOn()));
        }
    }

    private void exempt(At at, LimitExempt written, Terms terms) {
        if (written.addresses() == null && written.clients() == null) {
            at.problem("exempts nobody", "write `addresses` or `clients`");
        }
        var ranges = IpRanges.of(at.child("addresses").each(written.addresses(), RANGES, IpRange::parse));
        var whos = Set.copyOf(new HashSet<>(at.child(CLIENTS).each(written.clients(), WHO, Who::parse)));
        if (written.clients() != null) {
            demandLate(at.child(CLIENTS));
        }
        Predicate<Request> known = request -> isKnown(whos, request);
        terms.exempt(request -> ranges.contains(request.address()) || known.test(request));
    }

    private boolean isKnown(Set<Who> whos, Request request) {
        var caller = request.principal();
        return caller != null
                && !whos.isEmpty()
                && whos.contains(Who.of(caller, site.counting().names()));
    }

    void tiers(At at, String window, @Nullable Map<String, LimitShare> written) {
        shares(
                at,
                written,
                (tier, permits) ->
                        tiers.computeIfAbsent(tier, unused -> new HashMap<>()).put(window, permits));
    }

    void clients(At at, String window, @Nullable Map<String, LimitShare> written) {
        if (written != null && key.needsIdentity() && !key.tellsClients()) {
            at.problem(
                    "clients of one tenant are counted together", "count by `client`, alone or together with others");
        }
        shares(at, written, (text, permits) -> {
            var who = at.child(text).make(text, WHO, Who::parse);
            if (who != null) {
                clients.computeIfAbsent(who, unused -> new HashMap<>()).put(window, permits);
            }
        });
    }

    /** Takes in who is granted how much. */
    private interface Share {

        void add(String who, long permits);
    }

    private void shares(At at, @Nullable Map<String, LimitShare> written, Share share) {
        if (written == null) {
            return;
        }
        demandLate(at);
        written.forEach((who, one) -> {
            var here = at.child(who).child("permits");
            if (one.permits() == null) {
                here.problem("missing", amount.help());
            }
            var permits = here.read(one.permits(), amount);
            if (permits != null) {
                share.add(who, permits);
            }
        });
    }

    private void demandLate(At at) {
        if (!key.needsIdentity()) {
            at.problem(
                    "nobody knows yet who calls when this limit is asked",
                    "count by `client` or `tenant`, alone or together with others");
        }
    }

    void addTo(Terms terms) {
        tiers.forEach(terms::tier);
        clients.forEach((who, permits) -> terms.client(who.issuer(), who.client(), permits));
    }
}
