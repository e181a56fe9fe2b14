package dev.portcullis.spring.boot;

import dev.portcullis.Listener;
import dev.portcullis.attack.BackgroundDetector;
import dev.portcullis.auth.ClientStore;
import dev.portcullis.authz.Authorizer;
import dev.portcullis.config.Bundles;
import dev.portcullis.config.Configuration;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.Gate;
import dev.portcullis.config.GateBuilder;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Problem;
import dev.portcullis.config.Resources;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.store.Ledger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Opens the gate once all handlers are known and before the server listens; or stops the start.
 *
 * <p>Its threads fetch keys, and ask issuers and databases. They are no bean, for an executor among the beans would take the place of the application's own.
 */
final class Opening implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");
    private static final String ERROR_CONTROLLERS = "org.springframework.boot.";
    private static final String CLIENT_AUTH = "server.ssl.client-auth";
    private static final String SERVLET_PATH = "spring.mvc.servlet.path";

    private final ApplicationContext context;
    private final Environment environment;
    private final Portcullis portcullis;
    private final Listener listener;
    private @Nullable Bundles bundles;
    private final ExecutorService background = Executors.newFixedThreadPool(8, Opening::daemon);

    Opening(ApplicationContext context, Portcullis portcullis, Listener listener) {
        this.context = context;
        this.environment = context.getEnvironment();
        this.portcullis = portcullis;
        this.listener = listener;
    }

    /** A thread that keeps no application alive. */
    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "portcullis");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void destroy() {
        if (bundles != null) {
            bundles.feed().close();
        }
        background.shutdownNow();
    }

    @Override
    public void afterSingletonsInstantiated() {
        var handlers = HandlerMethods.of(
                beans(RequestMappingHandlerMapping.class), environment.getProperty(SERVLET_PATH, "/"));
        new IdleAnnotations(handlers).refuse(context);
        var written = new Properties(environment).read();
        CallerArguments.refuse(handlers, beans(RequestMappingHandlerAdapter.class));
        for (var masks : beans(MaskedConverters.class)) {
            new MaskedTypes(masks, beans(RequestMappingHandlerAdapter.class)).refuse(handlers);
        }
        bundles = Bundles.of(written, resources(), background);
        var gate = bundles == null ? gate(written, handlers) : followed(bundles, handlers);
        CallerArguments.refuse(handlers, gate);
        UntakenFiles.refuse(gate, context);
        var routes = new HandlerRoutes(beans(HandlerMapping.class), handlers);
        ChangedMethods.refuse(routes, context);
        var unused = gate.prepare();
        portcullis.start(gate, new PortcullisFilter(gate, routes, SecuritySessions.found()), handlers);
        if (bundles != null) {
            bundles.feed().follow(gate, bundles.every(), background);
        }
        tell(gate, handlers);
    }

    private Resources resources() {
        return location -> context.getResource(location).getInputStream();
    }

    /** The gate of the bundle that is there, or of the one that was kept where none can be built of that one. */
    private Gate followed(Bundles from, HandlerMethods handlers) {
        try {
            var first = from.feed().first();
            try {
                return gate(first, handlers);
            } catch (ConfigurationException e) {
                var kept = from.feed().insteadOf(e);
                if (kept == null) {
                    throw e;
                }
                LOG.error("the bundle is not taken, and the one that was kept is asked", e);
                return gate(kept, handlers);
            }
        } catch (IOException e) {
            throw new ConfigurationException(List.of(new Problem(
                    "bundle.source", "", "cannot be had: " + e.getMessage(), "see to it that both files are there")));
        }
    }

    private Gate gate(PolicyFile file, HandlerMethods handlers) {
        demandOf(file.configuration());
        var building = Gate.builder(file).vetting(this::vet);
        var ways = ways(file.configuration(), building);
        building.listener(listener)
                .executor(background)
                .resources(resources())
                .handlers(handlers.withWords(
                        new Words(ways, handlers.sharedNames()),
                        new BodyFields(environment),
                        Derivations.of(context, file.configuration())));
        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, Authorizer.class)
                .forEach(building::authorizer);
        beans(BackgroundDetector.class).forEach(building::detector);
        if (file.configuration().store() == null) {
            new StoreBeans(context).handTo(building);
        }
        if (!asksForCertificates()) {
            building.withoutClientCertificates();
        }
        return new FrameworkPaths(environment)
                .tell(building, environment.getProperty(SERVLET_PATH, "/"))
                .build();
    }

    private void demandOf(Configuration configuration) {
        new ForwardedTwice(environment, context).refuse(configuration);
        LooseMappings.refuse(beans(HandlerMapping.class), configuration);
    }

    /** Demands of a configuration that comes while the application runs what a start demands. */
    private void vet(Configuration configuration) {
        try {
            demandOf(configuration);
            UntakenFiles.refuse(configuration, context);
        } catch (CannotTakeEffect e) {
            throw e.refusal();
        }
    }

    /** Tells whether the server is told to ask clients for certificates. */
    private boolean asksForCertificates() {
        var asks = environment.getProperty(CLIENT_AUTH, "none");
        return asks.equalsIgnoreCase("need") || asks.equalsIgnoreCase("want");
    }

    /** Hands in where the application has keys, and says which ways to authenticate there are. */
    private List<String> ways(Configuration configuration, GateBuilder builder) {
        var ways = new LinkedHashSet<>(configuration.ways());
        context.getBeanProvider(ClientStore.class).ifAvailable(store -> {
            builder.clients(store);
            ways.add("api-key");
        });
        context.getBeanProvider(DataSource.class).ifUnique(builder::database);
        context.getBeanProvider(Ledger.class).ifUnique(builder::ledger);
        return List.copyOf(ways);
    }

    private <T> List<T> beans(Class<T> type) {
        ListableBeanFactory factory = context;
        var all = new ArrayList<>(BeanFactoryUtils.beansOfTypeIncludingAncestors(factory, type, true, false)
                .values());
        AnnotationAwareOrderComparator.sort(all);
        return all;
    }

    private static void tell(Gate gate, HandlerMethods handlers) {
        LOG.info(
                "the gate is up: policy {}, {} handlers",
                gate.engine().policies().digest(),
                handlers.byId().size());
        for (var id : gate.uncovered()) {
            if (!id.startsWith(ERROR_CONTROLLERS)) {
                var patterns = handlers.byId().get(id);
                LOG.warn(
                        "no policy is for {} {} (annotate it, or write a policy that names its path)",
                        id,
                        patterns == null ? List.of() : patterns.patterns());
            }
        }
    }
}
