package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which crawlers there are, and how it is looked up whether somebody is one, as written. Immutable.
 *
 * @param named more crawlers, by name, or others in the place of known ones
 * @param dns the DNS servers that are asked
 * @param timeout how long one of them may take
 * @param keep how long an address counts as a crawler's
 * @param keepForged how long an address counts as none
 * @param maxAddresses of how many addresses it is known
 * @param lookupsPerSecond how many addresses are looked up in a second
 */
public record CrawlerSettings(
        @Key(
                description =
                        "Crawlers beside those that are known, by a name of your choice; one of a known name takes its place.",
                type = Key.Type.PART)
        @Nullable
        Map<String, Named> named,

        @Key(
                description = "The DNS servers that are asked, as addresses with or without a port.",
                defaultValue = "those of the operating system")
        @Nullable
        List<String> dns,

        @Key(
                description = "How long a DNS server may take before the next one is asked.",
                defaultValue = "3s",
                type = Key.Type.DURATION)
        @Nullable
        String timeout,

        @Key(
                description =
                        "How long an address counts as a crawler's; it is looked up again when half of that is over.",
                defaultValue = "24h",
                type = Key.Type.DURATION)
        @Nullable
        String keep,

        @Key(
                description = "How long an address counts as none of a crawler's.",
                defaultValue = "1h",
                type = Key.Type.DURATION)
        @Nullable
        String keepForged,

        @Key(description = "Of how many addresses it is known at most.", defaultValue = "10000", type = Key.Type.COUNT)
        @Nullable
        String maxAddresses,

        @Key(
                description =
                        "How many addresses are looked up in a second at most; five seconds' worth may come at once.",
                defaultValue = "20",
                type = Key.Type.COUNT)
        @Nullable
        String lookupsPerSecond) {

    /**
     * A crawler, as written. Immutable.
     *
     * @param agents parts of the names of its agents
     * @param domains where the names of its addresses end
     */
    public record Named(
            @Key(description = "Parts of the names (`User-Agent`) of its agents, whatever their case.") @Nullable
            List<String> agents,

            @Key(description = "The domains in which all of its addresses have names, such as `search.msn.com`.")
            @Nullable
            List<String> domains) {}
}
