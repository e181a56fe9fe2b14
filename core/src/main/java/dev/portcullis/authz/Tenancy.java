package dev.portcullis.authz;

import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.Parameters;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Demands that the caller has a tenant, and that it is the one that the request is about. Immutable.
 *
 * <p>A request that names no tenant, or several, is about another one.
 */
@TrustedBase
final class Tenancy {

    private static final String EXPECTED =
            "(expected: `required`, `path:NAME`, `header:NAME`, `parameter:NAME`, or `host:{tenant}.DOMAIN`)";
    private static final String HOST_PART = "{tenant}.";
    private static final Verdict.Deny NO_TENANT =
            Verdict.deny(Reply.problem(403, "no-tenant"), Evidence.of("no-tenant"));
    private static final Reply MISMATCH = Reply.problem(403, "tenant-mismatch");

    private final Source source;
    private final String name;
    private final PathVariables variables;
    private final Verdict.Deny mismatch;

    /** Where a request says which tenant it is about. */
    private enum Source {
        REQUIRED,
        PATH,
        HEADER,
        PARAMETER,
        HOST
    }

    private Tenancy(Source source, String name, PathVariables variables) {
        this.source = source;
        this.name = name;
        this.variables = variables;
        this.mismatch = Verdict.deny(
                MISMATCH, Evidence.of("tenant-mismatch", source.name().toLowerCase(Locale.ROOT) + ":" + name));
    }

    /**
     * What a text demands.
     *
     * @throws IllegalArgumentException when it is none of the five
     */
    static Tenancy parse(String text, PathVariables variables) {
        if (text.equals("required")) {
            return new Tenancy(Source.REQUIRED, "", variables);
        }
        var colon = text.indexOf(':');
        var name = text.substring(colon + 1);
        if (colon < 0 || !isName(name)) {
            throw new IllegalArgumentException("tenant: `" + text + "` " + EXPECTED);
        }
        return switch (text.substring(0, colon)) {
            case "path" -> new Tenancy(Source.PATH, name, variables);
            case "header" -> new Tenancy(Source.HEADER, name, variables);
            case "parameter" -> new Tenancy(Source.PARAMETER, name, variables);
            case "host" -> new Tenancy(Source.HOST, domain(text, name), variables);
            default -> throw new IllegalArgumentException("tenant: `" + text + "` " + EXPECTED);
        };
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c <= '~' && c != ':');
    }

    private static String domain(String text, String name) {
        if (!name.startsWith(HOST_PART) || name.length() == HOST_PART.length()) {
            throw new IllegalArgumentException("tenant: `" + text + "` " + EXPECTED);
        }
        return name.substring(HOST_PART.length() - 1).toLowerCase(Locale.ROOT);
    }

    /** The path variable that it needs; null when it needs none. */
    @Nullable
    String variable() {
        return source == Source.PATH ? name : null;
    }

    /** The objection to a caller with this tenant; null when there is none. */
    Verdict.@Nullable Deny objection(Request request, @Nullable String tenant) {
        if (tenant == null || tenant.isEmpty()) {
            return NO_TENANT;
        }
        return source == Source.REQUIRED || tenant.equals(named(request)) ? null : mismatch;
    }

    private @Nullable String named(Request request) {
        return switch (source) {
            case REQUIRED -> null;
            case PATH -> variables.find(request, name);
            case HEADER -> only(request.headers(name));
            case PARAMETER -> parameter(request);
            case HOST -> label(request.host());
        };
    }

    private @Nullable String parameter(Request request) {
        var query = Parameters.query(request.query());
        return query.trouble() == null ? only(query.values(name)) : null;
    }

    private static @Nullable String only(List<String> values) {
        return values.size() == 1 ? values.get(0) : null;
    }

    private @Nullable String label(String host) {
        var colon = host.lastIndexOf(':');
        var plain = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
        var end = plain.length() - name.length();
        return end > 0 && plain.endsWith(name) && plain.lastIndexOf('.', end - 1) < 0 ? plain.substring(0, end) : null;
    }
}
