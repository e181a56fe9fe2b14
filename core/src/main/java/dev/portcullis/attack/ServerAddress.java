package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;

/**
 * What host an address of a text leads to, as lenient clients read it. Immutable.
 *
 * @param kind what the host is
 * @param end the index behind it
 */
record ServerAddress(Kind kind, int end) {

    /** What a host is, the harmless first. */
    enum Kind {
        /** A name like any other. */
        NAMED,
        /** A public IP address, or a name without full stops. */
        BARE,
        /** An address that leads back to the host itself or into its network, plainly written. */
        INNER,
        /** An address that is written so that filters do not know it, or a name that was made for that. */
        DISGUISED,
        /** Where clouds describe themselves to the machines in them. */
        METADATA
    }

    private static final int LONGEST = 128;
    private static final int MAX_PARTS = 4;

    private static final Words<Kind> NAMES = Words.of(List.of(
            new Line<>(
                    Kind.METADATA,
                    "metadata metadata.google.internal metadata.goog metadata.packet.net metadata.platformequinix.com"
                            + " rancher-metadata rancher-metadata.rancher.internal instance-data instance-data.ec2.internal"
                            + " metadata.azure.internal metadata.nicecloud.local alibaba.zaku.eu.org metadata.tencentyun.com metadata.oraclecloud.com"),
            new Line<>(
                    Kind.INNER,
                    "localhost localhost.localdomain localhost6 ip6-localhost ip6-loopback host.docker.internal"
                            + " gateway.docker.internal kubernetes.docker.internal kubernetes kubernetes.default kubernetes.default.svc"
                            + " kubernetes.default.svc.cluster.local loopback")));

    /** Last parts of names that resolve to whatever address stands before them, or change while they are asked. */
    private static final Words<Kind> SUFFIXES = Words.of(
            List.of(
                    new Line<>(
                            Kind.DISGUISED,
                            "nip.io xip.io sslip.io localtest.me lvh.me vcap.me lacolhost.com yoogle.com 1u.ms rbndr.us rebind.network"
                                    + " burpcollaborator.net oastify.com interact.sh interactsh.com oast.pro oast.live oast.site oast.online"
                                    + " oast.fun oast.me dnslog.cn ceye.io bxss.me xss.ht nip.name traefik.me backname.io localh.st fuf.me 42foo.com"
                                    + " r3dir.me requestrepo.com mail.ebc.apple.com bugbounty.dod.network 127-0-0-1.org.uk"),
                    new Line<>(Kind.BARE, "local internal corp lan intranet"),
                    new Line<>(
                            Kind.INNER,
                            "localhost localdomain cluster.local svc.local consul google.internal compute.internal ec2.internal")));

    /** Names that tell their owner who asked for them: what finds servers that can be made to send requests. */
    private static final String[] CALLBACKS = {
        "burpcollaborator.net",
        "oastify.com",
        "interact.sh",
        "interactsh.com",
        "oast.pro",
        "oast.live",
        "oast.site",
        "oast.online",
        "oast.fun",
        "oast.me",
        "dnslog.cn",
        "dnslog.pw",
        "ceye.io",
        "bxss.me",
        "bxss.in",
        "xss.ht",
        "xss.report",
        "requestrepo.com",
        "1u.ms",
        "rbndr.us",
        "eyes.sh",
        "dnsbin.zhack.ca",
        "hookbin.com",
        "wapiti3.ovh"
    };

    private static final Phrases CALLED = Phrases.of(CALLBACKS);
    private static final Words<Boolean> CALLED_NAMES = Words.set(String.join(" ", CALLBACKS));
    /** How long such a name is at most. */
    private static final int LONGEST_CALLBACK = 20;

    /** Tells whether a name like that stands at the index, and ends there. */
    static boolean isCallback(Text text, int at) {
        return CALLED.begin(text, at) && isCallback(text.toString(), at);
    }

    /** The same; makes no object. */
    static boolean isCallback(String text, int at) {
        for (var end = at + 1; end <= text.length() && end <= at + LONGEST_CALLBACK; end++) {
            var next = end < text.length() ? text.charAt(end) : ' ';
            if (!Text.isWord(next) && next != '-' && CALLED_NAMES.has(text, at, end)) {
                return true;
            }
        }
        return false;
    }

    /** Reads the host that begins at the index. */
    static ServerAddress at(Text text, int from) {
        if (text.at(from) == '[') {
            return literal(text, from);
        }
        var end = from;
        while (end < from + LONGEST && isPart(text.at(end))) {
            end++;
        }
        var dotless = text.at(end - 1) == '.' ? end - 1 : end;
        return new ServerAddress(kind(text, from, dotless), end);
    }

    private static boolean isPart(char c) {
        return Text.isWord(c) || c == '.' || c == '-' || c >= 0x80 && c != Text.END;
    }

    private static Kind kind(Text text, int from, int end) {
        var known = NAMES.find(text, from, end);
        if (known != null) {
            return known;
        }
        if (end > from && isCompatible(text, from, end)) {
            return Kind.DISGUISED;
        }
        if (end > from && (Text.isDigit(text.at(from)) || isOctal(text, from))) {
            var numeric = numeric(text, from, end);
            if (numeric != Kind.NAMED || isLedByAddress(text, from, end)) {
                return numeric == Kind.NAMED ? Kind.DISGUISED : numeric;
            }
        }
        return named(text, from, end);
    }

    /** Tells whether a number of base eight follows as some languages write it: {@code o177.0.0.1}. */
    private static boolean isOctal(Text text, int from) {
        var c = text.lower(from);
        return (c == 'o' || c == 'q') && Text.isDigit(text.at(from + 1));
    }

    /** Tells whether letters or digits in circles, of double width or the like stand in a name, which clients read as plain ones. */
    private static boolean isCompatible(Text text, int from, int end) {
        for (var i = from; i < end; i++) {
            var c = text.at(i);
            if (c >= '\u2460' && c <= '\u24ff' || c >= '\uff01' && c <= '\uff5e' || c == '\u2024') {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the name begins with the four numbers of an address that leads inside: {@code 127.0.0.1.example.org}. */
    private static boolean isLedByAddress(Text text, int from, int end) {
        var dots = 0;
        var i = from;
        while (i < end && (Text.isDigit(text.at(i)) || text.at(i) == '.' && dots < MAX_PARTS - 1)) {
            dots += text.at(i) == '.' ? 1 : 0;
            i++;
        }
        var inner = dots == MAX_PARTS - 1 && text.at(i) == '.' ? numeric(text, from, i) : Kind.NAMED;
        return inner == Kind.INNER || inner == Kind.METADATA;
    }

    private static Kind named(Text text, int from, int end) {
        var dots = 0;
        var near = false;
        for (var i = end - 1; i > from && dots < MAX_PARTS; i--) {
            var dot = text.at(i) == '.';
            dots += dot ? 1 : 0;
            var found = dot ? SUFFIXES.find(text, i + 1, end) : null;
            near |= found == Kind.BARE;
            if (found != null && found != Kind.BARE) {
                return found;
            }
        }
        var whole = SUFFIXES.find(text, from, end);
        return whole != null ? whole : near || dots == 0 && end > from ? Kind.BARE : Kind.NAMED;
    }

    /** Reads an address of IPv4 with one to four parts, each decimal, octal or hexadecimal. */
    private static Kind numeric(Text text, int from, int end) {
        var parts = 0;
        var odd = false;
        var value = 0L;
        for (var i = from; i <= end; parts++) {
            var stop = i;
            while (stop < end && text.at(stop) != '.') {
                stop++;
            }
            var number = number(text, i, stop);
            if (number < 0 || parts == MAX_PARTS) {
                return Kind.NAMED;
            }
            odd |= isOdd(text, i, stop) || number > 255;
            value = stop == end ? tail(value, parts, number) : value << 8 | number & 0xff;
            i = stop + 1;
        }
        var shortened = parts < MAX_PARTS && (parts > 1 || end - from > 7 || value == 0);
        if (value == 0xa9fea9feL && !odd && !shortened) {
            return Kind.METADATA;
        }
        return odd || shortened ? Kind.DISGUISED : parts == MAX_PARTS && isInner(value) ? inner(value) : Kind.BARE;
    }

    private static long tail(long value, int parts, long number) {
        return value << 8 * (MAX_PARTS - parts) | number & 0xffffffffL;
    }

    /** The number that the part says in whatever base; -1 when it is none. */
    private static long number(Text text, int from, int end) {
        var first = text.lower(from);
        var second = text.lower(from + 1);
        var hex = first == '0' && second == 'x' && end > from + 2;
        var spelt = first == 'o' || first == 'q' ? 1 : first == '0' && second == 'o' ? 2 : 0;
        var octal = !hex && first == '0' && end > from + 1 || spelt > 0;
        var base = hex ? 16 : octal ? 8 : 10;
        var value = 0L;
        for (var i = hex ? from + 2 : from + spelt; i < end; i++) {
            var c = text.at(i);
            var digit = c < 128 ? Character.digit(c, base) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * base + digit & 0xffffffffffL;
        }
        return end > from ? value : -1;
    }

    private static boolean isOdd(Text text, int from, int end) {
        return !Text.isDigit(text.at(from)) || text.at(from) == '0' && end > from + 1;
    }

    private static boolean isInner(long value) {
        var first = value >> 24 & 0xff;
        var second = value >> 16 & 0xff;
        return first == 127
                || first == 10
                || first == 0
                || first == 172 && second >= 16 && second < 32
                || first == 192 && second == 168
                || first == 169 && second == 254
                || first == 100 && second >= 64 && second < 128
                || value == 0xc00000c0L;
    }

    private static Kind inner(long value) {
        return value == 0xa9feaa02L || value == 0x646464c8L || value == 0xc00000c0L ? Kind.METADATA : Kind.INNER;
    }

    /** Reads an address in brackets. */
    private static ServerAddress literal(Text text, int open) {
        var close = open + 1;
        var nothing = true;
        while (close < open + 64 && (Text.isWord(text.at(close)) || text.at(close) == ':' || text.at(close) == '.')) {
            nothing &= text.at(close) == '0'
                    || text.at(close) == ':'
                    || text.at(close) == '1' && text.at(close + 1) == ']';
            close++;
        }
        var inside = open + 1;
        if (text.says("fd00:ec2", inside) || text.says("fd20:ce", inside)) {
            return new ServerAddress(Kind.METADATA, close + 1);
        }
        var dotted = text.at(text.wordEnd(lastColon(text, inside, close) + 1)) == '.';
        var mapped = dotted
                || text.says("64:ff9b:", inside)
                || text.says("2002:7f00", inside)
                || text.says("::ffff:", inside)
                || text.says("0:ffff:", lastZeros(text, inside, close));
        var local = text.says("fe80", inside) || text.says("fc", inside) || text.says("fd", inside);
        var kind = mapped ? Kind.DISGUISED : nothing || local ? Kind.INNER : Kind.BARE;
        return new ServerAddress(kind, close + 1);
    }

    private static int lastColon(Text text, int from, int end) {
        var i = end;
        while (i > from && text.at(i) != ':') {
            i--;
        }
        return i;
    }

    /** The last zero that only zeros and colons stand before. */
    private static int lastZeros(Text text, int from, int end) {
        var i = from;
        while (i < end && (text.at(i) == '0' || text.at(i) == ':')) {
            i++;
        }
        return Math.max(from, i - 2);
    }
}
