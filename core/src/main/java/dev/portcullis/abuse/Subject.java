package dev.portcullis.abuse;

import dev.portcullis.Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Whom failures are counted for: an address, or an account at an address. Immutable, and the same on all nodes.
 *
 * @param family 4, 6, or that of a site
 * @param network what says who has the address
 * @param first the upper half of the account's hash; 0 for an address alone
 * @param second the lower half of the account's hash; 0 for an address alone
 * @param credential whether the account is but a name for one credential
 */
record Subject(long family, long network, long first, long second, boolean credential) {

    /** How much of an account's name is looked at, in characters. */
    static final int MAX_ACCOUNT = 1024;

    /** What stands for the family of a site. */
    static final long SITE = 48;

    private static final int PARTS = 5;
    private static final String CREDENTIAL = "c";
    private static final String ACCOUNT = "a";
    private static final int HEX = 16;

    static Subject of(Address address) {
        return new Subject(Salt.family(address), Salt.network(address), 0, 0, false);
    }

    /** The site of an IPv6 address, the network of its first 48 bits; null for IPv4. */
    static @Nullable Subject siteOf(Address address) {
        return address.isIpv4() ? null : new Subject(SITE, address.high() >>> 16, 0, 0, false);
    }

    static Subject of(Address address, String account, boolean credential) {
        var hash = hash(account);
        return new Subject(Salt.family(address), Salt.network(address), hash.getLong(), hash.getLong(), credential);
    }

    /** The address alone. */
    Subject whole() {
        return new Subject(family, network, 0, 0, false);
    }

    private static ByteBuffer hash(String account) {
        var text = account.length() > MAX_ACCOUNT ? account.substring(0, MAX_ACCOUNT) : account;
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    boolean isPair() {
        return first != 0 || second != 0;
    }

    /** How it is written where nodes share it. */
    String text() {
        return String.format(
                "%s:%x:%016x:%016x:%016x", credential ? CREDENTIAL : ACCOUNT, family, network, first, second);
    }

    /** What was written; null when it is something else. */
    static @Nullable Subject parse(String text) {
        var parts = text.split(":", PARTS + 1);
        var credential = parts[0].equals(CREDENTIAL);
        if (parts.length != PARTS || !credential && !parts[0].equals(ACCOUNT)) {
            return null;
        }
        try {
            var numbers = new long[PARTS];
            for (var i = 1; i < PARTS; i++) {
                numbers[i] = Long.parseUnsignedLong(parts[i], HEX);
            }
            return new Subject(numbers[1], numbers[2], numbers[3], numbers[4], credential);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
