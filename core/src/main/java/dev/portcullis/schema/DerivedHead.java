package dev.portcullis.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Body;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Request.Proven;
import dev.portcullis.Request.Proven.Value;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.http.MediaType;
import dev.portcullis.http.Parameters;
import dev.portcullis.http.Parameters.Pair;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges what a handler reads from path, query, form, header and cookies. Immutable. */
@TrustedBase
final class DerivedHead {

    private static final String EMPTY = "[]";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MAX_PLAIN = 64;

    private final List<Own> parameters;
    private final Set<String> names;
    private final boolean strict;
    private final boolean conversions;
    private final Proven proven;
    private final Verdict pass;

    /** A parameter with what judges it. */
    private record Own(Signature.Parameter parameter, CompiledSchema schema, Violations violations, boolean harmless) {

        boolean indexed() {
            return parameter.name().contains(Signature.INDEX);
        }

        static Own of(Signature.Parameter parameter) {
            var schema = parameter.type().schema().deepCopy();
            var words = SchemaWords.of(schema);
            var value = Harmless.of(schema);
            var harmless = value.harmless() || value.element().harmless();
            return new Own(parameter, CompiledSchema.of(schema, words), new Violations(words.names()), harmless);
        }
    }

    /**
     * What was read of a request.
     *
     * @param denied the denial of a form that could not be read; null when there was none
     * @param objections what is wrong
     * @param plain whether harmless values are written so that every reader reads the same
     */
    record Read(Verdict.@Nullable Deny refused, List<Reply.Violation> objections, boolean plain) {}

    DerivedHead(Signature signature, Derived.Leniency leniency) {
        this.parameters = signature.parameters().stream().map(Own::of).toList();
        this.conversions = leniency.conversions();
        this.strict = signature.complete() && !leniency.unknownParameters();
        this.names = new HashSet<>();
        this.proven = collected();
        this.pass = Verdict.Pass.proving(proven);
        parameters.stream()
                .filter(own -> own.parameter.place() == Where.QUERY)
                .forEach(own -> names.add(own.parameter.name()));
    }

    private Proven collected() {
        var places = new EnumMap<Where, Set<String>>(Where.class);
        for (var own : parameters) {
            var place = own.parameter.place();
            if (own.harmless && place != Where.PATH && !own.indexed()) {
                var name = own.parameter.name();
                places.computeIfAbsent(place, any -> new HashSet<>())
                        .add(place == Where.HEADER ? name.toLowerCase(Locale.ROOT) : name);
            }
        }
        if (places.containsKey(Where.QUERY)) {
            places.put(Where.FORM, places.get(Where.QUERY));
        }
        return new Proven(places, Value.UNKNOWN);
    }

    /** What a request that is as it should be has proven. */
    Proven proven() {
        return proven;
    }

    /** What is said of such a request. */
    Verdict pass() {
        return pass;
    }

    Read read(Request request, long maxBytes) {
        var sent = new ArrayList<Pair>();
        var query = Parameters.query(request.query());
        sent.addAll(query.pairs());
        var type = MediaType.parseOrNull(String.valueOf(request.header("Content-Type")));
        var form =
                type != null && type.essence().equals(FORM) && !request.body().isEmpty();
        if (form && (strict || !names.isEmpty())) {
            var content = request.body().content(maxBytes);
            if (content instanceof Body.Content.Denied denied) {
                return new Read(denied.deny(), List.of(), false);
            }
            var fields = Parameters.form(((Body.Content.Whole) content).bytes());
            sent.addAll(fields.pairs());
            query = fields.trouble() == null ? query : fields;
        }
        if (query.trouble() != null) {
            return new Read(null, List.of(new Reply.Violation("/query", "style")), false);
        }
        return judge(new Sent(request, sent, type != null && type.type().equals("multipart")));
    }

    /** What a request says; parts of a multipart body are read by others. */
    private record Sent(Request request, List<Pair> pairs, boolean parts) {

        List<String> of(Where place, String name) {
            return switch (place) {
                case PATH -> ofPath(name);
                case HEADER -> request.headers(name);
                case COOKIE -> values(Parameters.cookies(request.headers("Cookie")), name);
                default -> values(pairs, name);
            };
        }

        private static List<String> values(List<Pair> pairs, String name) {
            return pairs.stream()
                    .filter(pair -> pair.name().equals(name))
                    .map(Pair::value)
                    .toList();
        }

        private List<String> ofPath(String name) {
            var route = request.route();
            var value = route == null ? null : route.variables().get(name);
            return value == null ? List.of() : List.of(value);
        }

        boolean mayBeElsewhere(Where place) {
            return parts && place == Where.QUERY;
        }
    }

    private Read judge(Sent sent) {
        var found = new ArrayList<Reply.Violation>();
        var plain = true;
        var indexed = indexed(sent.pairs);
        for (var own : parameters) {
            if (own.indexed()) {
                elements(own, indexed.getOrDefault(own.parameter.name(), Map.of()), found);
                continue;
            }
            var texts = sent.of(own.parameter.place(), own.parameter.name());
            var elsewhere = sent.mayBeElsewhere(own.parameter.place());
            found.addAll(objections(own, texts, elsewhere));
            plain &= !own.harmless
                    || !elsewhere && arePlain(texts) && (own.parameter.type().many() || texts.size() <= 1);
        }
        if (strict && sent.pairs.stream().anyMatch(pair -> !isKnown(pair.name()))) {
            found.add(new Reply.Violation("/query/*", "unknown"));
        }
        var told = found.size() <= Violations.MAX_COUNT ? found : found.subList(0, Violations.MAX_COUNT);
        return new Read(null, told, plain);
    }

    /** What is wrong with elements; no more is looked for than is told, for there may be any number of them. */
    private void elements(Own own, Map<String, List<String>> sent, List<Reply.Violation> found) {
        for (var texts : sent.values()) {
            if (found.size() >= Violations.MAX_COUNT) {
                return;
            }
            found.addAll(objections(own, texts, false));
        }
    }

    private boolean isKnown(String name) {
        return names.contains(name) || name.indexOf('[') >= 0 && names.contains(template(name));
    }

    /** The texts of parameters with an index, by the name without it and by the name as sent. */
    private static Map<String, Map<String, List<String>>> indexed(List<Pair> pairs) {
        Map<String, Map<String, List<String>>> all = Map.of();
        for (var pair : pairs) {
            if (pair.name().indexOf('[') >= 0) {
                all = all.isEmpty() ? new HashMap<>() : all;
                all.computeIfAbsent(template(pair.name()), any -> new LinkedHashMap<>())
                        .computeIfAbsent(pair.name(), any -> new ArrayList<>())
                        .add(pair.value());
            }
        }
        return all;
    }

    /** The name with what stands in brackets left open; empty brackets stay, since these are no index. */
    private static String template(String name) {
        var template = new StringBuilder(name.length());
        var from = 0;
        for (var open = name.indexOf('['); open >= 0; open = name.indexOf('[', from)) {
            var close = name.indexOf(']', open);
            if (close < 0) {
                return name;
            }
            template.append(name, from, open).append(close == open + 1 ? EMPTY : Signature.INDEX);
            from = close + 1;
        }
        return template.append(name, from, name.length()).toString();
    }

    private List<Reply.Violation> objections(Own own, List<String> texts, boolean maybeElsewhere) {
        var parameter = own.parameter;
        if (texts.isEmpty()) {
            return parameter.required() && !maybeElsewhere ? List.of(violation(parameter, "", "required")) : List.of();
        }
        if (texts.size() > 1 && !conversions && !parameter.type().many()) {
            return List.of(violation(parameter, "", "style"));
        }
        var value = parameter.type().conversion().value(texts);
        if (value == null) {
            return List.of(violation(parameter, "", "type"));
        }
        if (value.isNull()) {
            return parameter.required() ? List.of(violation(parameter, "", "required")) : List.of();
        }
        return objections(own, value);
    }

    private static List<Reply.Violation> objections(Own own, JsonNode value) {
        try {
            var errors = own.schema.errors(value);
            if (errors.isEmpty()) {
                return List.of();
            }
            return own.violations.told(errors).stream()
                    .map(told -> violation(own.parameter, told.pointer(), told.keyword()))
                    .toList();
        } catch (TooCostly e) {
            return List.of(violation(own.parameter, "", "schema"));
        }
    }

    private static Reply.Violation violation(Signature.Parameter parameter, String pointer, String keyword) {
        var place = parameter.place().name().toLowerCase(Locale.ROOT);
        var escaped = parameter.name().replace("~", "~0").replace("/", "~1");
        return new Reply.Violation("/" + place + "/" + escaped + pointer, keyword);
    }

    /** Tells whether texts are short and of letters, digits and what stands in dates, so that there is one way to read them. */
    private static boolean arePlain(List<String> texts) {
        for (var text : texts) {
            if (text.length() > MAX_PLAIN || !isPlain(text)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && (c < '0' || c > '9') && "-_:+.,".indexOf(c) < 0) {
                return false;
            }
            if (c == '.' && i > 0 && text.charAt(i - 1) == '.') {
                return false;
            }
        }
        return true;
    }
}
