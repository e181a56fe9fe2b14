package dev.portcullis.attack;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What style sheets of XSLT do beyond transforming: run code of the processor's language, and write files. */
final class StyleSheet {

    private static final int NEAR = 128;

    /** How the name spaces begin behind which processors find the functions of their language. */
    private static final String[] SPACES = {
        "http://php.net/xsl",
        "http://xml.apache.org/xalan/java",
        "http://xml.apache.org/xslt/java",
        "http://saxon.sf.net/java-type",
        "http://www.oracle.com/xsl/transform/java",
        "java:java.",
        "clitype:system."
    };

    /** The prefixes that elements of processors have by custom. */
    static final Words<Boolean> PREFIXES = Words.set("msxsl exsl saxon redirect lxslt xalan xsl");

    private static final int LONGEST_LINK = 512;

    /** A link to a style sheet that transforms nothing. */
    private static final Pattern LINK = Pattern.compile(
            "\\s*(type=(['\"])text/css\\2\\s+href=(['\"])[^'\"]*\\3|href=(['\"])[^'\"]*\\4\\s+type=(['\"])text/css\\5)\\s*");

    private StyleSheet() {}

    /** Tells whether an instruction has a document transformed by a style sheet that stands elsewhere than beside it. */
    static boolean isForeign(String target, @Nullable String said) {
        if (!target.equals("xml-stylesheet") || said == null) {
            return false;
        }
        if (said.length() < LONGEST_LINK && LINK.matcher(said).matches()) {
            return false;
        }
        var text = new Text(said);
        for (var at = said.indexOf("href"); at >= 0; at = said.indexOf("href", at + 1)) {
            if (leadsAway(text, text.skipSpace(at + "href".length()))) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the sign at the index gives an attribute an address with a scheme or a host. */
    private static boolean leadsAway(Text text, int sign) {
        var path = text.skipSpace(text.skipSpace(sign + 1) + 1);
        var scheme = text.at(text.wordEnd(path)) == ':';
        var host = PathShape.isSeparator(text.at(path)) && PathShape.isSeparator(text.at(path + 1));
        return text.at(sign) == '=' && (scheme || host);
    }

    /** Tells whether an attribute of an element of this name says that code is run, or that a file is written. */
    static boolean isRunning(String element, String attribute, String value) {
        if (attribute.equals("implements-prefix")) {
            return true;
        }
        if (attribute.startsWith("xmlns")) {
            return isSpace(value);
        }
        var writes =
                element.endsWith(":document") || element.endsWith(":result-document") || element.endsWith(":write");
        return writes && (attribute.equals("href") || attribute.equals("file") || attribute.equals("select"))
                || attribute.equals("select") && (value.contains("php:function") || value.contains("unparsed-text("));
    }

    private static boolean isSpace(String value) {
        for (var space : SPACES) {
            if (value.regionMatches(true, 0, space, 0, space.length())) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether an element that holds code, or writes a file, begins at the angle bracket. */
    static boolean isWriting(Text text, int at) {
        var colon = text.wordEnd(at + 1);
        if (text.at(colon) != ':' || !PREFIXES.has(text, at + 1, colon)) {
            return false;
        }
        var end = text.wordEnd(colon + 1);
        var sheet = text.says("exsl", at + 1) || text.says("redirect", at + 1) || text.says("saxon", at + 1);
        var writes = sheet && (text.says("document ", colon + 1) || text.says("write ", colon + 1))
                || text.says("xsl:result-document", at + 1);
        return writes || text.says("script", colon + 1) && end == colon + 7 && isImplementing(text, end);
    }

    private static boolean isImplementing(Text text, int from) {
        for (var i = from; i < from + NEAR && text.at(i) != '>' && text.at(i) != Text.END; i++) {
            if (text.says("implements-prefix", i)) {
                return true;
            }
        }
        return false;
    }
}
