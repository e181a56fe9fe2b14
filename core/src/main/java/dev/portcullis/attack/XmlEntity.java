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

    private static final int NEAR = 128;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int attractors(Place place) {
        return place.isArgument() ? Traits.ANGLE : 0;
    }

    @Override
    public Reach reach() {
        return Reach.ANYWHERE;
    }

    @Override
    public boolean mayFind(Sample sample) {
        return sample.has(Signs.DECLARATION | Signs.NAMESPACE);
    }

    @Override
    public Finding look(Text text, Place place) {
        for (var i = text.next('<', 0); i < text.length(); i = text.next('<', i + 1)) {
            if (text.says("<!entity", i)) {
                return Finding.certain(i);
            }
            if (text.says("<xsl:", i) && isTransforming(text, i)) {
                return Finding.strong(i);
            }
            if (text.says("<!doctype", i) && reaches(text, i + 9)
                    || text.says("<xi:include", i) && leads(text, i + 11)) {
                return Finding.strong(i);
            }
        }
        return Finding.NONE;
    }

    /** Tells whether an instruction of XSLT reads from elsewhere, or asks what processes it. */
    private static boolean isTransforming(Text text, int at) {
        var loads = text.says("<xsl:include", at) || text.says("<xsl:import", at);
        for (var i = at; i < at + NEAR && text.at(i) != '>'; i++) {
            if (loads && text.says("://", i)
                    || text.says("document(", i)
                    || text.says("system-property(", i)
                    || text.says("unparsed-text(", i)
                    || text.says("php:function(", i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean reaches(Text text, int from) {
        for (var i = from; i < from + NEAR && text.at(i) != '>'; i++) {
            if (text.at(i) == '[' || text.says("system", i) && leads(text, i + 6)) {
                return true;
            }
        }
        return false;
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
