package dev.portcullis.auth;

import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.http.Structured;
import dev.portcullis.http.Structured.Bytes;
import dev.portcullis.http.Structured.Inner;
import dev.portcullis.http.Structured.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One signature that a message carries (RFC 9421, section 4). Nothing in it is proven yet.
 *
 * @param label its label
 * @param input what it covers, with its parameters
 * @param bytes the signature itself
 */
@SuppressWarnings("ArrayRecordComponent") // taken apart once, never compared
@TrustedBase
record MessageSignature(String label, Inner input, byte[] bytes) {

    static final String INPUT = "Signature-Input";
    static final String SIGNATURE = "Signature";

    /** How many signatures a message may carry. */
    static final int MAX_SIGNATURES = 8;

    /** How many components a signature may cover. */
    static final int MAX_COMPONENTS = 64;

    private static final Set<String> TEXTS = Set.of("nonce", "alg", "keyid", "tag");
    private static final Set<String> TIMES = Set.of("created", "expires");

    /** The signatures of a message; null when its fields cannot be read in one way alone. */
    static @Nullable List<MessageSignature> of(Request request) {
        var inputs = Structured.dictionary(request.headers(INPUT));
        var signatures = Structured.dictionary(request.headers(SIGNATURE));
        if (inputs == null || signatures == null || inputs.repeats() || signatures.repeats()) {
            return null;
        }
        if (inputs.members().size() > MAX_SIGNATURES
                || !inputs.members().keySet().equals(signatures.members().keySet())) {
            return null;
        }
        var found = new ArrayList<MessageSignature>();
        for (var input : inputs.members().entrySet()) {
            var signature = signatures.members().get(input.getKey());
            if (!(input.getValue() instanceof Inner covered)
                    || !(signature instanceof Item item)
                    || !(item.value() instanceof Bytes bytes)
                    || !isReadable(covered)) {
                return null;
            }
            found.add(new MessageSignature(input.getKey(), covered, bytes.bytes()));
        }
        return found;
    }

    /** Tells whether parameters are of their types, and components are names, each there once. */
    private static boolean isReadable(Inner covered) {
        var parameters = covered.parameters();
        for (var parameter : parameters.entrySet()) {
            var name = parameter.getKey();
            if (TEXTS.contains(name) && !(parameter.getValue() instanceof String)
                    || TIMES.contains(name) && !(parameter.getValue() instanceof Long)) {
                return false;
            }
        }
        var seen = new HashSet<String>();
        for (var component : covered.items()) {
            if (!(component.value() instanceof String) || !seen.add(identity(component))) {
                return false;
            }
        }
        return covered.items().size() <= MAX_COMPONENTS;
    }

    /** What makes a component the same as another: its name and its parameters, in whatever order. */
    static String identity(Item component) {
        Map<String, Object> sorted = new TreeMap<>(component.parameters());
        var ordered = new java.util.LinkedHashMap<>(sorted);
        return Structured.print(new Item(component.value(), ordered));
    }

    @Nullable
    String text(String parameter) {
        return (String) input.parameters().get(parameter);
    }

    /** The time in milliseconds of the epoch; null when it is not said. */
    @Nullable
    Long time(String parameter) {
        return input.parameters().get(parameter) instanceof Long seconds ? seconds * 1000 : null;
    }

    /** Tells whether it covers the component in one of the ways that cover all of it. */
    boolean covers(Item wanted) {
        for (var component : input.items()) {
            var same = identity(component).equals(identity(wanted));
            if (same || isWhole(component) && component.value().equals(wanted.value()) && isPlain(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(Item component) {
        return component.parameters().isEmpty();
    }

    /** Tells whether all of a field is covered: as it is, reprinted, or as bytes. */
    private static boolean isWhole(Item component) {
        return component.parameters().keySet().stream().allMatch(name -> name.equals("sf") || name.equals("bs"));
    }
}
