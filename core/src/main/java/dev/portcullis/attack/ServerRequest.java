package dev.portcullis.attack;

import dev.portcullis.attack.ServerAddress.Kind;

/**
 * Requests that the server is made to send (SSRF).
 *
 * <p>Looks for: values that are an address of the web or of a file server and lead to where clouds describe themselves, to the host itself,
 * into its network, or to an address that is disguised: decimal, octal, hexadecimal, shortened, mapped to IPv6, behind a user's name,
 * or under a name that resolves to whatever one likes; and, in parameters that hold where to go on to, hosts that are written so that a check
 * reads another one.
 *
 * <p>Does not look for: addresses in the midst of a text; IP addresses without a scheme; at the strict level, for public IP addresses.
 *
 * <p>Caught: {@code http://example.com@0xa9fea9fe/latest/meta-data}
 *
 * <p>Let through: {@code https://www.example.com/a?b=c@d}
 */
final class ServerRequest implements Detector {

    private static final int LONGEST_SCHEME = 12;
    private static final int LONGEST_USER = 256;
    private static final int MAX_SLASHES = 8;
    /** How long the number of a host is at least that no path is taken for. */
    private static final int LONG_NUMBER = 9;
    /** How long an address is that is read once more without what readers skip. */
    private static final int SHORT = 512;

    private static final Words<Boolean> SCHEMES = Words.set(
            "http https ftp ftps sftp ssh ws wss gopher dict ldap ldaps tftp smb telnet redis mysql postgres xri rmi url imap"
                    + " imaps pop3 smtp memcached");

    /** Ports of stores and of interfaces that run machines. */
    private static final Words<Boolean> PORTS = Words.set(
            "22 23 25 2375 2376 2379 3306 4001 5432 5984 6379 8200 8500 9042 9200 9300 10250 10255 11211 27017");

    /** Those by which people name no server of the internet. */
    private static final Words<Boolean> FILE_SCHEMES = Words.set("smb tftp telnet dict gopher redis memcached");

    @Override
    public String id() {
        return "server-request";
    }

    @Override
    public int attractors(Place place) {
        return place == Place.PATH
                ? Traits.DOT
                : place.isArgument() || place == Place.HEADER
                        ? Traits.COLON | Traits.SLASH | Traits.BACKSLASH | Traits.DOT
                        : 0;
    }

    /** In a parameter of redirects, which the browser follows and no server, the plain address of a machine near by is next to nothing. */
    @Override
    public Finding look(Sample sample) {
        var found = look(sample.text(), sample.place());
        if (found.suspicion() == Suspicion.STRONG && sample.name().equalsIgnoreCase("referer")) {
            return isNear(sample.text()) ? Finding.NONE : found;
        }
        if (!found.isStrong() && OpenRedirect.isDisguised(sample)) {
            return Finding.strong(sample.text().first());
        }
        var followed = found.suspicion() == Suspicion.STRONG && OpenRedirect.isNamed(sample.name());
        return followed && isOwn(sample.text()) ? Finding.faint(found.at()) : found;
    }

    /** The text without tabs and line ends, which readers of addresses skip wherever they stand, and the quotes around it. */
    private static Text unbroken(Text text) {
        var first = text.first();
        var last = text.last();
        var quoted = (text.at(first) == '"' || text.at(first) == '\'')
                && text.at(last - 1) == text.at(first)
                && last > first + 2;
        if (last - first > SHORT || text.next(':', first) > first + LONGEST_SCHEME || !quoted && !isBroken(text)) {
            return text;
        }
        var whole = new StringBuilder(last - first);
        for (var i = quoted ? first + 1 : first; i < (quoted ? last - 1 : last); i++) {
            if (!isSkipped(text.at(i))) {
                whole.append(text.at(i));
            }
        }
        return new Text(whole.toString());
    }

    private static boolean isBroken(Text text) {
        return text.next('\t', text.first()) < text.last() || text.lineEnd(text.first()) < text.last();
    }

    private static boolean isSkipped(char c) {
        return c == '\t' || c == '\r' || c == '\n';
    }

    /** Judges the name of a host anywhere in the text that tells its owner who asked for it. */
    private static Finding callback(Text text) {
        for (var i = text.next('.', 0); i < text.length(); i = text.next('.', i + 1)) {
            if (Text.isWord(text.at(i - 1)) && ServerAddress.isCallback(text, i + 1)) {
                return Finding.strong(i);
            }
        }
        return Finding.NONE;
    }

    /** Judges a text that is the name of a host alone: nobody asks for where clouds describe themselves. */
    private static Finding bare(Text text) {
        var start = text.first();
        var address = ServerAddress.at(text, start);
        var alone = address.end() == text.last() && hasDot(text, start, address.end());
        var made = address.kind() == Kind.DISGUISED && Text.isLetter(text.at(address.end() - 1));
        return alone && (address.kind() == Kind.METADATA || made) ? Finding.strong(start) : Finding.NONE;
    }

    /** Tells whether the text is the name of a host inside and a port that nobody writes so. */
    private static boolean hasOddPort(Text text) {
        var address = ServerAddress.at(text, text.first());
        return text.at(address.end()) == ':'
                && address.kind().compareTo(Kind.INNER) >= 0
                && isOddPort(text, address.end() + 1);
    }

    /** Tells whether a port is written with a sign, more digits than it needs or letters behind it, which some readers skip. */
    private static boolean isOddPort(Text text, int from) {
        var end = from;
        while (Text.isDigit(text.at(end))) {
            end++;
        }
        var signed = text.at(from) == '+' && Text.isDigit(text.at(from + 1));
        var padded = text.at(from) == '0' && end > from + 3;
        return signed || padded && text.wordEnd(end) == text.last();
    }

    /** Tells whether it is the address of a page on a machine near by, where people come from. */
    private static boolean isNear(Text text) {
        var host = host(text, text.first());
        return host > 0
                && text.says("http", text.first())
                && ServerAddress.at(text, host).kind() == Kind.INNER;
    }

    /** Tells whether it is an address of the very machine that reads it, with no other in it. */
    private static boolean isOwn(Text text) {
        var host = host(text, text.first());
        var own = text.says("localhost", host) || text.says("127.", host) || text.says("[::1]", host);
        return host > 0
                && own
                && text.says("http", text.first())
                && kind(text, host) == Kind.INNER
                && text.toString().indexOf("://", host) < 0;
    }

    /** In a line of several, which no server takes for an address, not that of the very machine. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        var quoted = line.text().at(line.text().first()) == '"';
        return found.isStrong() && (quoted || isOwn(line.text())) ? Finding.NONE : found;
    }

    @Override
    public Finding look(Text text, Place place) {
        if (place == Place.PATH) {
            return callback(text);
        }
        var finding = whole(unbroken(text));
        var nested = new Nested(text);
        for (var i = text.next('=', 0); i < text.length() && !finding.isCertain(); i = text.next('=', i + 1)) {
            var host = host(text, i + 1);
            finding = host < 0 ? finding : finding.or(nested.at(host));
        }
        if (finding.suspicion() != Suspicion.NONE) {
            return finding;
        }
        var named = callback(text);
        if (named.suspicion() != Suspicion.NONE) {
            return named;
        }
        return hasOddPort(text) ? Finding.strong(text.first()) : place == Place.JSON_VALUE ? Finding.NONE : bare(text);
    }

    /** Judges a text that is an address. */
    private static Finding whole(Text text) {
        var start = text.first();
        var host = host(text, start);
        if (host < 0) {
            return text.says("0://", start) || text.says("unix:", start) && text.next('|', start) < text.length()
                    ? Finding.strong(start)
                    : scheme(text, start);
        }
        if (ServerAddress.isCallback(text, host)) {
            return Finding.strong(start);
        }
        var kind = worse(kind(text, host), ServerTarget.of(text, host));
        if (Text.isLetter(text.at(start))
                || kind == Kind.INNER
                || kind == Kind.DISGUISED && ServerAddress.at(text, host).end() - host >= LONG_NUMBER
                || hasDot(text, host, ServerAddress.at(text, host).end())) {
            var weak = kind == Kind.INNER && (text.says("ssh:", start) || hasBlank(text, start));
            var served =
                    kind == Kind.BARE && (FILE_SCHEMES.has(text, start, text.wordEnd(start)) || isStore(text, host));
            return weak ? Finding.faint(start) : served ? Finding.strong(start) : judge(kind, start);
        }
        return Finding.NONE;
    }

    /** Tells whether the port is that of a store, or of what runs machines, which no page is on. */
    private static boolean isStore(Text text, int host) {
        var end = ServerAddress.at(text, host).end();
        return text.at(end) == ':' && PORTS.has(text, end + 1, text.wordEnd(end + 1));
    }

    private static Finding judge(Kind kind, int start) {
        return switch (kind) {
            case METADATA -> Finding.certain(start);
            case DISGUISED, INNER -> Finding.strong(start);
            case BARE -> Finding.faint(start);
            case NAMED -> Finding.NONE;
        };
    }

    /** Judges a text that begins with a host, without any scheme, and a path of it. */
    private static Finding scheme(Text text, int start) {
        var address = ServerAddress.at(text, start);
        var pathed = text.at(address.end()) == '/' && address.end() - start > 4;
        return pathed
                        && address.kind() == Kind.METADATA
                        && text.at(start + 3) != '/'
                        && hasDot(text, start, address.end())
                ? Finding.strong(start)
                : Finding.NONE;
    }

    private static boolean hasBlank(Text text, int start) {
        for (var i = start; i < start + LONGEST_USER && i < text.last(); i++) {
            if (text.at(i) == ' ') {
                return true;
            }
        }
        return false;
    }

    private static boolean hasDot(Text text, int from, int end) {
        for (var i = from; i < end; i++) {
            if (text.at(i) == '.') {
                return true;
            }
        }
        return false;
    }

    /** Where the host of an address begins, behind scheme and slashes of either kind; -1 when no address begins at the index. */
    private static int host(Text text, int from) {
        var colon = from;
        while (colon < from + LONGEST_SCHEME && (Text.isWord(text.at(colon)) || text.at(colon) == '+')) {
            colon++;
        }
        var schemed = text.at(colon) == ':' && SCHEMES.has(text, from, colon);
        if (schemed && text.says("url:", from)) {
            return host(text, colon + 1);
        }
        var slash = schemed ? colon + 1 : from;
        var host = slash;
        while (host < slash + MAX_SLASHES && (text.at(host) == '/' || text.at(host) == '\\')) {
            host++;
        }
        return schemed || host - slash > 1 ? host : -1;
    }

    /** The most suspicious of the hosts that different readers would find: behind the slashes, and behind each name of a user. */
    private static Kind kind(Text text, int host) {
        var users = new Nested(text);
        return worse(ServerAddress.at(text, host).kind(), users.behind(host));
    }

    private static Kind worse(Kind kind, Kind other) {
        return other != Kind.BARE && other.compareTo(kind) > 0 ? other : kind;
    }

    /** Addresses that are parameters within another one, asked for from left to right: no name of a user is read twice. */
    private static final class Nested {

        private final Text text;
        private int seen;

        private Nested(Text text) {
            this.text = text;
        }

        private Finding at(int host) {
            var kind = worse(ServerAddress.at(text, host).kind(), behind(host));
            return kind == Kind.METADATA || kind == Kind.DISGUISED
                    ? Finding.strong(host)
                    : kind == Kind.INNER ? Finding.faint(host) : Finding.NONE;
        }

        /** The most suspicious of the hosts behind names of users, but for those that an earlier host was judged by. */
        private Kind behind(int host) {
            var kind = Kind.NAMED;
            seen = Math.max(seen, host);
            while (seen < host + LONGEST_USER && seen < text.length() && text.at(seen) != '/') {
                kind = text.at(seen) == '@'
                        ? worse(kind, ServerAddress.at(text, seen + 1).kind())
                        : kind;
                seen++;
            }
            return kind;
        }
    }
}
