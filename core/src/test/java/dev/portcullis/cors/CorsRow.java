package dev.portcullis.cors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.http.RecordedWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One case of others: what is allowed, what is asked, and what the other implementation answers.
 *
 * @param json the case as it is written
 */
record CorsRow(JsonNode json) {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "POST");

    String name() {
        return json.path("source").asText() + ": " + json.path("name").asText();
    }

    boolean lax() {
        return json.path("source").asText().startsWith("rs/");
    }

    Request request() {
        var wire = RecordedWire.of(json.path("method").asText(), "/");
        for (var field : json.path("requestHeaders").properties()) {
            for (var line : field.getValue()) {
                wire = wire.with(field.getKey(), line.asText());
            }
        }
        return wire.view();
    }

    List<Header> expected() {
        var headers = new ArrayList<Header>();
        for (var field : json.path("expectedResponseHeaders").properties()) {
            field.getValue().forEach(line -> headers.add(new Header(field.getKey(), line.asText())));
        }
        return headers;
    }

    boolean expectsNothing() {
        return expected().stream().allMatch(header -> header.named("Vary"));
    }

    /** What cannot be asked of a policy of ours, or is answered in another way on purpose; empty for all else. */
    String notComparable() {
        var config = json.path("config");
        if (!config.isObject()) {
            return "there is no policy";
        }
        if (json.has("needsCallback")) {
            return "needs code of the application's";
        }
        if (json.path("check").asText().equals("browserAcceptsRawResponse")) {
            return "is about browsers only";
        }
        if (config.path("OptionsPassthrough").asBoolean()) {
            return "hands preflights to the application";
        }
        var request = request();
        if ("true".equals(request.header("Access-Control-Request-Private-Network"))) {
            return "private networks are not answered for";
        }
        var noBrowserAsks = Preflight.is(request)
                && request.header("Access-Control-Request-Headers") == null
                && SAFE_METHODS.contains(String.valueOf(request.header("Access-Control-Request-Method")));
        var known = texts(config, "allowedOrigins", List.of()).contains(String.valueOf(request.header("Origin")));
        return noBrowserAsks && known && expectsNothing() ? "no browser asks this, so it may be answered" : "";
    }

    Cors.Builder builder() {
        var config = json.path("config");
        var builder = Cors.builder()
                .origins(texts(config, "allowedOrigins", lax() ? List.of("*") : List.of()))
                .methods(methods(config))
                .headers(headers(config))
                .exposedHeaders(texts(config, "exposedHeaders", List.of()))
                .credentials(config.path("allowCredentials").asBoolean());
        if (config.has("maxAge")) {
            builder.maxAge(Duration.ofSeconds(config.path("maxAge").asLong()));
        }
        return config.path("tolerateInsecureOrigins").asBoolean() ? builder.unsafeInsecureOrigins() : builder;
    }

    /** The strict implementation adds what every page may use anyway. */
    private Set<String> methods(JsonNode config) {
        var methods = new LinkedHashSet<>(texts(config, "allowedMethods", List.of()));
        if (!lax() && !methods.contains("*")) {
            methods.addAll(SAFE_METHODS);
        }
        return methods;
    }

    /** The lax implementation has headers of its own when none is listed. */
    private List<String> headers(JsonNode config) {
        var headers = texts(config, "allowedHeaders", List.of());
        return headers.isEmpty() && lax() ? List.of("Accept", "Content-Type", "X-Requested-With") : headers;
    }

    private static List<String> texts(JsonNode config, String key, List<String> otherwise) {
        var texts = new ArrayList<String>();
        config.path(key).forEach(text -> texts.add(text.asText()));
        return config.has(key) ? texts : otherwise;
    }
}
