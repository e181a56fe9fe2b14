package dev.portcullis.crawler;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Address;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

/**
 * Asks DNS servers, through what the JDK has for it. Thread-safe.
 *
 * <p>A server is asked twice, and gets the whole time-out for both. A context is made for each question, since they are for one thread.
 */
public final class DnsLookup implements NameLookup {

    private static final String FACTORY = "com.sun.jndi.dns.DnsContextFactory";
    private static final int TRIES = 2;

    /** A try has twice the time of the one before it. */
    private static final int PARTS = 3;

    /** A name that is taken for nothing else, such as a URL of another provider. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,254}");

    private static final int MAX_ANSWERS = 64;

    private final String servers;
    private final long firstMillis;

    private DnsLookup(String servers, Duration timeout) {
        this.servers = servers;
        this.firstMillis = Math.max(1, timeout.toMillis() / PARTS);
    }

    /** Asks the servers that the operating system asks. */
    public static DnsLookup ofSystem(Duration timeout) {
        return new DnsLookup("dns:", timeout);
    }

    /**
     * Asks these servers, each when the one before it does not answer.
     *
     * @param servers addresses, with a port or without one, such as {@code 10.0.0.2} or {@code [::1]:5353}
     * @throws IllegalArgumentException when one is none, or there is none
     */
    public static DnsLookup of(List<String> servers, Duration timeout) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("dns: no server (expected: at least one)");
        }
        return new DnsLookup(
                String.join(" ", servers.stream().map(DnsLookup::url).toList()), timeout);
    }

    private static String url(String server) {
        var colon = server.lastIndexOf(':');
        var ported = colon > 0 && (server.indexOf(':') == colon || server.charAt(colon - 1) == ']');
        var host = ported ? server.substring(0, colon) : server;
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        var address = Address.parseOrNull(bare);
        if (address == null || ported && !isPort(server.substring(colon + 1))) {
            throw new IllegalArgumentException(
                    "dns: `" + server + "` (expected: an address, such as `10.0.0.2` or `10.0.0.2:53`)");
        }
        var text = address.isIpv4() ? bare : "[" + bare + "]";
        return "dns://" + text + (ported ? server.substring(colon) : "");
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= 65_535;
    }

    @Override
    public List<String> namesOf(Address address) throws IOException {
        return answers(reverse(address), "PTR");
    }

    @Override
    public List<Address> addressesOf(String name, Address like) throws IOException {
        if (!HOST.matcher(requireNonNull(name, "name")).matches()) {
            throw new IOException("no name of a host");
        }
        var addresses = new ArrayList<Address>();
        for (var text : answers(name, like.isIpv4() ? "A" : "AAAA")) {
            var address = Address.parseOrNull(text);
            if (address != null) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    @SuppressWarnings("BanJNDI") // answers of the DNS are texts, and a name is never a URL
    private List<String> answers(String name, String type) throws IOException {
        try {
            var context = new InitialDirContext(environment());
            try {
                var found =
                        context.getAttributes(name + ".", new String[] {type}).get(type);
                var answers = new ArrayList<String>();
                for (var i = 0; found != null && i < Math.min(found.size(), MAX_ANSWERS); i++) {
                    answers.add(String.valueOf(found.get(i)));
                }
                return answers;
            } finally {
                context.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException e) {
            throw new IOException(type + " of " + name, e);
        }
    }

    @SuppressWarnings("JdkObsolete") // what JNDI takes
    private Hashtable<String, String> environment() {
        var environment = new Hashtable<String, String>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, FACTORY);
        environment.put(Context.PROVIDER_URL, servers);
        environment.put("com.sun.jndi.dns.timeout.initial", String.valueOf(firstMillis));
        environment.put("com.sun.jndi.dns.timeout.retries", String.valueOf(TRIES));
        return environment;
    }

    /** The name under which the names of an address are. */
    static String reverse(Address address) {
        var name = new StringBuilder();
        if (address.isIpv4()) {
            for (var shift = 0; shift < 32; shift += 8) {
                name.append(address.low() >>> shift & 0xff).append('.');
            }
            return name.append("in-addr.arpa").toString();
        }
        for (var half : new long[] {address.low(), address.high()}) {
            for (var shift = 0; shift < 64; shift += 4) {
                name.append(Character.forDigit((int) (half >>> shift & 0xf), 16))
                        .append('.');
            }
        }
        return name.append("ip6.arpa").toString();
    }
}
