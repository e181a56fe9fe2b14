package dev.portcullis.config;

import dev.portcullis.outbound.Outbound;
import dev.portcullis.outbound.Outbound.Part;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with the application's own calls, as written. Immutable.
 *
 * @param hosts where it goes
 * @param forward what goes along
 */
public record Outgoing(
        @Key(
                description =
                        "The only hosts that it goes along to, such as `orders.internal` or `127.0.0.1:9090`; over TLS, unless they are this machine.")
        @Nullable
        List<String> hosts,

        @Key(
                description =
                        "What goes along: the bearer token that the gate has accepted, the trace, the correlation id.",
                defaultValue = "authorization, traceparent, request-id",
                oneOf = {"authorization", "traceparent", "request-id"})
        @Nullable
        List<String> forward) {

    private static final String HOST =
            "write a host such as `orders.example.com` or `127.0.0.1:9090`, without scheme and pattern";
    private static final Map<String, Part> PARTS =
            Map.of("authorization", Part.AUTHORIZATION, "traceparent", Part.TRACEPARENT, "request-id", Part.REQUEST_ID);
    private static final Kind<Part> PART = Kind.choice("part", PARTS);

    static Outbound compile(At at, @Nullable Outgoing written) {
        if (written == null) {
            return Outbound.NOWHERE;
        }
        var names = written.hosts == null ? List.<String>of() : written.hosts;
        if (names.isEmpty()) {
            at.child("hosts").problem("no hosts", "name them, or remove `outbound`");
            return Outbound.NOWHERE;
        }
        var parts = parts(at.child("forward"), written.forward);
        at.child("hosts").each(names, HOST, name -> Outbound.to(List.of(name), EnumSet.allOf(Part.class)));
        if (new HashSet<>(names).size() < names.size()) {
            at.child("hosts").problem("a host twice", "write it once");
        }
        return at.clean() ? Outbound.to(names, parts) : Outbound.NOWHERE;
    }

    private static Set<Part> parts(At at, @Nullable List<String> written) {
        if (written == null) {
            return EnumSet.allOf(Part.class);
        }
        if (written.isEmpty()) {
            at.problem("nothing", "write what goes along, or remove the key to mean all");
        }
        var parts = EnumSet.noneOf(Part.class);
        for (var i = 0; i < written.size(); i++) {
            var part = at.item(i).read(written.get(i), PART);
            if (part != null && !parts.add(part)) {
                at.item(i).problem("`" + written.get(i) + "` twice", "write it once");
            }
        }
        return parts;
    }
}
