package dev.portcullis.spring.boot;

import dev.portcullis.config.Configuration;
import dev.portcullis.config.Policy;
import java.util.List;
import java.util.Map;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/** Finds handler mappings that take a path for another, so that a request could reach a handler past the policy of its path. */
final class LooseMappings {

    private static final String HELP =
            "let mappings compare paths exactly, or name policies by `@Guard` and not by paths";

    private LooseMappings() {}

    /**
     * Looks at how the mappings compare paths.
     *
     * @throws CannotTakeEffect when policies have paths and a mapping is looser than they are
     */
    static void refuse(List<HandlerMapping> mappings, Configuration configuration) {
        var policies = configuration.policies();
        if ((policies == null ? Map.<String, Policy>of() : policies)
                .values().stream().allMatch(policy -> policy.paths() == null)) {
            return;
        }
        for (var mapping : mappings) {
            if (mapping instanceof AbstractHandlerMapping loose) {
                refuse(loose, "/A", "ignores the case of paths");
                refuse(loose, "/a/", "ignores a slash at the end of paths");
            }
        }
    }

    private static void refuse(AbstractHandlerMapping mapping, String other, String what) {
        var parser = mapping.getPatternParser();
        var same = parser == null
                ? mapping.getPathMatcher().match("/a", other)
                : parser.parse("/a").matches(PathContainer.parsePath(other));
        if (same) {
            throw new CannotTakeEffect(mapping.getClass().getName(), what + ", and policies with paths do not", HELP);
        }
    }
}
