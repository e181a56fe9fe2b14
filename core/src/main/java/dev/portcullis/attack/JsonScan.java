package dev.portcullis.attack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Request.Proven.Value;
import dev.portcullis.Verdict;
import org.jspecify.annotations.Nullable;

/** Takes JSON apart: the names of members, and strings. The reader of JSON bounds the depth. */
final class JsonScan {

    private final Inspection inspection;
    private final Trail trail = Trail.atRoot();

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

    private Verdict.@Nullable Deny elements(String name, JsonNode array, Value proven) {
        trail.enterElements();
        for (var element : array) {
            var deny = value(name, element, proven);
            if (deny != null) {
                return deny;
            }
        }
        trail.leave();
        return null;
    }

    /** Tells whether the member is a constructor with its prototype: two names that are harmless each by itself. */
    private static boolean holdsPrototype(String name, JsonNode value) {
        return name.equals("constructor") && value.has("prototype");
    }

    private Verdict.@Nullable Deny members(JsonNode object, Value proven) {
        for (var member : object.properties()) {
            var name = member.getKey();
            var deny = inspection.look(Place.JSON_NAME, name, name, trail);
            deny = deny == null && holdsPrototype(name, member.getValue())
                    ? inspection.look(Place.JSON_NAME, name, "constructor.prototype", trail)
                    : deny;
            deny = deny == null ? member(name, member.getValue(), proven.member(name)) : deny;
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private Verdict.@Nullable Deny member(String name, JsonNode value, Value proven) {
        trail.enter(name);
        var deny = value(name, value, proven);
        trail.leave();
        return deny;
    }
}
