package dev.portcullis.config;

import dev.portcullis.PolicySet;
import dev.portcullis.Rule.Mode;
import dev.portcullis.http.Forwarding;
import dev.portcullis.http.HiddenHeaders;
import dev.portcullis.limit.ConcurrencyRules;
import dev.portcullis.limit.Limit;
import dev.portcullis.outbound.Outbound;
import java.util.List;

/**
 * All that a configuration comes to. Immutable.
 *
 * @param set the rules
 * @param forwarding which proxies are believed
 * @param hidden the headers that the application is not shown
 * @param feeds the feeds that rules ask
 * @param mode the default mode
 * @param logged the names under which log lines say whom they are about
 * @param auditOneIn of how many exchanges of which no rule had anything to say one is written
 * @param tenants how many tenants are counted by themselves
 * @param outbound what goes along with the application's own calls
 * @param conduct what is said of callers who behave badly
 * @param uncovered the ids of handlers that neither annotations nor a path policy speak of
 * @param anonymous the ids of covered handlers in front of which nothing asks who calls
 * @param denied what operators have denied in it
 * @param limits the limits that requests are counted by
 * @param routes how every route is protected
 * @param concurrency tells how it stands with what is in flight
 */
record Compiled(
        PolicySet set,
        Forwarding forwarding,
        HiddenHeaders hidden,
        Feeds feeds,
        Mode mode,
        LoggedNames logged,
        int auditOneIn,
        int tenants,
        Outbound outbound,
        Conduct conduct,
        List<String> uncovered,
        List<String> anonymous,
        DenialCompiler.Denied denied,
        List<Limit> limits,
        List<RouteReport> routes,
        ConcurrencyRules concurrency) {

    /** Tells whether some policy asks about files. */
    boolean asksForFiles() {
        return routes.stream()
                .flatMap(route -> route.rules().stream())
                .anyMatch(rule -> rule.endsWith(FormCompiler.UPLOADS));
    }
}
