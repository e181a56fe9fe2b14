package dev.portcullis.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * An aggregation of MongoDB: an array of stages, each an object of one member, that together are a whole query. Nobody's query goes on in it. Stages that
 * read other collections, write, change documents or run a script are none of those that are let through, and no more are operators that are not known to compare or to
 * compute.
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
            "$sample",
            "$geoNear",
            "$densify",
            "$fill",
            "$setWindowFields");

    /** Operators that compare with something, count, and shape numbers, texts and times. */
    private static final Set<String> OPERATORS = Set.of(
            "$eq",
            "$gt",
            "$gte",
            "$lt",
            "$lte",
            "$in",
            "$and",
            "$sum",
            "$avg",
            "$min",
            "$max",
            "$first",
            "$last",
            "$push",
            "$addToSet",
            "$size",
            "$slice",
            "$cond",
            "$ifNull",
            "$add",
            "$subtract",
            "$multiply",
            "$divide",
            "$round",
            "$concat",
            "$toLower",
            "$toUpper",
            "$year",
            "$month",
            "$week",
            "$dayOfMonth",
            "$dayOfWeek",
            "$hour",
            "$dateToString",
            "$dateTrunc",
            "$arrayElemAt");

    /** What members are called that hold one. */
    private static final Set<String> NAMES = Set.of("pipeline", "aggregate", "aggregation", "stages");

    private Aggregation() {}

    /** Tells whether an array is one: its member is called so, it is all there is, or it stands within another one. */
    static boolean is(String name, JsonNode array, boolean within) {
        var whole = name.isEmpty() && array.size() > 1;
        if (array.isEmpty() || !within && !whole && !NAMES.contains(name)) {
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
        return (STAGES.contains(name) || OPERATORS.contains(name)) && tells(value);
    }

    /** Tells whether a value is more than nothing, which all documents are compared with alike. */
    private static boolean tells(JsonNode value) {
        return !value.isNull() && !(value.isTextual() && value.textValue().isEmpty());
    }
}
