package dev.portcullis.config;

import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.respond.Preset;
import dev.portcullis.respond.ResponseHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what is said of the header fields of responses.
 *
 * @param at where it is written
 * @param outer the mode where it says none
 */
record HeaderCompiler(At at, Mode outer) {

    /** An enforced rule of a policy takes the place of the one for all, since both have this name. */
    static final String NAME = "response-headers";

    private static final String HELP = "write a value that browsers understand, or `off`";
    private static final Kind<Preset> PRESET = Kind.choice(
            "preset", Stream.of(Preset.values()).collect(Collectors.toMap(HeaderCompiler::word, one -> one)));
    private static final Kind<Boolean> WHEN_SET = Kind.choice("choice", Map.of("keep", false, "replace", true));
    private static final Kind<Boolean> ERRORS = Kind.choice("choice", Map.of("keep", false, "withhold", true));

    private static String word(Preset preset) {
        return preset.name().toLowerCase(Locale.ROOT);
    }

    /** The rule; null when nothing is written. What is only observed has the policy's name before its own. */
    @Nullable
    Rule compile(@Nullable HeaderSettings written, String policy) {
        if (written == null) {
            return null;
        }
        var headers = ResponseHeaders.of(at.child("preset").read(written.preset(), PRESET, Preset.API));
        headers.replacing(at.child("when-set").read(written.whenSet(), WHEN_SET, false));
        headers.withholdingErrors(at.child("server-errors").read(written.serverErrors(), ERRORS, false));
        fields(written).forEach((key, field) -> set(at.child(key), headers, field));
        further(written, headers);
        frames(written, headers);
        caching(written, headers);
        var mode = at.child("mode").read(written.mode(), Kind.MODE, outer);
        var name = mode == Mode.ENFORCE || policy.isEmpty() ? NAME : policy + "." + NAME;
        return Rule.enforce(name, headers.build()).in(mode).alsoOn(Dispatch.ERROR);
    }

    /** A field, what is written of it, and whether that leaves it out. */
    private record Field(String name, @Nullable String value, boolean leftOut) {

        /** A field that is never just {@code false}. */
        static Field known(String name, @Nullable String value) {
            return new Field(name, value, Kind.isOff(value));
        }

        /** A field of the operator's choice: only what a preset may set can be left out. */
        static Field further(String name, String value) {
            return new Field(name, value, Kind.isOff(value) && Preset.isPreset(name));
        }
    }

    private static Map<String, Field> fields(HeaderSettings written) {
        var fields = new LinkedHashMap<String, Field>();
        fields.put("content-security-policy", Field.known("Content-Security-Policy", written.contentSecurityPolicy()));
        fields.put(
                "content-security-policy-report-only",
                Field.known("Content-Security-Policy-Report-Only", written.contentSecurityPolicyReportOnly()));
        fields.put("referrer-policy", Field.known("Referrer-Policy", written.referrerPolicy()));
        fields.put("permissions-policy", Field.known("Permissions-Policy", written.permissionsPolicy()));
        fields.put(
                "cross-origin-opener-policy",
                Field.known("Cross-Origin-Opener-Policy", written.crossOriginOpenerPolicy()));
        fields.put(
                "cross-origin-embedder-policy",
                Field.known("Cross-Origin-Embedder-Policy", written.crossOriginEmbedderPolicy()));
        fields.put(
                "cross-origin-resource-policy",
                Field.known("Cross-Origin-Resource-Policy", written.crossOriginResourcePolicy()));
        return fields;
    }

    private static void set(At here, ResponseHeaders.Builder headers, Field field) {
        var value = field.value();
        if (value != null) {
            here.make(
                    value,
                    HELP,
                    text -> field.leftOut() ? headers.without(field.name()) : headers.set(field.name(), text.strip()));
        }
    }

    private void further(HeaderSettings written, ResponseHeaders.Builder headers) {
        var set = written.set();
        if (set != null) {
            set.forEach((name, value) -> set(at.child("set").child(name), headers, Field.further(name, value)));
        }
        var remove = written.remove();
        if (remove != null) {
            at.child("remove").each(remove, "write names such as `X-Backend`", name -> headers.removing(List.of(name)));
        }
    }

    private void frames(HeaderSettings written, ResponseHeaders.Builder headers) {
        var sources = written.frameAncestors();
        if (sources != null) {
            at.child("frame-ancestors")
                    .make("", "write `[none]`, `[self]`, or origins", any -> headers.frames(sources));
        }
    }

    private void caching(HeaderSettings written, ResponseHeaders.Builder headers) {
        var value = written.cacheControl();
        if (value != null) {
            at.child("cache-control")
                    .make(value, HELP, text -> headers.caching(Kind.isOff(text) ? null : text.strip()));
        }
    }
}
