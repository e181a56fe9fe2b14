package dev.portcullis.spring.boot;

import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** Finds a container or a framework that reads the headers of proxies too, so that the caller's address would be read twice. */
final class ForwardedTwice {

    private static final String STRATEGY = "server.forward-headers-strategy";
    private static final String HELP =
            "let one of them read the headers: take away either that or `portcullis.forwarded`";

    private final Environment environment;
    private final ApplicationContext context;

    ForwardedTwice(Environment environment, ApplicationContext context) {
        this.environment = environment;
        this.context = context;
    }

    /**
     * Looks at the properties and beans that make others read them.
     *
     * @throws CannotTakeEffect when others read them too
     */
    void refuse() {
        if (!environment.containsProperty("portcullis.forwarded.trusted")
                && !environment.containsProperty("portcullis.forwarded.trusted[0]")) {
            return;
        }
        var strategy = environment.getProperty(STRATEGY, "none");
        if (!strategy.equalsIgnoreCase("none")) {
            throw found("`" + STRATEGY + "` is `" + strategy + "`");
        }
        if (environment.containsProperty("server.tomcat.remoteip.remote-ip-header")) {
            throw found("`server.tomcat.remoteip.remote-ip-header` is set");
        }
        if (context.getBeanNamesForType(ForwardedHeaderFilter.class, true, false).length > 0) {
            throw found("there is a `ForwardedHeaderFilter`");
        }
    }

    private static CannotTakeEffect found(String what) {
        return new CannotTakeEffect("portcullis.forwarded", what + ", which reads the headers of proxies too", HELP);
    }
}
