package dev.portcullis.cors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks what was written into a policy, and collects everything that is wrong with it. */
final class Draft {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Set<String> UPPER_CASED = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT");
    private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "TRACK");
    private static final Set<String> FORBIDDEN_REQUEST_HEADERS = Set.of(
            "accept-charset",
            "accept-encoding",
            "access-control-request-headers",
            "access-control-request-method",
            "access-control-request-private-network",
            "connection",
            "content-length",
            "cookie",
            "cookie2",
            "date",
            "dnt",
            "expect",
            "host",
            "keep-alive",
            "origin",
            "referer",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");
    private static final Set<String> FORBIDDEN_RESPONSE_HEADERS = Set.of("set-cookie", "set-cookie2");
    private static final List<String> USUAL_METHODS = List.of("GET", "HEAD", "POST");

    private final boolean credentials;
    private final boolean insecureOrigins;
    private final List<String> problems = new ArrayList<>();
    private final List<OriginPattern> patterns = new ArrayList<>();
    private final TreeSet<String> methods = new TreeSet<>();
    private final TreeSet<String> headers = new TreeSet<>();
    private final TreeSet<String> exposedHeaders = new TreeSet<>();
    private boolean anyOrigin;
    private @Nullable Duration maxAge;

    Draft(boolean credentials, boolean insecureOrigins) {
        this.credentials = credentials;
        this.insecureOrigins = insecureOrigins;
    }

    void origins(List<String> lines) {
        if (lines.isEmpty()) {
            problems.add("origins: none (expected: at least one)");
        }
        anyOrigin = lines.contains(Terms.ANY);
        if (anyOrigin && lines.size() > 1) {
            problems.add("origins: `*` beside others (expected: `*` alone)");
        }
        if (anyOrigin) {
            withoutCredentials("origins");
        }
        lines.stream().filter(line -> !line.equals(Terms.ANY)).forEach(this::origin);
    }

    private void origin(String line) {
        try {
            var pattern = OriginPattern.parse(line);
            if (credentials && pattern.isInsecure() && !insecureOrigins) {
                problems.add("origins: `" + line
                        + "` with credentials (expected: https; anybody on the way can be that page)");
            }
            patterns.add(pattern);
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private void withoutCredentials(String concept) {
        if (credentials) {
            problems.add(concept + ": `*` with credentials (expected: names; browsers read `*` literally then)");
        }
    }

    void methods(List<String> names) {
        for (var name : names.isEmpty() ? USUAL_METHODS : names) {
            method(name);
        }
    }

    private void method(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        if (!Token.is(name) || FORBIDDEN_METHODS.contains(upper)) {
            problems.add("methods: `" + name + "` (expected: a method that pages may use)");
        } else if (name.equals(Terms.ANY)) {
            withoutCredentials("methods");
        }
        methods.add(UPPER_CASED.contains(upper) ? upper : name);
        if (upper.equals("GET")) {
            methods.add("HEAD");
        }
    }

    void headers(List<String> names) {
        for (var name : names) {
            header("headers", name, headers);
            var plain = name.toLowerCase(Locale.ROOT);
            if (FORBIDDEN_REQUEST_HEADERS.contains(plain) || plain.startsWith("proxy-") || plain.startsWith("sec-")) {
                problems.add("headers: `" + name + "` (expected: a header that pages may set)");
            }
        }
    }

    void exposedHeaders(List<String> names) {
        for (var name : names) {
            header("exposed-headers", name, exposedHeaders);
            if (FORBIDDEN_RESPONSE_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                problems.add("exposed-headers: `" + name + "` (expected: a header that pages may read)");
            }
        }
    }

    private void header(String concept, String name, Set<String> into) {
        if (!Token.is(name)) {
            problems.add(concept + ": `" + name + "` (expected: the name of a header)");
        } else if (name.equals(Terms.ANY)) {
            withoutCredentials(concept);
        }
        into.add(name.toLowerCase(Locale.ROOT));
    }

    void maxAge(@Nullable Duration age) {
        maxAge = age;
        if (age != null && (age.isNegative() || age.compareTo(LONGEST) > 0 || age.getNano() != 0)) {
            problems.add("max-age: " + age + " (expected: whole seconds, at most " + LONGEST.toSeconds() + ")");
        }
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    Terms terms() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new Terms(new Origins(anyOrigin, patterns), methods, headers, exposedHeaders, credentials, maxAge);
    }
}
