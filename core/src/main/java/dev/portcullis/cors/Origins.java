package dev.portcullis.cors;

import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The origins that a policy allows. Immutable. */
@TrustedBase
final class Origins {

    private final boolean any;
    private final Set<String> exact;
    private final List<OriginPattern> patterns;

    /** The origins of these lines, or any at all. */
    Origins(boolean any, List<OriginPattern> lines) {
        this.any = any;
        this.exact = lines.stream()
                .filter(OriginPattern::isExact)
                .map(line -> line.origin().toString())
                .collect(Collectors.toUnmodifiableSet());
        this.patterns = lines.stream().filter(line -> !line.isExact()).toList();
    }

    boolean any() {
        return any;
    }

    Set<String> exact() {
        return exact;
    }

    /** Tells whether this value of an {@code Origin} header is one of the origins; {@code null} is one of any. */
    boolean allow(String sent) {
        return any
                ? sent.equals("null") || Origin.parseOrNull(sent) != null
                : exact.contains(sent) || matchPattern(sent);
    }

    private boolean matchPattern(String sent) {
        var origin = patterns.isEmpty() ? null : Origin.parseOrNull(sent);
        if (origin == null || origin.namesDefaultPort()) {
            return false;
        }
        for (var pattern : patterns) {
            if (pattern.covers(origin)) {
                return true;
            }
        }
        return false;
    }
}
