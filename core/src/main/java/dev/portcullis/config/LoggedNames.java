package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names under which log lines say whom they are about, in the logging context (MDC). An empty name leaves the fact out.
 * Immutable.
 *
 * @param requestId the name for the correlation id
 * @param client the name for the client that acts
 * @param tenant the name for the caller's tenant
 */
public record LoggedNames(String requestId, String client, String tenant) {

    static final String REQUEST_ID = "portcullis.requestId";
    static final String CLIENT = "portcullis.client";
    static final String TENANT = "portcullis.tenant";

    /** The names unless told otherwise: {@value #REQUEST_ID}, {@value #CLIENT} and {@value #TENANT}. */
    public static final LoggedNames USUAL = new LoggedNames(REQUEST_ID, CLIENT, TENANT);

    private static final int MAX_NAME = 64;
    private static final Kind<String> NAME = new Kind<>(
            "name of at most " + MAX_NAME + " letters, digits, `.`, `_` and `-`",
            "write a name such as `portcullis.client`, or `none`",
            LoggedNames::name);

    /** Checks that all are there. */
    public LoggedNames {
        requireNonNull(requestId, "requestId");
        requireNonNull(client, "client");
        requireNonNull(tenant, "tenant");
    }

    static LoggedNames compile(At at, @Nullable LoggingContext written) {
        if (written == null) {
            return USUAL;
        }
        var names = new LoggedNames(
                at.child("request-id").read(written.requestId(), NAME, REQUEST_ID),
                at.child("client").read(written.client(), NAME, CLIENT),
                at.child("tenant").read(written.tenant(), NAME, TENANT));
        var seen = new HashSet<String>();
        for (var name : List.of(names.requestId, names.client, names.tenant)) {
            if (!name.isEmpty() && !seen.add(name)) {
                at.problem("`" + name + "` twice (expected: a name for each fact)", "give each a name of its own");
            }
        }
        return names;
    }

    private static String name(String text) {
        if (text.equals("none")) {
            return "";
        }
        if (text.isEmpty() || text.length() > MAX_NAME || !text.chars().allMatch(LoggedNames::plain)) {
            throw new IllegalArgumentException("not a name");
        }
        return text;
    }

    private static boolean plain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || ".-_".indexOf(c) >= 0;
    }
}
