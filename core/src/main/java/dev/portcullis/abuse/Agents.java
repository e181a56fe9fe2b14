package dev.portcullis.abuse;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Denies agents by their names: 403 {@code agent-denied}. Thread-safe.
 *
 * <p>A name that is allowed is never denied. An agent chooses its name freely, so that this keeps out the careless; whoever is allowed by
 * name alone has still to meet every other rule.
 */
public final class Agents implements Check {

    /** The word that stands for all tools that look for holes, as far as they are known here. */
    public static final String SCANNERS = "scanners";

    private static final int MAX_PARTS = 500;
    private static final int SHORTEST = 3;
    private static final Reply REPLY = Reply.problem(403, "agent-denied");
    private static final Verdict.Deny NAMED = Verdict.deny(REPLY, Evidence.of("agent-by-name"));
    private static final Verdict.Deny NAMELESS = Verdict.deny(REPLY, Evidence.of("agent-without-name"));

    private final NamedAgents denied;
    private final NamedAgents allowed;
    private final boolean nameless;
    private final Predicate<Request> known;

    private Agents(NamedAgents denied, NamedAgents allowed, boolean nameless, Predicate<Request> known) {
        this.denied = denied;
        this.allowed = allowed;
        this.nameless = nameless;
        this.known = known;
    }

    /**
     * A check that denies agents whose names hold one of these parts, whatever their case.
     *
     * @param allow parts of names that are let pass all the same
     * @param nameless whether an agent without a name is denied
     * @throws IllegalArgumentException when a part is shorter than three characters, or there are more than 500
     */
    public static Agents denying(List<String> deny, List<String> allow, boolean nameless) {
        var all = new ArrayList<String>();
        for (var part : deny) {
            all.addAll(part.equals(SCANNERS) ? ScannerNames.ALL : List.of(part));
        }
        return new Agents(parts("deny", all), parts("allow", allow), nameless, unused -> false);
    }

    /** The same check, which never denies for its name whom this tells to be who he says. */
    public Agents sparing(Predicate<Request> proven) {
        return new Agents(denied, allowed, nameless, requireNonNull(proven, "proven"));
    }

    private static NamedAgents parts(String key, List<String> parts) {
        for (var part : parts) {
            if (part.strip().length() < SHORTEST) {
                throw new IllegalArgumentException(
                        key + ": `" + part + "` (expected: at least " + SHORTEST + " characters)");
            }
        }
        if (parts.size() > MAX_PARTS) {
            throw new IllegalArgumentException(key + ": " + parts.size() + " (expected: at most " + MAX_PARTS + ")");
        }
        return NamedAgents.of(parts);
    }

    @Override
    public Verdict check(Request request) {
        var agent = request.header("User-Agent");
        if (agent == null || agent.isBlank()) {
            return nameless ? NAMELESS : Verdict.pass();
        }
        var isDenied = denied.match(agent) && !allowed.match(agent) && !known.test(request);
        return isDenied ? NAMED : Verdict.pass();
    }
}
