package dev.portcullis.config;

import dev.portcullis.config.Tree.Items;
import dev.portcullis.config.Tree.Member;
import dev.portcullis.config.Tree.Members;
import dev.portcullis.config.Tree.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one YAML document into a tree, within bounds. It knows text, lists and keys, and no other types. */
final class YamlReader {

    static final int MAX_LENGTH = 1 << 20;
    static final int MAX_DEPTH = 32;
    static final int MAX_NODES = 100_000;

    private final Iterator<Event> events;
    private final Map<Anchor, Tree> anchors = new HashMap<>();
    private int nodes;

    /** The text is no YAML that can be read. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final String place;
        private final String help;

        Unreadable(String place, String message, String help) {
            super(message);
            this.place = place;
            this.help = help;
        }

        String help() {
            return help;
        }

        String place() {
            return place;
        }
    }

    private YamlReader(Iterator<Event> events) {
        this.events = events;
    }

    static Tree read(String text) throws Unreadable {
        if (text.length() > MAX_LENGTH) {
            throw new Unreadable(
                    "1:1",
                    "the file has " + text.length() + " characters (expected: at most " + MAX_LENGTH + ")",
                    "split it, or write it shorter");
        }
        var settings = LoadSettings.builder().setCodePointLimit(MAX_LENGTH).build();
        try {
            return new YamlReader(new Parse(settings).parseString(text).iterator()).document();
        } catch (MarkedYamlEngineException e) {
            throw new Unreadable(
                    place(e.getProblemMark()),
                    "no YAML: " + oneLine(e.getProblem()),
                    "mind the indentation, and put texts with `:`, `#`, `*` or `{` in quotes");
        } catch (YamlEngineException e) {
            throw new Unreadable("1:1", "no YAML: " + oneLine(String.valueOf(e.getMessage())), "write YAML 1.2");
        }
    }

    private Tree document() throws Unreadable {
        Tree root = null;
        while (events.hasNext()) {
            var event = events.next();
            if (event instanceof DocumentStartEvent && root != null) {
                throw new Unreadable(
                        place(event.getStartMark()),
                        "a second document (expected: one document)",
                        "remove the line `---`");
            }
            if (event instanceof StreamEndEvent) {
                break;
            }
            root = event instanceof NodeEvent node ? tree(node, 0) : root;
        }
        return root == null ? new Members(List.of(), "1:1") : root;
    }

    private Tree tree(NodeEvent event, int depth) throws Unreadable {
        var place = place(event.getStartMark());
        count(place, depth);
        if (event instanceof AliasEvent) {
            return aliased(event, place, depth);
        }
        var tree = written(event, place, depth);
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, tree));
        return tree;
    }

    private Tree written(NodeEvent event, String place, int depth) throws Unreadable {
        if (event instanceof ScalarEvent scalar) {
            denyTag(scalar.getTag(), place);
            return new Text(scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN, place);
        }
        if (event instanceof SequenceStartEvent sequence) {
            denyTag(sequence.getTag(), place);
            return items(place, depth);
        }
        denyTag(((MappingStartEvent) event).getTag(), place);
        return members(place, depth);
    }

    private Items items(String place, int depth) throws Unreadable {
        var items = new ArrayList<Tree>();
        for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(tree((NodeEvent) event, depth + 1));
        }
        return new Items(List.copyOf(items), place);
    }

    private Members members(String place, int depth) throws Unreadable {
        var members = new ArrayList<Member>();
        for (var event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            if (!(tree((NodeEvent) event, depth + 1) instanceof Text key)) {
                throw new Unreadable(
                        place(event.getStartMark()),
                        "a key that is a list or has keys (expected: a plain word)",
                        "write `key: value`");
            }
            members.add(new Member(key, tree((NodeEvent) events.next(), depth + 1)));
        }
        return new Members(List.copyOf(members), place);
    }

    private Tree aliased(NodeEvent event, String place, int depth) throws Unreadable {
        var anchor = event.getAnchor().orElseThrow();
        var tree = anchors.get(anchor);
        if (tree == null) {
            throw new Unreadable(
                    place,
                    "alias `*" + anchor.getValue() + "` stands for nothing that ended before it",
                    "put a text that begins with `*` in quotes");
        }
        recount(tree, place, depth);
        return tree;
    }

    private void recount(Tree tree, String place, int depth) throws Unreadable {
        count(place, depth);
        if (tree instanceof Items list) {
            for (var item : list.items()) {
                recount(item, place, depth + 1);
            }
        } else if (tree instanceof Members map) {
            for (var member : map.members()) {
                recount(member.value(), place, depth + 1);
            }
        }
    }

    private void count(String place, int depth) throws Unreadable {
        if (depth > MAX_DEPTH) {
            throw new Unreadable(
                    place,
                    "more than " + MAX_DEPTH + " levels (expected: at most " + MAX_DEPTH + ")",
                    "write it flatter");
        }
        if (++nodes > MAX_NODES) {
            throw new Unreadable(place, "more than " + MAX_NODES + " values, aliases included", "write it shorter");
        }
    }

    private static void denyTag(Optional<String> tag, String place) throws Unreadable {
        if (tag.isPresent() && !tag.get().equals("!")) {
            throw new Unreadable(
                    place, "tag `" + tag.get() + "` (expected: no tags)", "put a text that begins with `!` in quotes");
        }
    }

    private static String place(Optional<Mark> mark) {
        return mark.map(at -> (at.getLine() + 1) + ":" + (at.getColumn() + 1)).orElse("1:1");
    }

    private static String oneLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
