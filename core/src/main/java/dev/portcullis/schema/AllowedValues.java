package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values that {@code const} and {@code enum} allow. Numbers are equal when their values are, however they are written and wherever they
 * stand; what differs is told apart at the first difference. Immutable.
 */
final class AllowedValues {

    private final Set<String> texts = new HashSet<>();
    private final Set<String> scalars = new HashSet<>();
    private final List<JsonNode> containers = new ArrayList<>();

    /** The values of this list. */
    AllowedValues(Iterable<JsonNode> values) {
        for (var value : values) {
            if (value.isTextual()) {
                texts.add(value.textValue());
            } else if (value.isContainerNode()) {
                containers.add(value);
            } else {
                scalars.add(CanonicalText.of(value));
            }
        }
    }

    boolean hold(JsonNode value) {
        if (value.isTextual()) {
            return texts.contains(value.textValue());
        }
        return value.isContainerNode()
                ? containers.stream().anyMatch(allowed -> same(allowed, value))
                : scalars.contains(CanonicalText.of(value));
    }

    private static boolean same(JsonNode allowed, JsonNode value) {
        if (allowed.getNodeType() != value.getNodeType() || allowed.size() != value.size()) {
            return false;
        }
        return switch (allowed.getNodeType()) {
            case OBJECT -> sameMembers(allowed, value);
            case ARRAY -> sameItems(allowed, value);
            case NUMBER -> allowed.decimalValue().compareTo(value.decimalValue()) == 0;
            default -> allowed.equals(value);
        };
    }

    private static boolean sameMembers(JsonNode allowed, JsonNode value) {
        for (var member : allowed.properties()) {
            if (!same(member.getValue(), value.path(member.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameItems(JsonNode allowed, JsonNode value) {
        for (var i = 0; i < allowed.size(); i++) {
            if (!same(allowed.path(i), value.path(i))) {
                return false;
            }
        }
        return true;
    }
}
