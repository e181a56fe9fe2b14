package dev.portcullis.config;

import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Severity;
import java.util.List;

/** What recorded traffic shows of a policy file, as {@code lint --traffic} looks for it. */
public final class TrafficConcerns {

    /** Normal traffic exceeds a limit. */
    public static final Concern LIMIT_BELOW_TRAFFIC = new Concern(
            "limit-below-traffic",
            Severity.WARNING,
            "In one of a hundred periods of a caller, the traffic uses more than a limit grants.");

    /** Nobody goes where a policy stands. */
    public static final Concern POLICY_UNMATCHED =
            new Concern("policy-unmatched", Severity.WARNING, "No request of the traffic goes where a policy is for.");

    /** Nobody goes to one of the paths of a policy. */
    public static final Concern PATH_UNMATCHED =
            new Concern("path-unmatched", Severity.NOTE, "No request of the traffic goes to one of a policy's paths.");

    /** Requests go where no policy stands. */
    public static final Concern TRAFFIC_UNCOVERED =
            new Concern("traffic-uncovered", Severity.WARNING, "Requests of the traffic go where no policy is for.");

    /** Somebody in the traffic is exempt from a limit. */
    public static final Concern EXEMPTION_USED =
            new Concern("exemption-used", Severity.NOTE, "Requests of the traffic are exempt from a limit.");

    /** Nobody in the traffic is exempt from a limit. */
    public static final Concern EXEMPTION_UNUSED = new Concern(
            "exemption-unused", Severity.NOTE, "A limit exempts somebody of whom nothing is in the traffic.");

    /** Some of the traffic says less than it could. */
    public static final Concern TRAFFIC_UNCLEAR =
            new Concern("traffic-unclear", Severity.NOTE, "The traffic does not say all that is needed to look at it.");

    /** All of them. */
    public static final List<Concern> ALL = List.of(
            LIMIT_BELOW_TRAFFIC,
            POLICY_UNMATCHED,
            PATH_UNMATCHED,
            TRAFFIC_UNCOVERED,
            EXEMPTION_USED,
            EXEMPTION_UNUSED,
            TRAFFIC_UNCLEAR);

    private TrafficConcerns() {}
}
