package dev.portcullis.spring.derive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.schema.Signature.Input;
import dev.portcullis.spring.derive.Mapping.Kind;
import dev.portcullis.spring.derive.Mapping.Member;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the schema of one body: of what is exactly as its types say, or of all that the application reads. Not thread-safe. */
final class BodySchemas {

    private static final int MAX_DEPTH = 32;

    private final Mapping mapping;
    private final Leaves leaves;
    private final Rehearsal rehearsal;
    private final boolean exact;
    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> open = new TreeSet<>();

    /** Whether members are validated, and in which groups. */
    record Asked(boolean validated, List<Class<?>> groups) {}

    /** Where a value stands: what is asked of its members, what is demanded of it, and how deep it is. */
    private record Standing(Asked asked, Demand demand, int depth) {

        /** Where values within stand, which are asked for where that is demanded of them, or of what holds them. */
        Standing element(int index) {
            var own = demand.element(index);
            var validated = asked.validated() && (demand.cascades() || own.cascades());
            return new Standing(new Asked(validated, asked.groups()), own, depth + 1);
        }
    }

    BodySchemas(Mapping mapping, Demands demands, boolean exact) {
        this.mapping = mapping;
        this.leaves = new Leaves(mapping);
        this.rehearsal = new Rehearsal(mapping, demands);
        this.exact = exact;
    }

    /** What could not be told, as phrases. */
    Set<String> open() {
        return open;
    }

    /** The schema of a body of this type, with all that it refers to. */
    ObjectNode schema(Type type, Asked asked) {
        var schema = schema(type, new Standing(asked, Demand.NONE, 0));
        if (!definitions.isEmpty()) {
            schema.set("$defs", definitions);
        }
        return schema;
    }

    private ObjectNode schema(Type type, Standing here) {
        var kind = here.depth > MAX_DEPTH ? new Kind.Open("nested too deep") : mapping.kind(type);
        if (kind instanceof Kind.Leaf leaf) {
            var schema = exact ? leaves.exact(leaf.type()) : leaves.read(leaf.type());
            if (schema.isEmpty()) {
                note(leaf.type(), "what may stand for it is not known");
            }
            here.demand.addTo(schema, leaf.type());
            return schema;
        }
        if (kind instanceof Kind.Words words) {
            return leaves.words(words, exact);
        }
        if (kind instanceof Kind.Many many) {
            return many(type, many, here);
        }
        if (kind instanceof Kind.Named named) {
            return named(type, named, here);
        }
        if (kind instanceof Kind.Held held) {
            return orNull(schema(held.content(), here.element(0)));
        }
        return object(type, kind, here.asked, here.depth);
    }

    private ObjectNode many(Type type, Kind.Many many, Standing here) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "array");
        here.demand.addTo(schema, mapping.raw(type));
        schema.set("items", schema(many.element(), here.element(0)));
        return orRead(leaves.orNull(schema, type), type);
    }

    private ObjectNode named(Type type, Kind.Named named, Standing here) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        here.demand.addTo(schema, mapping.raw(type));
        schema.set("additionalProperties", schema(named.value(), here.element(1)));
        return orRead(leaves.orNull(schema, type), type);
    }

    /** What the mapper also takes for a list or a map: nothing but an empty text, or anything. */
    private ObjectNode orRead(ObjectNode schema, Type type) {
        if (exact) {
            return schema;
        }
        return mapping.tried(type, "\"\"").read()
                        || mapping.tried(type, "\"a\"").read()
                        || mapping.tried(type, "1").read()
                        || schema.path("type").asText().equals("object")
                                && mapping.tried(type, "[]").read()
                ? JsonNodeFactory.instance.objectNode()
                : schema;
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.path("type").isTextual()) {
            var type = schema.path("type").textValue();
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        if (schema.has("$ref")) {
            var either = JsonNodeFactory.instance.objectNode();
            either.putArray("anyOf").add(schema).addObject().put("type", "null");
            return either;
        }
        return schema;
    }

    private ObjectNode object(Type type, Kind kind, Asked asked, int depth) {
        if (kind instanceof Kind.Open unknown) {
            note(type, unknown.why());
            return JsonNodeFactory.instance.objectNode();
        }
        var known = type.getTypeName() + asked;
        var name = names.get(known);
        if (name == null) {
            name = free(mapping.raw(type).getSimpleName());
            names.put(known, name);
            definitions.putObject(name);
            definitions.set(
                    name,
                    kind instanceof Kind.OneOf choice
                            ? choice(choice, asked, depth)
                            : members((Kind.Members) kind, asked, depth, null));
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/$defs/" + name);
    }

    private String free(String wanted) {
        var plain = wanted.replaceAll("[^A-Za-z0-9_]", "_");
        var name = plain;
        for (var i = 2; definitions.has(name); i++) {
            name = plain + i;
        }
        return name;
    }

    private void note(Type type, String why) {
        if (!why.isEmpty()) {
            open.add(type.getTypeName() + ": " + why);
        }
    }

    /** One of several: which, a member says. */
    private ObjectNode choice(Kind.OneOf choice, Asked asked, int depth) {
        return switch (choice.telling()) {
            case MEMBER -> byMember(choice, asked, depth);
            case WRAPPER -> byWrapper(choice, asked, depth);
            case PAIR -> byPair(choice, asked, depth);
            case SHAPE -> byShape(choice, asked, depth);
        };
    }

    private ObjectNode byWrapper(Kind.OneOf choice, Asked asked, int depth) {
        var schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("type").add("object").add("null");
        schema.put("maxProperties", 1).put("minProperties", 1).put("additionalProperties", false);
        var properties = schema.putObject("properties");
        new TreeMap<>(choice.choices())
                .forEach((word, members) -> properties.set(word, members(members, asked, depth, null)));
        return schema;
    }

    private ObjectNode byPair(Kind.OneOf choice, Asked asked, int depth) {
        var schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("type").add("array").add("null");
        schema.put("maxItems", 2).put("minItems", 1);
        var words = schema.putArray("prefixItems").addObject().putArray("enum");
        var rules = schema.putArray("allOf");
        new TreeMap<>(choice.choices()).forEach((word, members) -> {
            words.add(word);
            var rule = rules.addObject();
            rule.putObject("if").putArray("prefixItems").addObject().put("const", word);
            rule.putObject("then").putArray("prefixItems").add(true).add(members(members, asked, depth, null));
        });
        return schema;
    }

    /** Members that only others have say that it is one of them, unless some of its own are there too. */
    private ObjectNode byShape(Kind.OneOf choice, Asked asked, int depth) {
        var schema = JsonNodeFactory.instance.objectNode();
        var all = schema.putArray("anyOf");
        var names = choice.choices().values().stream()
                .flatMap(members -> members.members().stream().map(Member::name))
                .collect(Collectors.toCollection(TreeSet::new));
        for (var members : new TreeMap<>(choice.choices()).values()) {
            var own = members(members, asked, depth, null);
            if (own.path("properties") instanceof ObjectNode properties) {
                var either = own.putArray("anyOf");
                var none = either.addObject().putObject("properties");
                names.stream()
                        .filter(name ->
                                !properties.has(name) && !members.ignored().contains(name))
                        .forEach(name -> none.put(name, false));
                properties
                        .fieldNames()
                        .forEachRemaining(
                                name -> either.addObject().putArray("required").add(name));
            }
            all.add(own);
        }
        return schema;
    }

    /** One of several: which, a member says. */
    private ObjectNode byMember(Kind.OneOf choice, Asked asked, int depth) {
        var schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("type").add("object").add("null");
        var words = schema.withObject("/properties").putObject(choice.member()).putArray("enum");
        schema.putArray("required").add(choice.member());
        var rules = schema.putArray("allOf");
        new TreeMap<>(choice.choices()).forEach((word, members) -> {
            words.add(word);
            var rule = rules.addObject();
            var when = rule.putObject("if").put("type", "object");
            when.withObject("/properties").putObject(choice.member()).put("const", word);
            when.putArray("required").add(choice.member());
            rule.set("then", members(members, asked, depth, choice.member()));
        });
        return schema;
    }

    private ObjectNode members(Kind.Members kind, Asked asked, int depth, @Nullable String told) {
        var schema = JsonNodeFactory.instance.objectNode();
        if (kind.otherwise() && !exact) {
            note(kind.type(), "may also be read from what is no object");
            return schema;
        }
        schema.put("type", "object");
        leaves.orNull(schema, kind.type());
        var properties = schema.putObject("properties");
        if (told != null) {
            properties.putObject(told);
        }
        for (var member : kind.members()) {
            member(kind, member, asked, new Place(schema, depth + 1));
        }
        if (!kind.unknown().isEmpty()) {
            schema.put(Input.UNKNOWN, kind.unknown());
        }
        if (kind.unknown().equals("deny")) {
            kind.ignored().stream().filter(name -> !properties.has(name)).forEach(properties::putObject);
        }
        return schema;
    }

    /** The object whose members are written. */
    private record Place(ObjectNode schema, int depth) {}

    private void member(Kind.Members kind, Member member, Asked asked, Place place) {
        var properties = (ObjectNode) place.schema.get("properties");
        var demand = asked.validated() ? rehearsal.demand(kind, member, asked.groups()) : Demand.NONE;
        ObjectNode own;
        if (member.open()) {
            note(kind.type(), "`" + member.name() + "` is read in a way of its own");
            own = JsonNodeFactory.instance.objectNode();
        } else if (member.reading() == Mapping.Reading.FORMATTED) {
            own = formatted(kind, member);
        } else {
            var within = new Asked(asked.validated() && demand.cascades(), asked.groups());
            var element = new Asked(asked.validated(), asked.groups());
            var standing = isContainer(member.type()) ? element : within;
            own = schema(member.type(), new Standing(standing, demand, place.depth));
        }
        var absent = asked.validated() && rehearsal.demanded(kind, member, asked.groups(), false);
        if (asked.validated() && rehearsal.demanded(kind, member, asked.groups(), true)) {
            own = notNull(own);
        }
        properties.set(member.name(), own);
        for (var alias : member.aliases()) {
            properties.set(alias, own.deepCopy());
        }
        if ((absent || member.required()) && member.aliases().isEmpty()) {
            place.schema.withArray("/required").add(member.name());
        }
    }

    /** What a member of a format of its own may be: the types of JSON that are read, and nothing of how they are written. */
    private ObjectNode formatted(Kind.Members kind, Member member) {
        var schema = mapping.kind(member.type()) instanceof Kind.Leaf leaf
                ? new Leaves(rehearsal.alone(kind, member)).tried(leaf.type())
                : JsonNodeFactory.instance.objectNode();
        note(
                kind.type(),
                "`" + member.name() + "` has a format of its own"
                        + (schema.isEmpty() ? "" : ", of which only the types of JSON are judged"));
        return schema;
    }

    private boolean isContainer(Type type) {
        var kind = mapping.kind(type);
        return kind instanceof Kind.Many || kind instanceof Kind.Named || kind instanceof Kind.Held;
    }

    private static ObjectNode notNull(ObjectNode schema) {
        var both = JsonNodeFactory.instance.objectNode();
        if (schema.has("$ref")) {
            both.putArray("allOf").add(schema).addObject().putObject("not").put("type", "null");
            return both;
        }
        for (var word : List.of("type", "enum")) {
            if (schema.get(word) instanceof ArrayNode list) {
                list.removeIf(one ->
                        one.isNull() || word.equals("type") && one.asText().equals("null"));
            }
        }
        return schema;
    }
}
