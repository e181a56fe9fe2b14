package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a text looks like when it is read as a path. Not thread-safe while it is made. */
final class PathShape {

    static final int LONGEST = 4096;

    /** Folders at the root of a system that no web site has. */
    static final Words<Boolean> ROOTS = Words.set("etc proc usr root windows winnt");

    private static final Words<Suspicion> FILES = Words.of(List.of(
            new Line<>(
                    Suspicion.CERTAIN,
                    "passwd shadow gshadow boot.ini win.ini system.ini environ cmdline web-inf id_rsa id_dsa authorized_keys"
                            + " known_hosts .htpasswd .bash_history system32 autoexec.bat .mysql_history wp-config.php"
                            + " master.passwd .netrc .rhosts .shosts .sh_history .passwd .pgpass .aws .docker .kube"),
            new Line<>(
                    Suspicion.STRONG,
                    "group hosts hostname motd issue fstab mtab crontab sudoers resolv.conf httpd.conf apache2.conf nginx.conf"
                            + " php.ini my.cnf my.ini access_log access.log error_log error.log syslog messages auth.log version"
                            + " mounts self .htaccess .env .ssh .git .svn web.xml web.config inetpub sshd_config ssh_config"
                            + " config.php config.inc.php proftpd.conf vsftpd.conf logs log conf bin global.asa windows winnt"
                            + " .bashrc .bash_profile .profile .cshrc .forward .logout .xauthority .pass httpd.conf.php"
                            + " httpd.conf.default")));

    /** Where NUL stands; -1 when it does not. */
    final int nul;

    private final Text text;
    private final int end;
    private int first = -1;
    private int climbs;
    private int fileAt;
    private int blanks;
    private boolean maze;
    private boolean leads;
    /** How often the path climbs that the index is in: blanks, quotes and the like end one in a text. */
    private int here;

    private boolean reaches;
    private boolean within;
    private Suspicion file = Suspicion.NONE;

    private PathShape(Text text) {
        this.text = text;
        this.nul = text.toString().indexOf('\0');
        this.end = text.last();
        for (var i = text.first(); i < end; ) {
            i = step(i);
        }
    }

    static PathShape of(Text text) {
        return new PathShape(text);
    }

    /** How sure it is that a name is that of a file of the system; null when it is not. */
    static @Nullable Suspicion fileAt(Text text, int from, int end) {
        return FILES.find(text, from, end);
    }

    boolean isPath() {
        return blanks == 0 && end <= LONGEST;
    }

    /** How often the path climbs. */
    int climbs() {
        return climbs;
    }

    /** Where the first climb or maze begins; -1 when there is none. */
    int first() {
        return first;
    }

    /** Tells whether dots and separators stand in a row that no path has. */
    boolean isMaze() {
        return maze;
    }

    /** Tells whether the path begins with a climb or a maze. */
    boolean leads() {
        return leads;
    }

    /** Tells whether a path in the text climbs to a file or folder of the system. */
    boolean reaches() {
        return reaches;
    }

    /** Tells whether the first climb stands within something else, such as an attribute, a link or a list. */
    boolean isWithin() {
        return within;
    }

    /** How sure it is that the path means a file of the system. */
    Suspicion file() {
        return file;
    }

    /** Tells whether a word of letters, as pages have it for a name, is all that the path ends with and that makes it one of a file. */
    boolean endsInWord() {
        var i = fileAt;
        while (i < end && Text.isLetter(text.at(i))) {
            i++;
        }
        return file == Suspicion.STRONG && i == end;
    }

    /** Tells whether nothing but two plain folders or more stand before that file, as in lists of sources. */
    boolean isFileDeep() {
        var separators = 0;
        for (var i = text.first(); i < fileAt; i++) {
            var c = text.at(i);
            if (!Text.isWord(c) && c != '-' && (c != '/' || text.at(i - 1) == '/')) {
                return false;
            }
            separators += c == '/' ? 1 : 0;
        }
        return separators > 1;
    }

    private int step(int at) {
        var c = text.at(at);
        if (Text.isSpace(c)) {
            blanks++;
            here = 0;
            return at + 1;
        }
        if (c == '.' || c == '0' || isSeparator(c) || isDebris(c)) {
            var run = new Run(at);
            if (run.separators > 0) {
                take(run);
                return run.end;
            }
            return segment(at, run.end);
        }
        return segment(at, at);
    }

    private int segment(int at, int run) {
        var word = segmentEnd(text, at);
        if (word > at) {
            note(FILES.find(text, at, word), at, word);
        } else if (!isSeparator(text.at(at)) && text.at(at) != '%') {
            here = 0;
        }
        return Math.max(word, Math.max(run, at + 1));
    }

    private void note(@Nullable Suspicion found, int from, int end) {
        if (found != null && found.compareTo(file) > 0) {
            file = found;
            fileAt = from;
        }
        var named =
                found != null && (found == Suspicion.CERTAIN || text.toString().lastIndexOf('.', end - 1) >= from);
        reaches |= here > 0 && (named || ROOTS.has(text, from, end));
    }

    private void take(Run run) {
        var mazy = run.dots > 1 && run.separators > 2 || run.isMixed() && run.dots > 1 || run.spelt;
        if (run.climbs == 0 && !mazy) {
            return;
        }
        climbs += run.climbs;
        here += run.climbs;
        maze |= mazy;
        leads |= run.start == text.first();
        within |= first < 0 && run.start > text.first() && "\"'`(>[".indexOf(text.at(run.start - 1)) >= 0;
        first = first < 0 ? run.start : first;
    }

    /** The end of the name that begins at the index. */
    static int segmentEnd(Text text, int from) {
        var i = from;
        while (isOfName(text.at(i))) {
            i++;
        }
        return i;
    }

    private static boolean isOfName(char c) {
        return Text.isWord(c) || c == '.' || c == '-';
    }

    /** Tells whether the name of a file of secrets is all there is. */
    static boolean isSecretName(Text text) {
        return FILES.find(text, text.first(), text.last()) == Suspicion.CERTAIN;
    }

    /** Tells whether a path goes on at the index with a folder of settings and a file of passwords or keys in it. */
    static boolean isSecretFile(Text text, int from) {
        var end = segmentEnd(text, from);
        return text.says("etc/", from) && FILES.find(text, end + 1, segmentEnd(text, end + 1)) == Suspicion.CERTAIN;
    }

    static boolean isSeparator(char c) {
        return c == '/' || c == '\\';
    }

    /** Tells whether it is what remains of broken UTF-8. */
    static boolean isDebris(char c) {
        return c >= 0x80 && c < 0xa0 || c == '\u00c0' || c == '\u00c1' || c == '\ufffd';
    }

    /** A row of dots and separators, in whatever spelling. */
    private final class Run {

        final int start;
        int end;
        int dots;
        int separators;
        int climbs;
        /** Whether a separator is written as its number, without what would make it one. */
        boolean spelt;

        private int slashes;
        private int row;
        private int points;

        Run(int start) {
            this.start = start;
            this.end = start;
            while (dot() || separator()) {}
            if (row == 1 && points == 1 && Text.isWord(text.at(end))) {
                end--;
            } else {
                climb();
            }
        }

        boolean isMixed() {
            return slashes > 0 && slashes < separators;
        }

        private boolean dot() {
            var length = dotLength();
            if (length == 0) {
                return false;
            }
            points += isDebris(text.at(end)) ? 0 : 1;
            row++;
            dots++;
            end += length;
            return true;
        }

        private int dotLength() {
            var c = text.at(end);
            if (c == '.') {
                return 1;
            }
            if (c == '0') {
                return text.says("0x2e", end) ? 4 : 0;
            }
            return isDebris(c) && (text.at(end + 1) == '.' || isDebris(text.at(end + 1))) ? 1 : 0;
        }

        private boolean separator() {
            var length = separatorLength();
            if (length == 0) {
                return false;
            }
            slashes += text.at(end) == '/' ? 1 : 0;
            climb();
            row = 0;
            points = 0;
            separators++;
            end += length;
            return true;
        }

        private int separatorLength() {
            var c = text.at(end);
            if (isSeparator(c)) {
                return 1;
            }
            if (c == '0') {
                return text.says("0x2f", end) || text.says("0x5c", end) ? 4 : 0;
            }
            var written = row > 1 && (text.says("2f", end) || text.says("5c", end));
            spelt |= written;
            return written ? 2 : 0;
        }

        private void climb() {
            climbs += row > 1 && points > 0 ? 1 : 0;
        }
    }
}
