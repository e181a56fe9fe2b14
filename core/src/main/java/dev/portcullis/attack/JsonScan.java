package dev.portcullis.attack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Request.Proven.Value;
import dev.portcullis.Verdict;
import org.jspecify.annotations.Nullable;

/** Takes JSON apart: the names of members, and strings. The reader of JSON bounds the depth. */
final class JsonScan {

    private JsonScan() {}

    static Verdict.@Nullable Deny of(Inspection inspection, JsonNode root) {
        return value(inspection, "", root, inspection.proven().json());
    }

    /** Looks at a value; its name is that of the member that holds it, or holds the array with it. */
    private static Verdict.@Nullable Deny value(Inspection inspection, String name, JsonNode value, Value proven) {
        if (proven.harmless()) {
            return null;
        }
        if (value.isTextual()) {
            return inspection.look(Place.JSON_VALUE, name, value.textValue());
        }
        return value.isArray()
                ? elements(inspection, name, value, proven.element())
                : members(inspection, value, proven);
    }

    private static Verdict.@Nullable Deny elements(Inspection inspection, String name, JsonNode array, Value proven) {
        for (var element : array) {
            var deny = value(inspection, name, element, proven);
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    /** Tells whether the member is a constructor with its prototype: two names that are harmless each by itself. */
    private static boolean holdsPrototype(String name, JsonNode value) {
        return name.equals("constructor") && value.has("prototype");
    }

    private static Verdict.@Nullable Deny members(Inspection inspection, JsonNode object, Value proven) {
        for (var member : object.properties()) {
            var name = member.getKey();
            var deny = inspection.look(Place.JSON_NAME, name, name);
            deny = deny == null && holdsPrototype(name, member.getValue())
                    ? inspection.look(Place.JSON_NAME, name, "constructor.prototype")
                    : deny;
            deny = deny == null ? value(inspection, name, member.getValue(), proven.member(name)) : deny;
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }
}
