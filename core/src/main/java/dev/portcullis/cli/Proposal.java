package dev.portcullis.cli;

import dev.portcullis.attack.Exclusion.In;
import dev.portcullis.attack.Hit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One exclusion that is proposed. Immutable.
 *
 * @param ask what is spared, on whatever path
 * @param paths the paths; empty for all of the policy
 * @param low whether it is enough that the detector is nearly certain
 * @param demand who asks for it
 */
record Proposal(Ask ask, List<String> paths, boolean low, Demand demand) {

    /** Tells whether it would let this pass where it was found. */
    boolean covers(String policy, String path, Hit hit) {
        var same = Ask.of(policy, path, hit);
        return same.anywhere().equals(ask) && (paths.isEmpty() || paths.contains(same.path())) && spares(hit);
    }

    /** Tells whether it would let this pass if it stood in the parameter. */
    boolean spares(Hit hit) {
        return hit.detector().equals(ask.detector()) && (!low || hit.isSparedAtLow());
    }

    /** An item of the list of exclusions, in YAML. */
    String yaml() {
        var in = Objects.requireNonNull(ask.in(), "in");
        var text = new StringBuilder("{ detector: ").append(ask.detector());
        text.append(", in: ").append(in.name().toLowerCase(Locale.ROOT));
        text.append(", parameter: ").append(quoted(in == In.PATH || in == In.TEXT ? "*" : ask.parameter()));
        if (!paths.isEmpty()) {
            text.append(", paths: [")
                    .append(String.join(
                            ", ", paths.stream().map(Proposal::quoted).toList()))
                    .append(']');
        }
        return text.append(low ? ", level: low }" : " }").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
