package dev.portcullis.spring.boot;

import dev.portcullis.config.Configuration;
import java.util.List;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** Finds a container or a framework that reads the headers of proxies too, so that the caller's address would be read twice. */
final class ForwardedTwice {

    private static final String STRATEGY = "server.forward-headers-strategy";
    private static final List<String> VALVE =
            List.of("server.tomcat.remoteip.remote-ip-header", "server.tomcat.remoteip.protocol-header");
    private static final String HELP = "let one of them read the headers: take away either that (`" + STRATEGY
            + ": none`) or `portcullis.forwarded`";

    private final Environment environment;
    private final ApplicationContext context;

    ForwardedTwice(Environment environment, ApplicationContext context) {
        this.environment = environment;
        this.context = context;
    }

    /**
     * Looks at the properties and beans that make others read them, and at the platform that makes Boot do so unasked.
     *
     * @throws CannotTakeEffect when others read them too
     */
    void refuse(Configuration configuration) {
        if (configuration.forwarded() == null) {
            return;
        }
        var strategy = environment.getProperty(STRATEGY, strategyOfPlatform());
        if (!strategy.equalsIgnoreCase("none")) {
            throw found("`" + STRATEGY + "` is `" + strategy + "`");
        }
        for (var property : VALVE) {
            if (environment.containsProperty(property)) {
                throw found("`" + property + "` is set");
            }
        }
        if (context.getBeanNamesForType(ForwardedHeaderFilter.class, true, false).length > 0) {
            throw found("there is a `ForwardedHeaderFilter`");
        }
    }

    private String strategyOfPlatform() {
        var platform = CloudPlatform.getActive(environment);
        return platform != null && platform.isUsingForwardHeaders() ? "native" : "none";
    }

    private static CannotTakeEffect found(String what) {
        return new CannotTakeEffect("portcullis.forwarded", what + ", which reads the headers of proxies too", HELP);
    }
}
