package dev.portcullis.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The endings of a file's name. */
final class Extensions {

    /** The endings of files that some browser, server or machine runs. */
    private static final Set<String> ACTIVE = Set.of(
            "jsp jspx jspf jsw jsv jhtml asp aspx ascx ashx asmx axd cer asa cdx cgi fcgi cfm cfml action do bat cmd ps1 psm1 vbs vbe js jse"
                    .split(" "));

    private static final Set<String> ALSO_ACTIVE = Set.of(
            "mjs cjs wsf wsh hta jar war ear lnk url scf reg htaccess htpasswd ini swf xht xsl xslt svgz mht mhtml app command msi msp cpl pif gadget inc pht phps module"
                    .split(" "));

    private Extensions() {}

    /** All endings of the name in lower case, from left to right; none for a name without a dot. */
    static List<String> of(String name) {
        var all = new ArrayList<String>(2);
        var lower = name.toLowerCase(Locale.ROOT);
        for (var from = lower.indexOf('.'); from >= 0; ) {
            var next = lower.indexOf('.', from + 1);
            var end = next < 0 ? lower.length() : next;
            all.add(word(lower, from + 1, end));
            from = next;
        }
        return all;
    }

    /** Some servers read an ending only up to a semicolon or a blank. */
    private static String word(String name, int from, int end) {
        var to = from;
        while (to < end && name.charAt(to) != ';' && name.charAt(to) != ' ') {
            to++;
        }
        return name.substring(from, to);
    }

    static boolean isActive(String extension) {
        return ACTIVE.contains(extension)
                || ALSO_ACTIVE.contains(extension)
                || FileKind.ofExtension(extension).stream().anyMatch(FileKind::isActive);
    }
}
