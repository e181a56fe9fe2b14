package dev.portcullis.benchmark;

import dev.portcullis.config.Gate;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.servlet.Routes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/** Embedded Tomcat on a free port of the loopback, with one servlet and perhaps the gate in front of it. */
final class GatedTomcat implements Flooded {

    private final Tomcat tomcat;

    private GatedTomcat(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    /** Starts it; without a gate where there is none. */
    static GatedTomcat start(@Nullable Gate gate, HttpServlet servlet, String path) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("benchmark").toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        var context = tomcat.addContext("", null);
        if (gate != null) {
            guard(context, gate);
        }
        Tomcat.addServlet(context, "work", servlet).addMapping(path);
        tomcat.start();
        return new GatedTomcat(tomcat);
    }

    private static void guard(Context context, Gate gate) {
        var definition = new FilterDef();
        definition.setFilterName("portcullis");
        definition.setFilter(new PortcullisFilter(gate, Routes.UNKNOWN));
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        var mapping = new FilterMap();
        mapping.setFilterName("portcullis");
        mapping.addURLPattern("/*");
        EnumSet.allOf(DispatcherType.class).forEach(type -> mapping.setDispatcher(type.name()));
        context.addFilterMap(mapping);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Waits until the process is killed. */
    void await() {
        tomcat.getServer().await();
    }

    @Override
    public void close() throws IOException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IOException(e);
        }
    }
}
