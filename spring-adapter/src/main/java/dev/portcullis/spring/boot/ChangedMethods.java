package dev.portcullis.spring.boot;

import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.servlet.Routes;
import org.springframework.context.ApplicationContext;
import org.springframework.web.context.WebApplicationContext;

/** Finds filters that change the method of requests before servlets of which the second lock sees nothing. */
final class ChangedMethods {

    private ChangedMethods() {}

    /**
     * Looks at all filters and servlets.
     *
     * @throws CannotTakeEffect when a servlet would see another method than was judged
     */
    static void refuse(Routes routes, ApplicationContext context) {
        var servlets = context instanceof WebApplicationContext web ? web.getServletContext() : null;
        var changed = servlets == null ? null : PortcullisFilter.changedBehind(servlets, Portcullis.class, routes);
        if (changed != null) {
            throw new CannotTakeEffect(
                    "portcullis.policies.*.methods",
                    changed,
                    "take that filter away (`spring.mvc.hiddenmethod.filter.enabled: false`), keep its url patterns from that servlet,"
                            + " or register the bean `portcullis` a second time, in a FilterRegistrationBean behind it");
        }
    }
}
