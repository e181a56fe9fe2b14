package dev.portcullis.spring.boot;

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
        var servlets = context instanceof WebApplicationContext web ? web.getServletContext() : null;
        if (servlets != null && gate.asksForFiles() && PortcullisFilter.partsAreTakenByNobody(servlets)) {
            throw new CannotTakeEffect(
                    "portcullis.policies.*.uploads",
                    "no servlet takes multipart bodies",
                    "let Spring take them (`spring.servlet.multipart.enabled: true`), or take away `uploads`");
        }
    }
}
