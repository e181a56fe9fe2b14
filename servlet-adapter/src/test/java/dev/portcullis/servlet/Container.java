package dev.portcullis.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** A real container on a free port of the loopback, with filters in front of some servlets. */
interface Container extends AutoCloseable {

    long MAX_PART = 20L << 20;

    /** The path of a servlet that takes no multipart bodies. */
    String NO_PARTS = "/no-parts";

    /** The path of a servlet that takes multipart bodies of any length. */
    String UNBOUNDED = "/unbounded";

    /** How much a servlet takes of a multipart body. */
    static MultipartConfigElement limits(String path) {
        return path.equals(UNBOUNDED)
                ? new MultipartConfigElement("")
                : new MultipartConfigElement("", MAX_PART, MAX_PART, 0);
    }

    int port();

    @Override
    void close();

    /** A filter, and the pattern of the paths before which it stands. */
    record Placed(Filter filter, String pattern) {}

    /** Which container to start. */
    enum Kind {
        TOMCAT,
        JETTY;

        /** Starts the container; servlets by the path that they are mapped to, {@code /error} gets the error pages. */
        Container start(@Nullable Filter filter, Map<String, HttpServlet> servlets) throws Exception {
            return start(filter, servlets, false);
        }

        /** The same, where the container may read the headers of proxies. */
        Container start(@Nullable Filter filter, Map<String, HttpServlet> servlets, boolean readsProxies)
                throws Exception {
            return start(filter == null ? List.of() : List.of(filter), servlets, readsProxies);
        }

        /** The same with any number of filters, which stand in this order. */
        Container start(List<Filter> filters, Map<String, HttpServlet> servlets, boolean readsProxies)
                throws Exception {
            return startPlaced(
                    filters.stream().map(filter -> new Placed(filter, "/*")).toList(), servlets, readsProxies);
        }

        /** The same with filters that stand before these paths. */
        Container startPlaced(List<Placed> filters, Map<String, HttpServlet> servlets, boolean readsProxies)
                throws Exception {
            return this == TOMCAT
                    ? new OnTomcat(filters, servlets, readsProxies)
                    : new OnJetty(filters, servlets, readsProxies);
        }
    }

    /** Embedded Tomcat. */
    final class OnTomcat implements Container {

        private final Tomcat tomcat = new Tomcat();
        private final Path folder;

        OnTomcat(List<Placed> filters, Map<String, HttpServlet> servlets, boolean readsProxies) throws Exception {
            folder = Files.createTempDirectory("tomcat");
            tomcat.setBaseDir(folder.toString());
            tomcat.setPort(0);
            tomcat.setSilent(true);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            var context = tomcat.addContext("", folder.toString());
            if (readsProxies) {
                tomcat.getEngine().getPipeline().addValve(new RemoteIpValve());
            }
            for (var i = 0; i < filters.size(); i++) {
                add(context, "filter-" + i, filters.get(i));
            }
            servlets.forEach((path, servlet) -> add(context, path, servlet));
            tomcat.start();
        }

        private static void add(Context context, String name, Placed placed) {
            var definition = new FilterDef();
            definition.setFilterName(name);
            definition.setFilterClass(placed.filter.getClass().getName());
            definition.setFilter(placed.filter);
            definition.setAsyncSupported("true");
            context.addFilterDef(definition);
            var mapping = new FilterMap();
            mapping.setFilterName(name);
            mapping.addURLPattern(placed.pattern);
            EnumSet.allOf(DispatcherType.class).forEach(type -> mapping.setDispatcher(type.name()));
            context.addFilterMap(mapping);
        }

        private static void add(Context context, String path, HttpServlet servlet) {
            Wrapper wrapper = Tomcat.addServlet(context, path, servlet);
            wrapper.setAsyncSupported(true);
            if (!path.equals(NO_PARTS)) {
                wrapper.setMultipartConfigElement(limits(path));
            }
            wrapper.addMapping(path);
            if (path.equals("/error")) {
                var page = new org.apache.tomcat.util.descriptor.web.ErrorPage();
                page.setLocation(path);
                context.addErrorPage(page);
            }
        }

        @Override
        public int port() {
            return tomcat.getConnector().getLocalPort();
        }

        @Override
        public void close() {
            try {
                tomcat.stop();
                tomcat.destroy();
                try (var files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
                }
            } catch (LifecycleException | IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Embedded Jetty. */
    final class OnJetty implements Container {

        private final Server server = new Server();
        private final ServerConnector connector = new ServerConnector(server);

        OnJetty(List<Placed> filters, Map<String, HttpServlet> servlets, boolean readsProxies) throws Exception {
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            if (readsProxies) {
                connector
                        .getConnectionFactory(HttpConnectionFactory.class)
                        .getHttpConfiguration()
                        .addCustomizer(new ForwardedRequestCustomizer());
            }
            var context = new ServletContextHandler("/");
            for (var filter : filters) {
                var holder = new FilterHolder(filter.filter);
                holder.setAsyncSupported(true);
                context.addFilter(holder, filter.pattern, EnumSet.allOf(DispatcherType.class));
            }
            var pages = new ErrorPageErrorHandler();
            servlets.forEach((path, servlet) -> add(context, pages, path, servlet));
            context.setErrorHandler(pages);
            server.setHandler(context);
            server.start();
        }

        private static void add(
                ServletContextHandler context, ErrorPageErrorHandler pages, String path, HttpServlet servlet) {
            var holder = new ServletHolder(servlet);
            holder.setAsyncSupported(true);
            if (!path.equals(NO_PARTS)) {
                holder.getRegistration().setMultipartConfig(limits(path));
            }
            context.addServlet(holder, path);
            if (path.equals("/error")) {
                pages.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, path);
            }
        }

        @Override
        public int port() {
            return connector.getLocalPort();
        }

        @Override
        public void close() {
            try {
                server.stop();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
