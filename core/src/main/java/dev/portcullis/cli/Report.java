package dev.portcullis.cli;

import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Step;
import dev.portcullis.Header;
import dev.portcullis.Outcome;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Rule.Mode;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Attacks;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.TreeSet;

/**
 * How one request fared, for an operator to read. It shows why rules object, and never a header's value or a body.
 *
 * @param line the request
 * @param explanation how it fared
 * @param digest the digest of the policies
 */
record Report(TrafficLine line, Explanation explanation, String digest) {

    void print(PrintWriter out) {
        var wire = line.wire();
        out.println(plain(wire.method()) + " " + plain(wire.rawPath()) + " from " + wire.peer());
        out.println("route: " + explanation.route());
        var width = explanation.steps().stream()
                .mapToInt(step -> step.rule().name().length())
                .max()
                .orElse(0);
        for (var step : explanation.steps()) {
            out.println(
                    "  " + pad(step.rule().name(), width) + "  " + mode(step) + "  " + verdict(step) + sampled(step));
        }
        out.println("outcome: " + outcome());
        out.println("policy: " + digest);
    }

    private static String mode(Step step) {
        return step.rule().mode().name().toLowerCase(Locale.ROOT);
    }

    /** A rehearsal looks at every request; a service may not. */
    private static String sampled(Step step) {
        var share = step.rule().check() instanceof Attacks attacks ? attacks.share() : "";
        return share.isEmpty() ? "" : "    looks, in service, at " + share;
    }

    private static String verdict(Step step) {
        if (step.failure() != null) {
            return "could not tell: " + step.failure().getClass().getSimpleName();
        }
        if (step.verdict() instanceof Verdict.Deny deny) {
            return "deny    " + reply(deny.reply()) + ": " + evidence(deny.evidence());
        }
        if (step.verdict() instanceof Verdict.Answer answer) {
            var why = answer.evidence() == null ? "" : ": " + evidence(answer.evidence());
            return "answer  " + answer.reply().status() + why;
        }
        return step.verdict() instanceof Verdict.Pass pass
                ? "pass" + identifies(pass) + proves(step, pass) + adds(pass)
                : "pass";
    }

    /** Names alone: a value may say who calls. */
    private static String adds(Verdict.Pass pass) {
        var names = pass.headers().stream().map(Header::name).distinct().toList();
        return names.isEmpty() ? "" : "    adds " + plain(String.join(", ", names));
    }

    private static String identifies(Verdict.Pass pass) {
        var caller = pass.principal();
        return caller == null
                ? ""
                : "    identifies " + caller.kind().name().toLowerCase(Locale.ROOT) + " `" + plain(caller.client())
                        + "`";
    }

    /** What attack rules will not look at; an observed rule proves nothing. */
    private static String proves(Step step, Verdict.Pass pass) {
        var places = new TreeSet<String>();
        pass.proven()
                .names()
                .forEach((where, names) -> names.forEach(name ->
                        places.add("/" + where.name().toLowerCase(Locale.ROOT) + (name.isEmpty() ? "" : "/" + name))));
        addPlaces("/body", pass.proven().json(), places);
        return places.isEmpty() || step.rule().mode() == Mode.OBSERVE
                ? ""
                : "    proven harmless, attack rules skip: " + plain(String.join(" ", places));
    }

    private static void addPlaces(String place, Request.Proven.Value value, TreeSet<String> places) {
        if (value.harmless()) {
            places.add(place);
        }
        value.members().forEach((name, member) -> addPlaces(place + "/" + name, member, places));
        if (value.elements() != null) {
            addPlaces(place + "/*", value.elements(), places);
        }
    }

    private static String evidence(Verdict.Evidence evidence) {
        var matched = evidence.matched().isEmpty() ? "" : " " + evidence.matched();
        return plain(evidence.reason() + matched);
    }

    private String outcome() {
        if (explanation.outcome() instanceof Outcome.Stop stop) {
            return "stop " + reply(stop.reply()) + ", by " + stop.rule();
        }
        return "proceed";
    }

    private static String reply(Reply reply) {
        return reply.status() + (reply.code().isEmpty() ? "" : " " + reply.code());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /** The text with a question mark for whatever a terminal would not just show, and not longer than a line or two. */
    static String plain(String text) {
        var shown = text.length() <= 200 ? text : text.substring(0, 200) + "...";
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
