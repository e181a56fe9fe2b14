package dev.portcullis.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.drill.Tally;
import dev.portcullis.drill.Target;
import dev.portcullis.drill.Trial;
import dev.portcullis.drill.Trial.Fate;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What attacks came to, for people and for programs.
 *
 * @param target what was attacked
 * @param tally what became of the attacks
 */
record AttackReport(Target target, Tally tally) {

    void write(PrintWriter out, boolean json) throws IOException {
        if (json) {
            out.println(JsonMapper.builder()
                    .build()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(json()));
        } else {
            text(out);
        }
    }

    private List<Trial> passed() {
        return tally.trials().stream()
                .filter(trial -> trial.fate() == Fate.PASSED)
                .toList();
    }

    private void text(PrintWriter out) {
        for (var trial : passed()) {
            out.println("PASSED " + trial.kind() + "/" + trial.id() + "  " + trial.request() + "  (" + trial.where()
                    + ")  " + trial.status() + ": " + trial.reason());
        }
        doubts().forEach((doubt, count) -> out.println("proves nothing: " + doubt + ", " + count + " attacks"));
        out.println();
        out.printf("%-14s %8s %8s %15s%n", "class", "denied", "passed", "proves nothing");
        for (var kind : kinds()) {
            line(out, kind, kind);
        }
        line(out, "all", "");
        if (tally.unsent() > 0) {
            out.println(tally.unsent()
                    + " attacks were not sent: --max-requests or --max-time was reached, or nothing answered any more");
        }
        out.println(tally.requests() + " requests to " + target.origin() + " in "
                + tally.time().toMillis() + " ms");
    }

    private void line(PrintWriter out, String name, String kind) {
        out.printf(
                "%-14s %8d %8d %15d%n",
                name, count(Fate.DENIED, kind), count(Fate.PASSED, kind), count(Fate.INCONCLUSIVE, kind));
    }

    private long count(Fate fate, String kind) {
        return tally.count(fate, trial -> kind.isEmpty() || trial.kind().equals(kind));
    }

    private List<String> kinds() {
        return tally.trials().stream().map(Trial::kind).distinct().toList();
    }

    /** Why attacks prove nothing, by aim, and how many for that reason. */
    private Map<String, Long> doubts() {
        return tally.trials().stream()
                .filter(trial -> trial.fate() == Fate.INCONCLUSIVE)
                .collect(Collectors.groupingBy(
                        trial -> trial.aim().shown() + ": " + trial.reason(),
                        LinkedHashMap::new,
                        Collectors.counting()));
    }

    private ObjectNode json() {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("target", target.origin() + target.root());
        counts(root, "");
        root.put("unsent", tally.unsent());
        root.put("requests", tally.requests());
        root.put("millis", tally.time().toMillis());
        var classes = root.putObject("classes");
        kinds().forEach(kind -> counts(classes.putObject(kind), kind));
        findings(root.putArray("findings"));
        var doubts = root.putArray("inconclusive-because");
        doubts().forEach((doubt, count) ->
                doubts.addObject().put("reason", doubt).put("attacks", count));
        return root;
    }

    private void counts(ObjectNode node, String kind) {
        node.put("denied", count(Fate.DENIED, kind));
        node.put("passed", count(Fate.PASSED, kind));
        node.put("inconclusive", count(Fate.INCONCLUSIVE, kind));
    }

    private void findings(ArrayNode findings) {
        for (var trial : passed()) {
            findings.addObject()
                    .put("class", trial.kind())
                    .put("id", trial.id())
                    .put("aim", trial.aim().shown())
                    .put("where", trial.where())
                    .put("request", trial.request())
                    .put("status", trial.status())
                    .put("reason", trial.reason());
        }
    }
}
