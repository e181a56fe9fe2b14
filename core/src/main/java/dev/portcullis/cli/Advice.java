package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is proposed, as YAML with the reasons beside it. It holds names of parameters, templates of paths and ids of lines; no values.
 *
 * @param lesson what was learned
 * @param proposals what is proposed
 * @param cost what it would cost; null when nobody knows
 * @param minClients how many clients must ask
 */
record Advice(
        Lesson lesson, List<Proposal> proposals, @Nullable Cost cost, int minClients) {

    private static final int MOST_REFUSED = 20;

    void print(PrintWriter out, boolean policies) {
        out.println(
                lesson.denied() == 0
                        ? "# " + lesson.judged() + " requests: none is denied, so no exclusion is needed"
                        : "# " + lesson.judged() + " requests: " + lesson.denied() + " are denied; with these "
                                + proposals.size() + " exclusions " + lesson.passing() + " of them pass");
        if (cost != null) {
            out.println("# " + cost.summary());
        }
        if (policies && !proposals.isEmpty()) {
            out.println("policies:");
            byPolicy().forEach((policy, all) -> {
                out.println("  " + policy + ":");
                print(out, "    ", all);
            });
        } else if (!proposals.isEmpty()) {
            print(out, "", proposals);
        }
        refused(out);
    }

    private Map<String, List<Proposal>> byPolicy() {
        return proposals.stream().collect(Collectors.groupingBy(one -> one.ask().policy()));
    }

    private void print(PrintWriter out, String indent, List<Proposal> all) {
        out.println(indent + "attacks:");
        out.println(indent + "  exclude:");
        for (var one : all) {
            out.println(indent + "    # " + one.demand() + (cost == null ? "" : "; " + cost.at(one)));
            out.println(indent + "    - " + one.yaml());
        }
    }

    private void refused(PrintWriter out) {
        var refused = lesson.refused();
        if (!refused.isEmpty()) {
            out.println("# not proposed: what fewer than " + minClients
                    + " clients ask for (--min-clients), what comes with it, and names of parameters");
        }
        refused.entrySet().stream()
                .limit(MOST_REFUSED)
                .forEach(entry -> out.println("#   " + shown(entry.getKey()) + ": " + entry.getValue()));
        if (refused.size() > MOST_REFUSED) {
            out.println("#   and " + (refused.size() - MOST_REFUSED) + " more");
        }
        if (lesson.forgotten() > 0) {
            out.println("# " + lesson.forgotten() + " requests ask for more than can be remembered");
        }
    }

    private static String shown(Ask ask) {
        var in = ask.in();
        return ask.detector() + " at " + (in == null ? "a name" : in.word() + " `" + ask.parameter() + "`") + " on "
                + ask.path();
    }
}
