package dev.portcullis.attack;

import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a path of which variables are excluded: once at the whole path with the detectors that are spared nothing, and once at the path
 * with a plain word for each of those segments with all detectors.
 *
 * <p>A variable that cannot be found for sure, because the route's template does not go with the path segment by segment, stays in.
 */
@TrustedBase
final class PathScan {

    private static final String PLAIN = "x";

    private PathScan() {}

    static Verdict.@Nullable Deny of(Inspection inspection, Request request, Map<String, Relief> said) {
        var all = said.getOrDefault(Exclusion.ALL, Relief.NONE);
        var route = request.route();
        var template = route == null ? "" : route.template();
        var raw = request.rawPath();
        var shortened = without(raw, template, said);
        if (shortened.equals(raw)) {
            return look(inspection, raw, all);
        }
        var spared = all;
        for (var relief : said.values()) {
            spared = spared.and(relief);
        }
        var deny = look(inspection, raw, spared);
        return deny == null ? look(inspection, shortened, all) : deny;
    }

    private static Verdict.@Nullable Deny look(Inspection inspection, String raw, Relief relief) {
        var path = Percent.decode(raw, false);
        var spot = new Spot(Place.PATH, "", Trail.NONE, relief);
        return relief.sparesAll() ? null : inspection.look(spot, path, Traits.of(path));
    }

    /** The path with a plain word for each segment that stands for one of the variables; as it was where the template is not its own. */
    private static String without(String raw, String template, Map<String, Relief> said) {
        var segments = raw.split("/", -1);
        var names = template.split("/", -1);
        if (segments.length != names.length) {
            return raw;
        }
        for (var i = 0; i < names.length; i++) {
            var variable = variable(names[i]);
            if (said.containsKey(variable)) {
                segments[i] = PLAIN;
            } else if (variable.isEmpty() && !names[i].equals(Percent.decode(segments[i], false))) {
                return raw;
            }
        }
        return String.join("/", segments);
    }

    /** The name of the variable that is all of the segment of the template; empty when there is none. */
    private static String variable(String segment) {
        if (!segment.startsWith("{") || !segment.endsWith("}")) {
            return "";
        }
        var colon = segment.indexOf(':');
        return segment.substring(1, colon < 0 ? segment.length() - 1 : colon);
    }
}
