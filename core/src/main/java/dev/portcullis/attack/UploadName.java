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

    private static final Words<Suspicion> ENDINGS = Words.of(List.of(
            new Line<>(
                    Suspicion.STRONG,
                    "php php2 php3 php4 php5 php6 php7 php8 phps pht phtm phtml phar phpt pgif shtml shtm asp aspx asa asax ascx ashx"
                            + " asmx cshtml vbhtml xamlx jsp jspx jspf jsw jsv jhtml cfm cfml cfc cgi"),
            new Line<>(
                    Suspicion.FAINT,
                    "msi bat cmd com ps1 scf reg jar cer axd master config ini elf so class war hta scr pif vbs vbe wsf wsh exe dll lnk inc stm"
                            + " soap svc rem")));

    private static final Words<Boolean> SETTINGS =
            Words.set(".htaccess .htpasswd .user.ini web.config .env .bashrc .profile .npmrc authorized_keys web.xml");

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
        return found;
    }

    /** Tells whether file systems find no other letters in the name than are written. */
    private static boolean isPlain(String name) {
        return Normalizer.isNormalized(name, Form.NFKC);
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
        return known == null || known == Suspicion.FAINT && !last ? Finding.NONE : new Finding(known, dot);
    }
}
