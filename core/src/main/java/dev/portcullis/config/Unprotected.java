package dev.portcullis.config;

import dev.portcullis.config.RouteReport.Access;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at the start what anybody may call. */
final class Unprotected {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");
    private static final int MAX_LINES = 200;

    private Unprotected() {}

    /** Tells the operator, a line for each route; it is a warning where nobody says that it is meant. */
    static void tell(List<RouteReport> routes) {
        var open = routes.stream().filter(RouteReport::isUnprotected).toList();
        open.stream().limit(MAX_LINES).forEach(Unprotected::tell);
        if (open.size() > MAX_LINES) {
            LOG.info("anybody may call {} more", open.size() - MAX_LINES);
        }
    }

    private static void tell(RouteReport route) {
        var methods = route.methods().isEmpty() ? "*" : String.join(",", route.methods());
        var paths = String.join(",", route.paths());
        var by = route.policies().isEmpty() ? "`otherwise: proceed`" : String.join(", ", route.policies());
        if (route.access() == Access.OPEN) {
            LOG.warn("anybody may call {} {} by {}, and nobody says that this is meant", methods, paths, by);
        } else {
            LOG.info("anybody may call {} {} by {}", methods, paths, by);
        }
    }
}
