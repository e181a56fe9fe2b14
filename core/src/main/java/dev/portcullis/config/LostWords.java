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

    /** The documents of a text; none when it is no YAML, more than a policy file may be, or when nothing of it can be lost. */
    public static List<Document> of(String yaml) {
        if (yaml.length() > YamlReader.MAX_LENGTH || !canLose(yaml)) {
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

    /** Tells whether any part with nothing in it or any such word can stand in a text; most have neither, and reading them again takes a start its time. */
    private static boolean canLose(String yaml) {
        for (var at = 0; at < yaml.length(); at++) {
            var c = yaml.charAt(at);
            if (c == '{' && endsAtOnce(yaml, at + 1) || isEdge(yaml, at - 1) && isTruth(yaml, at)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether nothing but blanks, line breaks and comments stand before the end of a part. */
    private static boolean endsAtOnce(String yaml, int from) {
        var at = from;
        while (at < yaml.length() && (yaml.charAt(at) <= ' ' || yaml.charAt(at) == '#')) {
            var end = yaml.charAt(at) == '#' ? yaml.indexOf('\n', at) : at + 1;
            at = end < 0 ? yaml.length() : end;
        }
        return at < yaml.length() && yaml.charAt(at) == '}';
    }

    private static boolean isTruth(String yaml, int at) {
        for (var word : TRUTHS) {
            if (yaml.regionMatches(true, at, word, 0, word.length()) && isEdge(yaml, at + word.length())) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a plain word can begin after a place or end before it. */
    private static boolean isEdge(String yaml, int at) {
        return at < 0
                || at >= yaml.length()
                || yaml.charAt(at) <= ' '
                || ",:[]{}\u0085\u2028\u2029\ufeff".indexOf(yaml.charAt(at)) >= 0;
    }

    private void walk(String key, Node node, int depth) {
        if (depth > YamlReader.MAX_DEPTH || ++nodes > YamlReader.MAX_NODES || !isWithin(key)) {
            return;
        }
        if (node instanceof MappingNode map) {
            members(key, map, depth);
        } else if (node instanceof SequenceNode list) {
            for (var i = 0; i < list.getValue().size(); i++) {
                walk(key + "[" + i + "]", list.getValue().get(i), depth + 1);
            }
        } else if (node instanceof ScalarNode scalar && isTruth(scalar)) {
            add(key, scalar.getValue(), node);
        }
    }

    private void members(String key, MappingNode map, int depth) {
        if (map.getValue().isEmpty()) {
            add(key, "", map);
        }
        for (var member : map.getValue()) {
            if (member.getKeyNode() instanceof ScalarNode name) {
                walk(within(key, name.getValue()), member.getValueNode(), depth + 1);
            }
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
