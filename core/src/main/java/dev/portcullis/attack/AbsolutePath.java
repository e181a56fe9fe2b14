package dev.portcullis.attack;

/** Paths that lead from the root of a system or of a drive to where no user has files: its settings, its logs and what it runs by. */
final class AbsolutePath {

    /** Folders with programs, libraries and documents that are the same on every system. */
    private static final Words<Boolean> PUBLIC = Words.set("bin sbin lib lib64 libexec include share src games man");

    /** What the names of files end in that are public wherever they are. */
    private static final Words<Boolean> LIBRARIES = Words.set("jar so a h hpp py js css html svg png ttf deb rpm");

    /** Folders of systems two levels deep, where the first alone could be a page. */
    private static final Words<Boolean> FOLDERS =
            Words.set("var/log var/adm var/www var/run var/spool var/lib var/mail var/tmp"
                    + " var/db run/secrets var/cache var/lock var/apache var/apache2 var/mysql var/local private/etc private/var dev/null dev/random"
                    + " dev/urandom dev/zero dev/stdin dev/tcp opt/lampp opt/xampp opt/apache opt/apache2 opt/local boot/grub sys/class sys/kernel"
                    + " home/apache");

    /** Folders at the root of a drive. */
    private static final Words<Boolean> DRIVE_FOLDERS = Words.set(
            "sysprep perflogs unattend winnt32 i386 windows winnt inetpub xampp wamp apache apache2 mysql php config boot recovery system");

    private AbsolutePath() {}

    /** Judges the path of a text, which has this shape. */
    static Finding judge(Text text, PathShape shape) {
        var start = text.first();
        var root = root(text, start);
        var drive = text.at(root - 1) == ':' || text.at(root - 2) == ':';
        var first = PathShape.segmentEnd(text, root);
        var spaced = text.says("program files", root) || text.says("documents and settings", root);
        if (drive && text.says("system volume information", root)) {
            return Finding.strong(start);
        }
        if (!spaced && !shape.isPath()) {
            return Finding.NONE;
        }
        if (text.says("/tmp/sess_", start) || text.says("/tmp/php", start) && text.last() == start + 14) {
            return Finding.strong(start);
        }
        var common = spaced && !FileName.isSettings(text) || root > start && isPublic(text, root, first);
        if (common && shape.file() != Suspicion.CERTAIN) {
            return Finding.faint(start);
        }
        var rooted =
                spaced || (drive ? DRIVE_FOLDERS.has(text, root, first) : root > start && isFolder(text, root, first));
        if (shape.file() == Suspicion.CERTAIN
                && !(root == start && shape.isFileDeep())
                && (rooted || root > start || text.at(start) == '.' || first < text.last())) {
            return rooted ? Finding.certain(start) : Finding.strong(start);
        }
        var page = shape.endsInWord() && !ShellRisk.isRoot(text, root, first);
        if (rooted || root > start && shape.file() != Suspicion.NONE && !page) {
            return Finding.strong(start);
        }
        return drive ? Finding.faint(start) : Finding.NONE;
    }

    /** Tells whether the path leads into a folder of the system, whose first name ends at the index. */
    private static boolean isFolder(Text text, int root, int first) {
        if (!PathShape.isSeparator(text.at(first)) || first + 1 >= text.last()) {
            return false;
        }
        return PathShape.ROOTS.has(text, root, first) || FOLDERS.has(text, root, PathShape.segmentEnd(text, first + 1));
    }

    /** Tells whether the path leads to programs, libraries or documents that everybody has, and not to how the system is set up. */
    private static boolean isPublic(Text text, int root, int first) {
        if (!text.says("usr", root) || first != root + 3) {
            return false;
        }
        var local = text.says("/local/", first) ? first + 6 : first;
        var folder = PUBLIC.has(text, local + 1, PathShape.segmentEnd(text, local + 1));
        var suffix = text.toString().lastIndexOf('.', text.last()) + 1;
        return LIBRARIES.has(text, suffix, text.last()) || folder && !FileName.isSettings(text);
    }

    /** Where the first name of an absolute path begins; the start when the path is not absolute. */
    private static int root(Text text, int start) {
        var i = PathShape.isSeparator(text.at(start)) ? start + 1 : start;
        var drive = text.at(i + 1) == ':' && Text.isLetter(text.at(i)) && !Text.isSpace(text.at(i + 2));
        i = drive ? i + 2 : i;
        while (i > start && PathShape.isSeparator(text.at(i))) {
            i++;
        }
        while (i > start && text.at(i) == '.' && PathShape.isSeparator(text.at(i + 1))) {
            i += 2;
        }
        return i;
    }
}
