package dev.portcullis.attack;

import dev.portcullis.attack.ServerAddress.Kind;

/** What an address asks for, and how its host is written, whatever host that is. */
final class ServerTarget {

    /** How far an address is read. */
    private static final int FAR = 512;
    /** Marks that no host has, and at which readers of addresses part company. */
    private static final Marks PARTING = Marks.of("$^'\"`<>|{};, ");

    private static final Marks AUTHORITY_ENDS = Marks.of("/?#\\");

    /** Where clouds and clusters describe themselves to the machines in them. */
    private static final Phrases PATHS = Phrases.of(
            "/latest/meta-data",
            "/latest/user-data",
            "/latest/dynamic/instance-identity",
            "/computemetadata/",
            "/metadata/instance",
            "/metadata/identity",
            "/opc/v1/",
            "/opc/v2/",
            "/openstack/latest",
            "/2018-06-01/runtime/invocation",
            "/v2/credentials/",
            "/169.254.169.254",
            "-169.254.169.254",
            "=169.254.169.254");

    private static final Marks BEFORE_PATHS = Marks.of("/-=");

    private ServerTarget() {}

    /** What the host at the index makes of the whole: a host that is written for two readers, or a path that only machines have a use for. */
    static Kind of(Text text, int host) {
        var end = host;
        while (end < host + FAR && AUTHORITY_ENDS.lacks(text.at(end)) && text.at(end) != Text.END) {
            end++;
        }
        for (var i = end; i < end + FAR && i < text.length() && !Text.isSpace(text.at(i)); i++) {
            if (BEFORE_PATHS.has(text.at(i)) && PATHS.begin(text, i)) {
                return Kind.DISGUISED;
            }
        }
        return isParted(text, host, end) ? Kind.DISGUISED : Kind.NAMED;
    }

    /** Tells whether a mark stands between two names of hosts, or before the name that follows a user's. */
    private static boolean isParted(Text text, int from, int end) {
        var letters = false;
        for (var i = from; i < end; i++) {
            if (PARTING.has(text.at(i))) {
                return letters && isName(text, i, end);
            }
            letters |= Text.isWord(text.at(i));
        }
        return false;
    }

    /** Tells whether the name of a host with a full stop is what the authority ends with, behind the sign of a user's where lists have the mark, too. */
    private static boolean isName(Text text, int mark, int end) {
        var i = text.skipSpace(mark + 1);
        i = text.at(i) == '&' ? i + 1 : i;
        var signed = text.at(i) == '@';
        if (!signed && " ;,".indexOf(text.at(mark)) >= 0) {
            return false;
        }
        var start = signed ? i + 1 : i;
        i = start;
        var dots = 0;
        while (i < end && (Text.isWord(text.at(i)) || text.at(i) == '.' || text.at(i) == '-')) {
            dots += text.at(i) == '.' ? 1 : 0;
            i++;
        }
        return dots > 0 && i > start && (i == end || text.at(i) == ':');
    }
}
