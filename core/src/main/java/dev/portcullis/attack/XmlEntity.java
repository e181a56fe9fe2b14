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
    public Finding look(Text text, Place place) {
        for (var i = 0; i < text.length(); i++) {
            if (text.at(i) != '<') {
                continue;
            }
            if (text.says("<!entity", i)) {
                return Finding.certain(i);
            }
            if (text.says("<!doctype", i) && reaches(text, i + 9) || text.says("<xi:include", i)) {
                return Finding.strong(i);
            }
        }
        return Finding.NONE;
    }

    private static boolean reaches(Text text, int from) {
        for (var i = from; i < from + NEAR && text.at(i) != '>'; i++) {
            if (text.at(i) == '[' || text.says("system ", i)) {
                return true;
            }
        }
        return false;
    }
}
