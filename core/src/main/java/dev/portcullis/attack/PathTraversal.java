package dev.portcullis.attack;

import java.util.List;

/**
 * Path traversal and local files.
 *
 * <p>Looks for: paths that climb ({@code ../}), in whatever mixture of dots, separators and their hexadecimal names; values that are
 * the path of a system file; NUL, which ends a path for some readers.
 *
 * <p>Does not look for: names of files without a path, nor relative links inside of longer texts.
 *
 * <p>Caught: {@code ../../../../etc/passwd}
 *
 * <p>Let through: {@code reports/2026/../index.html}
 */
final class PathTraversal implements Detector {

    private static final int LONGEST_PATH = 4096;
    private static final int CLIMB = Traits.DOTS | Traits.BACKSLASH | Traits.CONTROL;

    private static final Words<Boolean> ROOTS = Words.set(
            "etc proc root boot dev sys var usr home opt private sbin bin lib windows winnt winnt32 program_files");
    private static final Words<Suspicion> FILES = Words.of(List.of(
            new Words.Line<>(
                    Suspicion.CERTAIN,
                    "passwd shadow gshadow boot.ini win.ini system.ini environ cmdline web-inf id_rsa id_dsa authorized_keys"
                            + " known_hosts .htpasswd .bash_history system32 autoexec.bat .mysql_history wp-config.php"),
            new Words.Line<>(
                    Suspicion.STRONG,
                    "group hosts hostname motd issue fstab mtab crontab sudoers resolv.conf httpd.conf apache2.conf nginx.conf"
                            + " php.ini my.cnf my.ini access_log access.log error_log error.log syslog messages auth.log version"
                            + " mounts self .htaccess .env .ssh .git .svn web.xml web.config inetpub sshd_config ssh_config"
                            + " config.php config.inc.php proftpd.conf vsftpd.conf logs log conf bin global.asa")));

    @Override
    public String id() {
        return "path-traversal";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH -> CLIMB;
            case USER_AGENT, REFERER -> Traits.CONTROL;
            default -> CLIMB | Traits.SLASH;
        };
    }

    @Override
    public Finding look(Text text, Place place) {
        var end = text.length();
        while (end > 0 && Text.isSpace(text.at(end - 1)) && text.at(end - 1) != 0) {
            end--;
        }
        var shape = Shape.of(text, end);
        if (shape.nul >= 0) {
            return Finding.strong(shape.nul);
        }
        if (place.isAgent()) {
            return Finding.NONE;
        }
        var finding = climbing(shape);
        return place == Place.PATH || !shape.isPath() ? finding : finding.or(absolute(text, shape));
    }

    private static Finding climbing(Shape shape) {
        if (shape.climbs == 0 && !shape.isMaze()) {
            return Finding.NONE;
        }
        if (!shape.isPath()) {
            return shape.climbs > 1 && shape.file != Suspicion.NONE
                    ? Finding.strong(shape.first)
                    : Finding.faint(shape.first);
        }
        if (shape.climbs > 1 && shape.file != Suspicion.NONE || shape.climbs > 3) {
            return Finding.certain(shape.first);
        }
        return shape.climbs > 1 || shape.isMaze() || shape.leads || shape.file != Suspicion.NONE
                ? Finding.strong(shape.first)
                : Finding.faint(shape.first);
    }

    private static Finding absolute(Text text, Shape shape) {
        var from = text.at(1) == ':' && Text.isLetter(text.at(0)) ? 2 : 0;
        if (!isSeparator(text.at(from))) {
            return Finding.NONE;
        }
        var start = from;
        while (isSeparator(text.at(start))) {
            start++;
        }
        var rooted = from > 0 || ROOTS.has(text, start, segmentEnd(text, start));
        if (rooted && shape.file == Suspicion.CERTAIN) {
            return Finding.certain(0);
        }
        return rooted || shape.file != Suspicion.NONE ? Finding.strong(0) : Finding.NONE;
    }

    static int segmentEnd(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' || text.at(i) == '-') {
            i++;
        }
        return i;
    }

    static boolean isSeparator(char c) {
        return c == '/' || c == '\\';
    }

    /** What a text looks like as a path. */
    private static final class Shape {

        private int nul = -1;
        private int first = -1;
        private int climbs;
        private int mazeDots;
        private int mazeSeparators;
        private int blanks;
        private int length;
        private boolean leads;
        private Suspicion file = Suspicion.NONE;

        static Shape of(Text text, int end) {
            var shape = new Shape();
            shape.length = end;
            var i = 0;
            while (i < end) {
                i = shape.step(text, i);
            }
            return shape;
        }

        boolean isPath() {
            return blanks == 0 && length <= LONGEST_PATH;
        }

        /** Tells whether dots and separators stand in rows that no path has. */
        boolean isMaze() {
            return mazeDots > 3 && mazeSeparators > 3;
        }

        private int step(Text text, int at) {
            var c = text.at(at);
            if (c == 0 && nul < 0) {
                nul = at;
            }
            if (Text.isSpace(c)) {
                blanks++;
                return at + 1;
            }
            var end = run(text, at);
            if (end > at) {
                return end;
            }
            var word = segmentEnd(text, at);
            if (word > at) {
                note(FILES.find(text, at, word));
                return word;
            }
            return at + 1;
        }

        private void note(@org.jspecify.annotations.Nullable Suspicion found) {
            if (found != null && found.compareTo(file) > 0) {
                file = found;
            }
        }

        /** Reads a row of dots and separators, and says where it ends. */
        private int run(Text text, int from) {
            var i = from;
            var dots = 0;
            var row = 0;
            var separators = 0;
            while (true) {
                var dot = dot(text, i);
                var separator = dot > 0 ? 0 : separator(text, i, row > 1);
                if (dot == 0 && separator == 0) {
                    break;
                }
                if (dot > 0) {
                    row++;
                    dots++;
                } else {
                    climb(from, row, separators);
                    separators++;
                    row = 0;
                }
                i += dot + separator;
            }
            if (separators > 0) {
                climb(from, row, separators);
            }
            if (separators > 1 && dots > 1) {
                mazeDots += dots;
                mazeSeparators += separators;
            }
            return separators > 0 ? i : from;
        }

        private void climb(int from, int row, int separators) {
            if (row < 2) {
                return;
            }
            climbs++;
            leads |= from == 0 && separators < 2;
            first = first < 0 ? from : first;
        }

        /** How long the dot is that is written at the index; 0 when there is none. */
        private static int dot(Text text, int at) {
            var c = text.at(at);
            if (c == '.') {
                return 1;
            }
            if (c == '0' && text.says("0x2e", at)) {
                return 4;
            }
            return isDebris(c) && (text.at(at + 1) == '.' || isDebris(text.at(at + 1))) ? 1 : 0;
        }

        private static int separator(Text text, int at, boolean afterDots) {
            var c = text.at(at);
            if (isSeparator(c)) {
                return 1;
            }
            if (c == '0' && (text.says("0x2f", at) || text.says("0x5c", at))) {
                return 4;
            }
            return afterDots && (text.says("2f", at) || text.says("5c", at)) ? 2 : 0;
        }

        /** Tells whether it is what remains of broken UTF-8. */
        private static boolean isDebris(char c) {
            return c >= 0x80 && c < 0x100 && c != 0xa0 || c == '\ufffd';
        }
    }
}
