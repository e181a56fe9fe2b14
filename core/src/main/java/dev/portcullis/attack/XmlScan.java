package dev.portcullis.attack;

import dev.portcullis.Reply;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Takes XML apart: the names of elements, attributes and text.
 *
 * <p>A document type is denied before anything reads it, so that no entity is ever looked up, but for a {@link DocumentType} that can do nothing. What cannot be read is denied.
 */
@TrustedBase
final class XmlScan {

    private static final Reply MALFORMED = Reply.problem(400, "malformed-body");
    private static final Reply DENIED = Reply.problem(403, "attack-detected");
    private static final int MAX_DEPTH = 64;

    /** The byte order mark of UTF-8, a character for each byte. */
    private static final String MARK = "\u00ef\u00bb\u00bf";

    /** The name space under which documents include others, which nobody declares for anything else. */
    private static final String INCLUDING = "http://www.w3.org/2001/XInclude";

    private static final XMLInputFactory READERS = readers();

    private final Inspection inspection;
    private final XMLStreamReader reader;
    /** The text since the last tag, which comments and instructions may stand amid. */
    private final StringBuilder text = new StringBuilder();

    private int depth;
    private String element = "";

    private XmlScan(Inspection inspection, XMLStreamReader reader) {
        this.inspection = inspection;
        this.reader = reader;
    }

    private static XMLInputFactory readers() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is looked up");
        });
        return factory;
    }

    static Verdict.@Nullable Deny of(Inspection inspection, byte[] bytes) {
        var root = rootIn(bytes);
        var typed = says("<!DOCTYPE", bytes, root);
        if (root + 1 >= bytes.length || bytes[root] != '<' || !typed && bytes[root + 1] == '!') {
            return Verdict.deny(MALFORMED, Evidence.of("malformed-body", "no XML in an encoding that is like ASCII"));
        }
        try {
            var from = says(MARK, bytes, 0) ? MARK.length() : 0;
            var declared = reader(new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1))
                    .getCharacterEncodingScheme();
            if (declared != null && !BodyScan.CHARSETS.contains(declared.toLowerCase(Locale.ROOT))) {
                return Verdict.deny(
                        MALFORMED, Evidence.of("malformed-body", "XML in an encoding that is not like ASCII"));
            }
            var charset = declared == null ? StandardCharsets.UTF_8 : Charset.forName(declared);
            var head = decoded(bytes, from, root, charset);
            var rest = decoded(bytes, root, bytes.length, charset);
            var readable = typed ? withoutType(head, rest) : head + rest;
            return readable == null
                    ? Verdict.deny(DENIED, Evidence.of(XmlEntity.ID, "a document type in the body"))
                    : new XmlScan(inspection, reader(readable)).read();
        } catch (XMLStreamException | CharacterCodingException | RuntimeException e) {
            return Verdict.deny(MALFORMED, Evidence.of("malformed-body", "no XML that can be read"));
        }
    }

    /** The text without its document type; null when that may do something. */
    private static @Nullable String withoutType(String head, String typed) {
        var type = DocumentType.of(typed);
        var rest = type == null ? null : type.resolve(new Text(typed));
        return rest == null ? null : head + rest;
    }

    private static XMLStreamReader reader(String text) throws XMLStreamException {
        return READERS.createXMLStreamReader(new StringReader(text));
    }

    /** The JDK's reader would print each broken byte to the error stream, so it is given characters. */
    private static String decoded(byte[] bytes, int from, int end, Charset charset) throws CharacterCodingException {
        return charset.newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, end - from))
                .toString();
    }

    /** The index behind a byte order mark of UTF-8, white space, instructions and comments; that is where a document type would be. */
    private static int rootIn(byte[] bytes) {
        var at = says(MARK, bytes, 0) ? MARK.length() : 0;
        while (at < bytes.length) {
            if (says("<?", bytes, at)) {
                at = behind("?>", bytes, at);
            } else if (says("<!--", bytes, at)) {
                at = behind("-->", bytes, at + 4);
            } else if (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n') {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    private static int behind(String end, byte[] bytes, int from) {
        var at = from;
        while (at < bytes.length && !says(end, bytes, at)) {
            at++;
        }
        return at + end.length();
    }

    private static boolean says(String word, byte[] bytes, int at) {
        for (var i = 0; i < word.length(); i++) {
            if (at + i >= bytes.length || (bytes[at + i] & 0xff) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private Verdict.@Nullable Deny read() throws XMLStreamException {
        while (reader.hasNext()) {
            var deny = event(reader.next());
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private Verdict.@Nullable Deny event(int kind) {
        return switch (kind) {
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                Verdict.deny(DENIED, Evidence.of(XmlEntity.ID, "a document type or an entity of its own in the body"));
            case XMLStreamConstants.START_ELEMENT -> {
                var deny = text();
                yield deny == null ? start() : deny;
            }
            case XMLStreamConstants.END_ELEMENT -> {
                depth--;
                yield text();
            }
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                yield null;
            }
            case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                StyleSheet.isForeign(reader.getPITarget(), reader.getPIData())
                        ? Verdict.deny(DENIED, Evidence.of(XmlEntity.ID, "a style sheet of another host"))
                        : null;
            default -> null;
        };
    }

    /** Looks at the text before a tag as at one, as whoever asks for it gets it. */
    private Verdict.@Nullable Deny text() {
        var whole = text.toString().strip();
        text.setLength(0);
        return whole.isEmpty() ? null : inspection.look(Place.XML_VALUE, element, whole);
    }

    private Verdict.@Nullable Deny start() {
        depth++;
        if (depth > MAX_DEPTH) {
            return Verdict.deny(MALFORMED, Evidence.of("malformed-body", "elements nested too deep"));
        }
        element = reader.getLocalName();
        var deny = inspection.look(Place.XML_NAME, element, element);
        for (var i = 0; deny == null && i < reader.getAttributeCount(); i++) {
            deny = reader.getAttributeValue(i).equals(INCLUDING)
                    ? Verdict.deny(DENIED, Evidence.of(XmlEntity.ID, "inclusions in the body"))
                    : StyleSheet.isRunning(element, reader.getAttributeLocalName(i), reader.getAttributeValue(i))
                            ? Verdict.deny(
                                    DENIED, Evidence.of(XmlEntity.ID, "a style sheet that runs or writes something"))
                            : inspection.look(
                                    Place.XML_VALUE, reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return deny;
    }
}
