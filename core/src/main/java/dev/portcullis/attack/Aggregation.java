package dev.portcullis.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * An aggregation of MongoDB: an array of stages, each an object of one member, that together are a whole query. Nobody's query goes on in it. Stages that
 * read other collections, write or run a script are none of those that are let through, and no more are operators that run something or match a pattern.
 */
final class Aggregation {

    /** Stages that filter, count and shape the documents they are given. */
    private static final Set<String> STAGES = Set.of(
            "$match",
            "$group",
            "$sort",
            "$project",
            "$limit",
            "$skip",
            "$unwind",
            "$count",
            "$sortByCount",
            "$facet",
            "$bucket",
            "$bucketAuto",
            "$addFields",
            "$set",
            "$unset",
            "$replaceRoot",
            "$replaceWith",
            "$sample",
            "$geoNear",
            "$densify",
            "$fill",
            "$setWindowFields");

    /** What stays an attack within one. */
    private static final Set<String> DENIED = Set.of(
            "$where",
            "$function",
            "$accumulator",
            "$lookup",
            "$graphLookup",
            "$unionWith",
            "$out",
            "$merge",
            "$regex",
            "$regexMatch",
            "$expr",
            "$text",
            "$jsonSchema",
            "$func");

    /** What members are called that hold one. */
    private static final Set<String> NAMES = Set.of("pipeline", "aggregate", "aggregation", "stages");

    private Aggregation() {}

    /** Tells whether an array is one: a single stage only where its member is called so, or within another one. */
    static boolean is(String name, JsonNode array, boolean within) {
        if (array.isEmpty() || array.size() == 1 && !within && !NAMES.contains(name)) {
            return false;
        }
        for (var stage : array) {
            if (stage.size() != 1
                    || !stage.isObject()
                    || !STAGES.contains(stage.fieldNames().next())) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether an operator within one does no more than to compare with something, or to compute. */
    static boolean holds(String name, JsonNode value) {
        return name.startsWith("$") && !DENIED.contains(name) && tells(value);
    }

    /** Tells whether a value is more than nothing, which all documents are compared with alike. */
    private static boolean tells(JsonNode value) {
        return !value.isNull() && !(value.isTextual() && value.textValue().isEmpty());
    }
}
