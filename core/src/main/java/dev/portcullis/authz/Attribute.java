package dev.portcullis.authz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Principal;
import dev.portcullis.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something about a request that conditions can ask for by its name. Immutable.
 *
 * @param name how it is written
 * @param type what its value is
 * @param oneOf all values there are; empty when there are too many to list
 * @param meaning one sentence for the operator
 * @param term finds the value
 */
record Attribute(String name, Type type, List<String> oneOf, String meaning, Term term) {

    static final String PRINCIPAL = "principal";
    static final String COUNTRY = "request.country";
    static final String CRAWLER = "request.crawler";
    static final String HEADERS = "request.headers";
    static final String PARAMETERS = "request.parameters";
    static final String PATH = "path";
    static final String BODY = "body";
    static final String RISK = "risk";

    private static final List<String> PROOFS =
            List.of("jwt", "introspection", "api-key", "certificate", "signature", "session");

    /** All that have a name of their own. */
    static final Map<String, Attribute> ALL = Stream.of(
                    caller("principal.id", "The caller's name.", Principal::id),
                    caller("principal.issuer", "Who vouches for the caller.", Principal::issuer),
                    caller("principal.client", "The client that acts.", Principal::client),
                    caller("principal.tenant", "The caller's tenant.", Principal::tenant),
                    caller("principal.tier", "The caller's plan.", Principal::tier),
                    caller("principal.kind", "What sort of caller.", caller -> Authorization.nameOf(caller.kind()))
                            .among(List.of("user", "service", "client")),
                    caller("principal.proof", "How the caller was proven.", Principal::proof)
                            .among(PROOFS),
                    caller("principal.scopes", "What the credential may be used for.", Principal::scopes)
                            .as(Type.TEXTS),
                    caller(
                                    "principal.roles",
                                    "What the caller is, as the credential says it; `hasRole` knows what roles imply.",
                                    Principal::roles)
                            .as(Type.TEXTS),
                    caller("principal.claims", "What else the credential says, by name.", Principal::claims)
                            .as(Type.ANY),
                    request("request.method", "The method, in upper case; `HEAD` counts as `GET`.", Attribute::method),
                    request("request.path", "The path, decoded once.", Request::path),
                    request("request.host", "The host and, where given, the port.", Request::host),
                    request("request.scheme", "The scheme.", Request::scheme).among(List.of("http", "https")),
                    request("request.address", "The caller's address.", Request::address)
                            .as(Type.ADDRESS),
                    request(
                                    RISK,
                                    "How badly the caller has behaved of late: 0 for most, 100 for who looks for holes.",
                                    r -> 0L)
                            .as(Type.NUMBER),
                    request(
                            COUNTRY,
                            "The caller's country by two letters (ISO 3166-1), or `unknown`; it needs `geo.country`.",
                            request -> null),
                    request(
                            CRAWLER,
                            "The crawler that the agent says it is and its address proves, such as `googlebot`; else `none`, `forged`, or `unknown` while nobody has looked it up.",
                            request -> null),
                    request("route.id", "What the request goes to; absent where nobody knows.", request -> {
                        var route = request.route();
                        return route == null ? null : route.id();
                    }),
                    request("route.template", "The path template of the route; absent where nobody knows.", request -> {
                        var route = request.route();
                        return route == null ? null : route.template();
                    }))
            .collect(Collectors.toMap(Attribute::name, one -> one, (one, other) -> one, LinkedHashMap::new));

    /** Those whose parts have names of the operator's choice, with what is said of them. */
    static final Map<String, String> BY_NAME = Map.of(
            HEADERS, "A header by its name, whatever the case; undecided when it is sent more than once.",
            PARAMETERS, "A parameter of the query by its name; undecided when it is sent more than once.",
            PATH, "A variable of the policy's path, or of the handler's where the policy has none.",
            BODY, "A part of the JSON body, once the schema has found it valid.");

    private static Attribute caller(String name, String meaning, Function<Principal, @Nullable Object> part) {
        return new Attribute(name, Type.TEXT, List.of(), meaning, (request, body) -> {
            var caller = request.principal();
            return caller == null ? null : part.apply(caller);
        });
    }

    private static Attribute request(String name, String meaning, Function<Request, @Nullable Object> part) {
        return new Attribute(name, Type.TEXT, List.of(), meaning, (request, body) -> part.apply(request));
    }

    private static String method(Request request) {
        var method = request.method();
        return method.equals("HEAD") ? "GET" : method;
    }

    private Attribute as(Type other) {
        return new Attribute(name, other, oneOf, meaning, term);
    }

    private Attribute among(List<String> values) {
        return new Attribute(name, type, values, meaning, term);
    }

    /** The names of all attributes that begin with a word. */
    static List<String> in(String root) {
        return Stream.concat(ALL.keySet().stream(), BY_NAME.keySet().stream())
                .filter(name -> name.startsWith(root + "."))
                .toList();
    }

    /** The words that attributes begin with. */
    static Set<String> roots() {
        return Stream.concat(ALL.keySet().stream(), BY_NAME.keySet().stream())
                .map(name -> name.replaceAll("\\..*", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    static @Nullable Object body(Request request, JsonNode body) {
        return body.isMissingNode() ? null : Values.of((Object) body);
    }
}
