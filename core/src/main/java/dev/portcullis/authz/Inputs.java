package dev.portcullis.authz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.authz.Syntax.Member;
import dev.portcullis.authz.Syntax.Name;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a request somebody else is told, as a JSON document: attributes by the names that conditions have for them. Immutable.
 *
 * <p>Equal requests make equal documents. What is absent is left out, so that nobody takes it for a value.
 */
@TrustedBase
public final class Inputs {

    /** How much is told where nobody says: what is asked and who asks, and none of the credentials. */
    public static final List<String> USUAL = List.of(
            "request.method",
            "request.path",
            "route.template",
            "principal.id",
            "principal.kind",
            "principal.issuer",
            "principal.client",
            "principal.tenant",
            "principal.tier",
            "principal.scopes",
            "principal.roles");

    /** How many attributes there may be. */
    public static final int MAX_INPUTS = 64;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final List<Input> inputs;
    private final Set<String> roots;
    private final Set<String> variables;

    /** An attribute and its place in the document. */
    private record Input(List<String> place, Expression expression) {}

    private Inputs(List<Input> inputs, Set<String> roots, Set<String> variables) {
        this.inputs = List.copyOf(inputs);
        this.roots = Set.copyOf(roots);
        this.variables = Set.copyOf(variables);
    }

    /**
     * Compiles what is told.
     *
     * @throws Mistake when one of them is no attribute, or not known before the body is read
     */
    public static Inputs of(Collection<String> attributes, Vocabulary vocabulary) {
        var inputs = new ArrayList<Input>();
        var roots = new HashSet<String>();
        var variables = new HashSet<String>();
        for (var text : new TreeSet<>(attributes)) {
            var meanings = new Meanings(text, vocabulary);
            var syntax = Grammar.read(text);
            inputs.add(new Input(place(syntax, text), meanings.of(syntax)));
            roots.addAll(meanings.roots());
            variables.addAll(meanings.variables());
        }
        if (inputs.isEmpty() || inputs.size() > MAX_INPUTS || roots.contains(Attribute.BODY)) {
            throw Mistake.at(0, "nothing, more than " + MAX_INPUTS + " attributes, or the body (expected: attributes)");
        }
        return new Inputs(inputs, roots, variables);
    }

    private static List<String> place(Syntax syntax, String text) {
        if (syntax instanceof Name name) {
            return List.of(name.name());
        }
        if (syntax instanceof Member member) {
            var place = new ArrayList<>(place(member.target(), text));
            place.add(member.name());
            return place;
        }
        throw Mistake.at(syntax.start(), "`" + text + "` (expected: an attribute such as `principal.id`)");
    }

    /** Tells whether the caller is among it. */
    public boolean asksCaller() {
        return roots.contains(Attribute.PRINCIPAL);
    }

    /** The path variables that are among it. */
    public Set<String> variables() {
        return variables;
    }

    /**
     * The document, in which all stands under {@code input}.
     *
     * @throws Undecided when the request leaves something open
     */
    byte[] document(Request request) {
        var root = new TreeMap<String, Object>();
        for (var input : inputs) {
            var value = input.expression().term().find(request, MissingNode.getInstance());
            if (value != null) {
                put(root, input.place(), plain(value));
            }
        }
        try {
            return JSON.writeValueAsBytes(Map.of("input", root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request that cannot be written as JSON", e);
        }
    }

    /** Puts a value in its place. What was told whole before is not told again in part. */
    @SuppressWarnings("unchecked") // all maps in here are made here
    private static void put(Map<String, Object> root, List<String> place, @Nullable Object value) {
        var at = root;
        for (var i = 0; i < place.size() - 1; i++) {
            if (!(at.computeIfAbsent(place.get(i), name -> new TreeMap<String, Object>())
                    instanceof TreeMap<?, ?> inner)) {
                return;
            }
            at = (Map<String, Object>) inner;
        }
        at.put(place.get(place.size() - 1), value);
    }

    private static @Nullable Object plain(Object value) {
        if (value == Values.NOTHING) {
            return null;
        }
        if (value instanceof Set<?> words) {
            return words.stream().map(String::valueOf).sorted().toList();
        }
        var whole = value instanceof JsonNode || value instanceof Map<?, ?> || value instanceof List<?>;
        return whole || value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
    }
}
