package dev.portcullis.attack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Request.Proven.Value;
import dev.portcullis.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes JSON apart: the names of members, and strings. The reader of JSON bounds the depth. */
final class JsonScan {

    /** What some writers of JSON tell the type of an object by. */
    private static final String TYPE = "$type";
    /** What the member is called that holds an operation of GraphQL. */
    private static final String SELECTOR = "selector";

    /** Operators that join conditions. */
    private static final Set<String> JOINTS = Set.of("$and", "$or", "$nor");

    /** Operators of selectors that compare, without those that run something or match a pattern. */
    private static final Set<String> COMPARING = Set.of(
            "$and",
            "$or",
            "$nor",
            "$not",
            "$eq",
            "$ne",
            "$gt",
            "$gte",
            "$lt",
            "$lte",
            "$in",
            "$nin",
            "$all",
            "$elemMatch",
            "$allMatch",
            "$exists",
            "$type",
            "$size",
            "$mod");

    /** Members that hold a query of a document store by their own word. */
    private static final Set<String> SELECTORS = Set.of(SELECTOR, "filter", "where");

    private static final String QUERY = "query";
    /** How many characters of operations that are sent together are looked at as one. */
    private static final int LONGEST_BATCH = 8_192;
    /** How many comparisons one member has at most. */
    private static final int MOST_COMPARISONS = 4;

    private final Inspection inspection;
    private final Trail trail = Trail.atRoot();

    /** Whether the selector has more than one condition: one that takes whatever has something is none by itself. */
    private boolean several;

    /** In how many aggregations in one another it is. */
    private int aggregations;

    private JsonScan(Inspection inspection) {
        this.inspection = inspection;
    }

    static Verdict.@Nullable Deny of(Inspection inspection, JsonNode root) {
        return new JsonScan(inspection).value("", root, inspection.proven().json());
    }

    /** Looks at a value; its name is that of the member that holds it, or holds the array with it. */
    private Verdict.@Nullable Deny value(String name, JsonNode value, Value proven) {
        if (proven.harmless()) {
            return null;
        }
        if (value.isTextual()) {
            return inspection.look(Place.JSON_VALUE, name, value.textValue(), trail);
        }
        return value.isArray() ? elements(name, value, proven.element()) : members(value, proven);
    }

    /** Looks at operations of GraphQL that are sent together as at one. */
    private Verdict.@Nullable Deny batch(JsonNode array) {
        var all = new StringBuilder();
        for (var i = 0; i < array.size() && all.length() < LONGEST_BATCH; i++) {
            var query = array.get(i).path(QUERY).asText();
            all.append(query, 0, Math.min(query.length(), LONGEST_BATCH)).append(' ');
        }
        return inspection.look(Place.JSON_VALUE, QUERY, all.toString(), trail);
    }

    private Verdict.@Nullable Deny elements(String name, JsonNode array, Value proven) {
        if (name.isEmpty() && array.size() > 1 && array.get(0).path(QUERY).isTextual()) {
            var together = batch(array);
            if (together != null) {
                return together;
            }
        }
        var aggregates = Aggregation.is(name, array, aggregations > 0) ? 1 : 0;
        aggregations += aggregates;
        trail.enterElements();
        for (var element : array) {
            var deny = value(name, element, proven);
            if (deny != null) {
                return deny;
            }
        }
        trail.leave();
        aggregations -= aggregates;
        return null;
    }

    /** Tells whether the member is a constructor with its prototype: two names that are harmless each by itself. */
    private static boolean holdsPrototype(String name, JsonNode value) {
        return name.equals("constructor") && value.has("prototype");
    }

    /** Looks at an operator that is all of an object, and at the comparisons of a member, by the names that a form would have for them. */
    private Verdict.@Nullable Deny filter(String name, JsonNode value, boolean alone) {
        if (isJoined(name, value)) {
            return null;
        }
        if (alone && name.length() > 1 && name.charAt(0) == '$' && (!name.equals(TYPE) || value.isNumber())) {
            return inspection.look(Place.JSON_NAME, name, "[" + name + "]", trail);
        }
        if (!value.isObject() || value.size() > MOST_COMPARISONS || !QueryFilter.compares(name)) {
            return null;
        }
        for (var comparison : value.properties()) {
            var deny = inspection.look(Place.JSON_NAME, name, name + "[" + comparison.getKey() + "]", trail);
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    /**
     * Tells whether the member is an operator of a selector, which is a query of a document store by its own name and written by the caller as a whole, or
     * joins conditions, none of them empty, where the body says that it is a query. What is compared is looked at like anything else.
     */
    private boolean isJoined(String name, JsonNode value) {
        if (aggregations > 0 && Aggregation.holds(name, value)
                || isInFilter() && RangeFilter.is(trail.last(), name, value)) {
            return true;
        }
        if (COMPARING.contains(name) && trail.passes(SELECTOR)) {
            return several
                    || !value.isNull()
                            && !(value.isTextual() && value.textValue().isEmpty());
        }
        if (!JOINTS.contains(name) || !value.isArray() || value.isEmpty() || !SELECTORS.contains(trail.last())) {
            return false;
        }
        for (var condition : value) {
            if (!condition.isObject() || condition.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean isInFilter() {
        return trail.passes(SELECTOR) || trail.passes("filter") || trail.passes("filters") || trail.passes("where");
    }

    private Verdict.@Nullable Deny members(JsonNode object, Value proven) {
        for (var member : object.properties()) {
            var name = member.getKey();
            var deny = isJoined(name, member.getValue()) ? null : inspection.look(Place.JSON_NAME, name, name, trail);
            deny = deny == null && holdsPrototype(name, member.getValue())
                    ? inspection.look(Place.JSON_NAME, name, "constructor.prototype", trail)
                    : deny;
            deny = deny == null ? filter(name, member.getValue(), object.size() == 1) : deny;
            deny = deny == null ? member(name, member.getValue(), proven.member(name)) : deny;
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private Verdict.@Nullable Deny member(String name, JsonNode value, Value proven) {
        several |= name.equals(SELECTOR) && value.size() > 1;
        trail.enter(name);
        var deny = value(name, value, proven);
        trail.leave();
        return deny;
    }
}
