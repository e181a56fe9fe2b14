package dev.portcullis.attack;

/**
 * External entities of XML.
 *
 * <p>Looks for: declarations of entities, document types with a subset or from elsewhere, and inclusions, in values that hold XML, and in bodies that are XML.
 *
 * <p>Does not look for: XML without them. How a body is read: {@link XmlScan}.
 *
 * <p>Caught: {@code <!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>}
 *
 * <p>Let through: {@code <!DOCTYPE html><p>}
 */
final class XmlEntity implements Detector {

    static final String ID = "xml-entity";

    /** Domains under which document types are published. */
    private static final Words<Boolean> PUBLISHERS = Words.set(
            "w3.org sun.com oracle.com java.net apple.com hibernate.org mybatis.org jetty.org eclipse.org apache.org"
                    + " springframework.org oasis-open.org docbook.org puppycrawl.com checkstyle.org opensymphony.com"
                    + " jboss.org jboss.com openoffice.org gnome.org freedesktop.org xml.org wapforum.org google.com mozilla.org"
                    + " daisy.org niso.org nih.gov openmobilealliance.org sourceforge.net adobe.com ibm.com bea.com"
                    + " mortbay.org ibatis.apache.org netbeans.org struts.apache.org xmlns.com openebook.org idpf.org");

    /** Functions of XSLT and of its processors that do so. */
    private static final Words<Boolean> CALLS =
            Words.set("document system-property unparsed-text php:function php:functionstring");

    private static final int NEAR = 128;
    /** How long the name of such a function is at most. */
    private static final int LONGEST = 32;
    /** How long a subset is that is read to its end. */
    private static final int SUBSET = 1024;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int attractors(Place place) {
        return place.isArgument() || place == Place.HEADER ? Traits.ANGLE : 0;
    }

    @Override
    public Reach reach() {
        return Reach.ANYWHERE;
    }

    /** In a document that is no XML from its beginning on, such as the source of a parser, next to nothing. */
    @Override
    public Finding inDocument(Sample sample, Finding found) {
        var text = sample.text();
        var first = text.at(text.first());
        return first == '<' || first == '\ufeff' ? found : Finding.NONE;
    }

    @Override
    public long hangsOn(Place place) {
        return Signs.DECLARATION | Signs.NAMESPACE;
    }

    @Override
    public Finding look(Text text, Place place) {
        for (var i = text.next('<', 0); i < text.length(); i = text.next('<', i + 1)) {
            if (text.says("<!entity", i) && isNamed(text, i + 8)) {
                return Finding.certain(i);
            }
            if (text.says("<xsl:", i) && isTransforming(text, i) || StyleSheet.isWriting(text, i)) {
                return Finding.strong(i);
            }
            if (text.says("<!doctype", i) && (reaches(text, i + 9) || isForeign(text, i + 9))
                    || text.says("<xi:include", i) && leads(text, i + 11)) {
                return Finding.strong(i);
            }
        }
        return Finding.NONE;
    }

    /** Tells whether a name follows, or the sign of an entity for declarations. */
    private static boolean isNamed(Text text, int from) {
        var c = text.at(text.skipSpace(from));
        return Text.isWord(c) || c == ':' || c == '%' || c >= 128 && c != Text.END;
    }

    /** Tells whether an instruction of XSLT reads from elsewhere, or asks what processes it. */
    private static boolean isTransforming(Text text, int at) {
        var loads = text.says("<xsl:include", at) || text.says("<xsl:import", at);
        for (var i = at; i < at + NEAR && text.at(i) != '>' && text.at(i) != Text.END; i++) {
            var found = switch (text.at(i)) {
                case ':' -> loads && text.says("://", i);
                case '(' -> isReading(text, i);
                case '/' -> text.says("/java/java.", i);
                case 'h' -> text.says("http://php.net/xsl", i);
                default -> false;
            };
            if (found) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a function is called by which a style sheet reads, asks or runs something. */
    private static boolean isReading(Text text, int paren) {
        var start = paren;
        while (start > paren - LONGEST && isName(text.at(start - 1))) {
            start--;
        }
        return CALLS.has(text, start, paren);
    }

    private static boolean isName(char c) {
        return Text.isWord(c) || c == '-' || c == ':';
    }

    /** Tells whether the declaration of a document type goes on with the character. */
    private static boolean isWithin(char c) {
        return c != '>' && c != '<' && c != Text.END;
    }

    private static boolean reaches(Text text, int from) {
        for (var i = from; i < from + NEAR && isWithin(text.at(i)); i++) {
            if (text.at(i) == '[') {
                return !text.isDocument() || !isHarmless(text, i + 1);
            }
            if (text.says("system", i) && leads(text, i + 6) && !isNeighbour(text, i + 6)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the subset of a document type ends soon, declares and uses no entity, and sets no attribute. */
    private static boolean isHarmless(Text text, int from) {
        for (var i = from; i < from + SUBSET && text.at(i) != Text.END; i++) {
            if (text.at(i) == ']') {
                return true;
            }
            if (text.at(i) == '%' || text.at(i) == '"' || text.at(i) == '\'' || text.says("<!entity", i)) {
                return false;
            }
        }
        return false;
    }

    /** Tells whether the address is that of a document type in a folder near by. */
    private static boolean isNeighbour(Text text, int from) {
        var start = text.skipSpace(from) + 1;
        var i = start;
        while (Text.isWord(text.at(i)) || text.at(i) == '-' || text.at(i) == '.' || text.at(i) == '/') {
            i++;
        }
        return text.at(start) == '.' && text.says(".dtd", i - 4) && text.at(i) == text.at(start - 1);
    }

    /** Tells whether a document type has a public name that is none, and an address. */
    private static boolean isForeign(Text text, int from) {
        var name = from;
        while (name < from + NEAR && isWithin(text.at(name)) && !text.says("public", name)) {
            name++;
        }
        var quote = text.skipSpace(name + 6);
        var named = text.says("-//", quote + 1) || text.says("+//", quote + 1) || text.says("iso", quote + 1);
        return text.says("public", name) && (!named && leads(text, quote + 1) || isStranger(text, quote + 1));
    }

    /** Tells whether the document type stands on a host that publishes none: a number, one made for that, or in a value one that nobody knows. */
    private static boolean isStranger(Text text, int from) {
        for (var i = from; i < from + NEAR && text.at(i) != '>'; i++) {
            if (text.says("://", i)) {
                var host = ServerAddress.at(text, i + 3);
                return host.kind() != ServerAddress.Kind.NAMED
                        || !text.isDocument() && !PUBLISHERS.has(text, domain(text, i + 3, host.end()), host.end());
            }
        }
        return false;
    }

    /** Where the last two parts of the name of a host begin. */
    private static int domain(Text text, int from, int end) {
        var dots = 0;
        var i = end;
        while (i > from && dots < 2) {
            i--;
            dots += text.at(i) == '.' ? 1 : 0;
        }
        return text.at(i) == '.' ? i + 1 : i;
    }

    /** Tells whether a quoted address follows that leads elsewhere than to a file beside the document. */
    private static boolean leads(Text text, int from) {
        for (var i = from; i < from + NEAR && text.at(i) != '>'; i++) {
            var c = text.at(i);
            var opens = text.at(i - 1) == '=' || Text.isSpace(text.at(i - 1));
            if ((c == '"' || c == '\'') && opens && isAway(text, i + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAway(Text text, int from) {
        var end = text.wordEnd(from);
        var c = text.at(from);
        if (text.says("urn:", from)) {
            return false;
        }
        return c == '/' || c == '\\' || c == '.' || c == '%' || c == '&' || end > from && text.at(end) == ':';
    }
}
