package dev.portcullis.crawler;

import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds which names of an address have that address themselves. Immutable.
 *
 * <p>Whoever has an address writes its names as he likes, so that only the way back proves something; and it is asked only in domains of
 * crawlers, so that he cannot choose who is asked.
 *
 * @param names the name service
 * @param wanted tells whether a name stands in a domain of a crawler
 */
@TrustedBase
record Confirming(NameLookup names, Predicate<String> wanted) {

    /** How many names of an address are looked at. */
    static final int MAX_NAMES = 8;

    /** Letters, digits, {@code -} and {@code _} alone: what is escaped could look as if it stood in another domain. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63}){1,20}");

    private static final int MAX_LENGTH = 253;

    /**
     * The names that hold both ways.
     *
     * @throws IOException when nobody could tell, and nothing was found all the same
     */
    List<String> hosts(Address address) throws IOException {
        var all = names.namesOf(address);
        var hosts = new ArrayList<String>();
        IOException failure = null;
        for (var written : all.subList(0, Math.min(all.size(), MAX_NAMES))) {
            try {
                var host = host(written);
                if (wanted.test(host) && names.addressesOf(host, address).contains(address)) {
                    hosts.add(host);
                }
            } catch (IOException e) {
                failure = e;
            }
        }
        if (hosts.isEmpty() && failure != null) {
            throw failure;
        }
        return List.copyOf(hosts);
    }

    /** A name in small letters without the last dot; empty when it is none of a host. */
    private static String host(String written) {
        var name = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
        var small = name.length() > MAX_LENGTH ? "" : name.toLowerCase(Locale.ROOT);
        return HOST.matcher(small).matches() ? small : "";
    }
}
