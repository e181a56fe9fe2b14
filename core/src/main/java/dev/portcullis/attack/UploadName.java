package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;

/**
 * Names of uploaded files that make a server run them, or take them for its settings.
 *
 * <p>Looks for: an ending that servers of pages run, as the last one or before another, whatever hides it: capitals, dots, blanks, semicolons,
 * NUL, streams of Windows, marks that turn the direction of writing; files of settings that servers read in folders.
 *
 * <p>Does not look for: names in other places; what is in the file; endings of programs and archives that people send, but at the strict level.
 *
 * <p>Caught: {@code picture.jsp;.png}
 *
 * <p>Let through: {@code report.v2.final.pdf}
 */
final class UploadName implements Detector {

    /** What the endings are of files that are run: wherever they stand in the name, as the last one, and as the last one at the strict level. */
    private static final Words<Suspicion> ENDINGS = Words.of(List.of(
            new Line<>(
                    Suspicion.CERTAIN,
                    "php php2 php3 php4 php5 php6 php7 php8 phps pht phtm phtml phar phpt hphp ctp pgif shtml shtm asp aspx aspq asa asax"
                            + " ascx ashx asmx cshtm cshtml vbhtm vbhtml xamlx jsp jspx jspf jsw jsv jhtml cfm cfml cfc cgi fcgi yaws"),
            new Line<>(Suspicion.STRONG, "stm soap rem wss war ear hta scr pif vbe wsf wsh jse scf"),
            new Line<>(
                    Suspicion.FAINT,
                    "msi bat cmd com ps1 reg jar cer axd master config ini elf so class vbs exe dll lnk inc svc pl py rb sh bash lua do action"
                            + " dbm swf module conf cpl xll gadget msp ps1xml psm1 application")));

    private static final Words<Boolean> SETTINGS = Words.set(
            ".htaccess .htpasswd .user.ini web.config .env .bashrc .profile .npmrc authorized_keys web.xml httpd.conf uwsgi.ini"
                    + " php.ini crontab sudoers .bash_profile .vimrc");

    @Override
    public String id() {
        return "upload-name";
    }

    @Override
    public int attractors(Place place) {
        return place == Place.FILE_NAME ? Traits.DOT : 0;
    }

    @Override
    public Finding look(Text sent, Place place) {
        var text = isPlain(sent.toString()) ? sent : new Text(Normalizer.normalize(sent.toString(), Form.NFKC));
        var name = from(text);
        if (SETTINGS.has(text, name, text.last())) {
            return Finding.strong(name);
        }
        var found = Finding.NONE;
        for (var i = text.next('.', name); i < text.length() && !found.isStrong(); i = text.next('.', i + 1)) {
            found = found.or(ending(text, i));
        }
        return found.isFaint() && isShell(text, name) ? Finding.strong(name) : found;
    }

    /** Tells whether file systems find no other letters in the name than are written. */
    private static boolean isPlain(String name) {
        return Normalizer.isNormalized(name, Form.NFKC);
    }

    /** Tells whether the name before its first full stop, or a part of it, is one that web shells and exploits have. */
    private static boolean isShell(Text text, int name) {
        for (var from = name; from < text.length(); ) {
            var end = from;
            while (Text.isLetter(text.at(end)) || Text.isDigit(text.at(end))) {
                end++;
            }
            if (ExploitWords.SHELLS.has(text, from, end)) {
                return true;
            }
            from = "-_ ".indexOf(text.at(end)) >= 0 ? end + 1 : text.length();
        }
        return false;
    }

    /** Where the name begins behind folders. */
    private static int from(Text text) {
        var from = text.first();
        for (var i = from; i < text.last(); i++) {
            from = PathShape.isSeparator(text.at(i)) && i + 1 < text.last() ? i + 1 : from;
        }
        return from;
    }

    /** Judges what stands behind the full stop: what only a program counts as the last ending. */
    private static Finding ending(Text text, int dot) {
        var start = dot + 1;
        while (start < text.last() && !Text.isWord(text.at(start)) && text.at(start) != '.') {
            start++;
        }
        var end = text.wordEnd(start);
        var known = ENDINGS.find(text, start, end);
        var last = end >= text.last() || !Text.isWord(text.at(text.last() - 1));
        if (known == null || known != Suspicion.CERTAIN && !last) {
            return Finding.NONE;
        }
        return known == Suspicion.FAINT ? Finding.faint(dot) : Finding.strong(dot);
    }
}
