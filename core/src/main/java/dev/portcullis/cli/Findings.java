package dev.portcullis.cli;

import dev.portcullis.Address;
import dev.portcullis.Rule;
import dev.portcullis.attack.Hit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What attack rules find in one request.
 *
 * @param address from where it came
 * @param path its path
 * @param hits what was found, by the policy of the rule
 */
record Findings(Address address, String path, Map<String, List<Hit>> hits) {

    private static final String RULE = ".attacks";

    /** The policy of an attack rule. */
    static String policyOf(Rule rule) {
        var end = rule.name().lastIndexOf(RULE);
        return end < 0 ? rule.name() : rule.name().substring(0, end);
    }

    /** Who sent it, as far as an address tells: a network of 64 bits is one client. */
    String client() {
        return address.isIpv4() ? address.toString() : Long.toHexString(address.high()) + "::/64";
    }

    /** What must be excluded for the request to pass. */
    Set<Ask> asks() {
        var asks = new LinkedHashSet<Ask>();
        hits.forEach((policy, found) -> found.forEach(hit -> asks.add(Ask.of(policy, path, hit))));
        return asks;
    }
}
