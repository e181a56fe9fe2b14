package dev.portcullis.ip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Texts in JSON. Immutable.
 *
 * @param pointers where they are
 * @param lines whether every line is a document
 */
record JsonFeed(List<String> pointers, boolean lines) implements FeedFormat {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    JsonFeed {
        pointers = List.copyOf(pointers);
        if (pointers.isEmpty()) {
            throw new IllegalArgumentException("pointers: none (expected: such as `/prefixes/*/ip_prefix`)");
        }
        for (var pointer : pointers) {
            if (!pointer.startsWith("/")) {
                throw new IllegalArgumentException(
                        "pointer: `" + pointer + "` (expected: one such as `/prefixes/*/ip_prefix`)");
            }
        }
    }

    @Override
    public void read(byte[] bytes, Harvest harvest) {
        try {
            if (!lines) {
                document(MAPPER.readTree(bytes), harvest);
                return;
            }
            for (var line : PlainFeed.lines(bytes)) {
                if (!line.isEmpty()) {
                    document(MAPPER.readTree(line), harvest);
                }
            }
        } catch (JsonProcessingException e) {
            throw new NotTaken("no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new NotTaken("no JSON");
        }
    }

    private void document(JsonNode document, Harvest harvest) {
        for (var pointer : pointers) {
            at(document, List.of(pointer.substring(1).split("/", -1)))
                    .forEach(node -> harvest.take(node.isTextual() ? node.textValue() : node.toString()));
        }
    }

    /** What stands at a pointer; nothing where there is no such place. */
    private static Stream<JsonNode> at(JsonNode node, List<String> steps) {
        if (steps.isEmpty()) {
            return Stream.of(node);
        }
        var rest = steps.subList(1, steps.size());
        if (steps.get(0).equals("*")) {
            return children(node).flatMap(child -> at(child, rest));
        }
        var name = steps.get(0).replace("~1", "/").replace("~0", "~");
        var child = node.isArray() ? item(node, name) : node.path(name);
        return child.isMissingNode() || child.isNull() ? Stream.of() : at(child, rest);
    }

    private static Stream<JsonNode> children(JsonNode node) {
        return StreamSupport.stream(Spliterators.spliterator(node.elements(), node.size(), 0), false);
    }

    private static JsonNode item(JsonNode node, String index) {
        var number = index.length() < 9 && index.chars().allMatch(Chars::digit) && !index.isEmpty();
        return number ? node.path(Integer.parseInt(index)) : node.path(-1);
    }
}
