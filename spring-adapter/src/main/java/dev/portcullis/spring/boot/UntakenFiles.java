package dev.portcullis.spring.boot;

import dev.portcullis.config.Configuration;
import dev.portcullis.config.Gate;
import dev.portcullis.servlet.PortcullisFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.web.context.WebApplicationContext;

/** Finds policies about files in an application in which nobody takes multipart bodies. */
final class UntakenFiles {

    private UntakenFiles() {}

    /**
     * Looks at all servlets.
     *
     * @throws CannotTakeEffect when a policy has {@code uploads} and no servlet takes multipart bodies
     */
    static void refuse(Gate gate, ApplicationContext context) {
        refuse(gate.asksForFiles(), context);
    }

    /** Does the same for a configuration that is to take the place of another. */
    static void refuse(Configuration configuration, ApplicationContext context) {
        var policies = configuration.policies();
        refuse(policies != null && policies.values().stream().anyMatch(policy -> policy.uploads() != null), context);
    }

    private static void refuse(boolean asked, ApplicationContext context) {
        var servlets = context instanceof WebApplicationContext web ? web.getServletContext() : null;
        if (servlets != null && asked && PortcullisFilter.partsAreTakenByNobody(servlets)) {
            throw new CannotTakeEffect(
                    "portcullis.policies.*.uploads",
                    "no servlet takes multipart bodies",
                    "let Spring take them (`spring.servlet.multipart.enabled: true`), or take away `uploads`");
        }
    }
}
