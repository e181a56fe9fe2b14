package dev.portcullis.config;

import dev.portcullis.auth.MessageSigning;
import dev.portcullis.auth.Scheme;
import dev.portcullis.auth.Signing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ways of signing requests that a configuration defines. Immutable.
 *
 * <p>{@code signature} stands for all HTTP message signatures, {@code signature:NAME} for one way. Webhooks do not sign their
 * target, so that each is named where it is meant.
 *
 * @param ways those that can be used, by name
 * @param defined the names that something is written for, be it right or wrong
 * @param maker makes a scheme of some ways
 */
record Signers(Map<String, Signing> ways, Set<String> defined, Function<List<Signing>, Scheme> maker) {

    static final Signers NONE = new Signers(Map.of(), Set.of(), ways -> {
        throw new IllegalStateException("no way of signing");
    });

    static final String SIGNATURE = "signature";

    private static final String PREFIX = SIGNATURE + ":";

    static boolean isWay(String way) {
        return way.equals(SIGNATURE) || way.startsWith(PREFIX);
    }

    /** Finds it a problem when nothing is written for a way. */
    void demand(At at, String way) {
        if (way.equals(SIGNATURE)) {
            var none = ways.values().stream().noneMatch(MessageSigning.class::isInstance);
            if (defined.isEmpty()) {
                at.problem("`" + way + "`, but there are no `signatures`", "write `signatures.NAME.keys`");
            } else if (none && ways.size() == defined.size()) {
                at.problem(
                        "`" + way + "`, but all `signatures` are webhooks",
                        "name the webhook that calls here: `signature:NAME`");
            }
        } else if (!defined.contains(way.substring(PREFIX.length()))) {
            at.problem(
                    "`" + At.shown(way) + "`, but there is no such name under `signatures`",
                    Nearest.to(way.substring(PREFIX.length()), defined)
                            .map(name -> "did you mean `" + PREFIX + name + "`?")
                            .orElse("write `signatures.NAME.keys`"));
        }
    }

    /** The scheme of these ways; null as long as one of them has a problem. */
    @Nullable
    Scheme scheme(List<String> names) {
        if (ways.size() < defined.size()) {
            return null;
        }
        var chosen = new ArrayList<Signing>();
        for (var way : ways.values()) {
            if (names.contains(PREFIX + way.name()) || names.contains(SIGNATURE) && way instanceof MessageSigning) {
                chosen.add(way);
            }
        }
        return chosen.isEmpty() ? null : maker.apply(chosen);
    }
}
