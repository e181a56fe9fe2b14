package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What YAML says under {@code portcullis} and readers lose that make plain properties of it, such as Spring's: parts with nothing in
 * them, of which no property is left, and words that YAML 1.1 takes for truth values. Not thread-safe.
 */
public final class LostWords {

    private static final String ROOT = "portcullis";
    private static final Set<String> TRUTHS = Set.of("on", "off", "yes", "no");

    private final List<Word> words = new ArrayList<>();
    private int nodes;

    /**
     * One word. Immutable.
     *
     * @param key the key, with {@code portcullis} before it
     * @param text what is written; empty for a part with nothing in it
     * @param line its line, from 0
     * @param column its column, from 0
     */
    public record Word(String key, String text, int line, int column) {

        /** Checks that all parts are there. */
        public Word {
            requireNonNull(key, "key");
            requireNonNull(text, "text");
        }
    }

    /**
     * One document of a file. Immutable.
     *
     * @param first its first line, from 0
     * @param last its last line, from 0
     * @param words what is lost of it
     */
    public record Document(int first, int last, List<Word> words) {

        /** Copies the words. */
        public Document {
            words = List.copyOf(words);
        }
    }

    private LostWords() {}

    /** The documents of a text; none when it is no YAML, or more than a policy file may be. */
    public static List<Document> of(String yaml) {
        if (yaml.length() > YamlReader.MAX_LENGTH) {
            return List.of();
        }
        var documents = new ArrayList<Document>();
        try {
            var settings = LoadSettings.builder().build();
            for (var root : new Compose(settings).composeAllFromString(yaml)) {
                var lost = new LostWords();
                lost.walk("", root, 0);
                documents.add(new Document(line(root.getStartMark()), line(root.getEndMark()), lost.words));
            }
        } catch (YamlEngineException e) {
            return List.of();
        }
        return List.copyOf(documents);
    }

    private void walk(String key, Node node, int depth) {
        if (depth > YamlReader.MAX_DEPTH || ++nodes > YamlReader.MAX_NODES || !isWithin(key)) {
            return;
        }
        if (node instanceof MappingNode map) {
            if (map.getValue().isEmpty()) {
                add(key, "", node);
            }
            for (var member : map.getValue()) {
                if (member.getKeyNode() instanceof ScalarNode name) {
                    walk(within(key, name.getValue()), member.getValueNode(), depth + 1);
                }
            }
        } else if (node instanceof SequenceNode list) {
            for (var i = 0; i < list.getValue().size(); i++) {
                walk(key + "[" + i + "]", list.getValue().get(i), depth + 1);
            }
        } else if (node instanceof ScalarNode scalar && isTruth(scalar)) {
            add(key, scalar.getValue(), node);
        }
    }

    private static boolean isTruth(ScalarNode scalar) {
        return scalar.getScalarStyle() == ScalarStyle.PLAIN
                && TRUTHS.contains(scalar.getValue().toLowerCase(Locale.ROOT));
    }

    private static boolean isWithin(String key) {
        return key.isEmpty() || key.equals(ROOT) || key.startsWith(ROOT + ".") || key.startsWith(ROOT + "[");
    }

    private static String within(String key, String name) {
        return key.isEmpty() || name.startsWith("[") ? key + name : key + "." + name;
    }

    private void add(String key, String text, Node node) {
        if (!key.isEmpty()) {
            var mark = node.getStartMark();
            words.add(new Word(key, text, line(mark), mark.map(Mark::getColumn).orElse(0)));
        }
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0);
    }
}
