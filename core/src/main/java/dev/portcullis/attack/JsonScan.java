package dev.portcullis.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes JSON apart: the names of members, and strings. */
final class JsonScan {

    private static final Reply MALFORMED = Reply.problem(400, "malformed-body");
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonScan() {}

    static Verdict.@Nullable Deny of(Inspection inspection, byte[] bytes) {
        try {
            return node(inspection, "", JSON.readTree(bytes));
        } catch (IOException e) {
            return Verdict.deny(MALFORMED, Evidence.of("malformed-body"));
        }
    }

    /** Looks at a value; its name is that of the member that holds it, or holds the array with it. */
    private static Verdict.@Nullable Deny node(Inspection inspection, String name, JsonNode node) {
        if (node.isTextual()) {
            return inspection.look(Place.JSON_VALUE, name, node.textValue());
        }
        return node.isArray() ? elements(inspection, name, node) : members(inspection, node);
    }

    private static Verdict.@Nullable Deny elements(Inspection inspection, String name, JsonNode array) {
        for (var element : array) {
            var deny = node(inspection, name, element);
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }

    private static Verdict.@Nullable Deny members(Inspection inspection, JsonNode object) {
        for (var member : object.properties()) {
            var name = member.getKey();
            var deny = inspection.look(Place.JSON_NAME, name, name);
            deny = deny == null ? node(inspection, name, member.getValue()) : deny;
            if (deny != null) {
                return deny;
            }
        }
        return null;
    }
}
