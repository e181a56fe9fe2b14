package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.Authority;
import dev.portcullis.fixture.IdentityProvider;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are bound to a client certificate (RFC 8705), and callers who are proven by one, over real TLS. */
class MutualTlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private final Clock clock = Clock.systemUTC();
    private final IdentityProvider provider = IdentityProvider.start(clock);
    private final Authority authority =
            Authority.root("CN=root", clock.instant().minus(Duration.ofDays(1)));
    private final Authority.Issued server =
            authority.issue(Authority.Draft.client("dns:localhost").purpose("server"));
    private final Authority.Issued own = authority.issue(Authority.Draft.client("dns:shop.example"));
    private final Authority.Issued other = authority.issue(Authority.Draft.client("dns:shop.example"));

    @AfterEach
    void close() {
        provider.close();
    }

    /** A server that was started, by its port and by how it is stopped. */
    private record Started(int port, Stop stop) implements AutoCloseable {

        @Override
        public void close() {
            try {
                stop.now();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Stops a server. */
    @FunctionalInterface
    private interface Stop {

        void now() throws Exception;
    }

    private static final class Hello extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello " + request.getRemoteUser());
        }
    }

    private KeyStore trusted() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", authority.certificate());
        return store;
    }

    private Path saved(String name, KeyStore store) throws Exception {
        var file = folder.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private Gate gate() {
        var yaml = """
                https: { plain: deny }
                issuers: { main: { issuer: "%s", audiences: [orders-api], key-timeout: 30s, proof: { certificate: required } } }
                policies: { orders: { paths: [/orders], authenticate: [jwt] } }
                """.formatted(provider.issuer());
        return Gate.builder(PolicyFile.parse("p.yml", yaml, name -> null)).build();
    }

    private Started jetty(Gate gate) throws Exception {
        var tls = new SslContextFactory.Server();
        tls.setKeyStore(server.store(PASSWORD));
        tls.setKeyStorePassword(PASSWORD);
        tls.setTrustStore(trusted());
        tls.setWantClientAuth(true);
        var configuration = new HttpConfiguration();
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        var jetty = new Server();
        var connector = new ServerConnector(jetty, tls, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        var context = new ServletContextHandler("/");
        var filter = new FilterHolder(new PortcullisFilter(gate, Routes.UNKNOWN));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder(new Hello()), "/");
        jetty.setHandler(context);
        jetty.start();
        return new Started(connector.getLocalPort(), jetty::stop);
    }

    private Started tomcat(Gate gate) throws Exception {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setSilent(true);
        var connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        connector.setSecure(true);
        connector.setScheme("https");
        var tls = new SSLHostConfig();
        tls.setCertificateVerification("optional");
        tls.setTruststoreFile(saved("trusted.p12", trusted()).toString());
        tls.setTruststorePassword(PASSWORD);
        tls.setTruststoreType("PKCS12");
        var certificate = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.EC);
        certificate.setCertificateKeystoreFile(
                saved("server.p12", server.store(PASSWORD)).toString());
        certificate.setCertificateKeystorePassword(PASSWORD);
        tls.addCertificate(certificate);
        connector.addSslHostConfig(tls);
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", folder.toString());
        var definition = new FilterDef();
        definition.setFilterName("portcullis");
        definition.setFilter(new PortcullisFilter(gate, Routes.UNKNOWN));
        context.addFilterDef(definition);
        var mapping = new FilterMap();
        mapping.setFilterName("portcullis");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
        Tomcat.addServlet(context, "hello", new Hello()).addMapping("/");
        tomcat.start();
        return new Started(connector.getLocalPort(), () -> {
            tomcat.stop();
            tomcat.destroy();
        });
    }

    private HttpClient client(Authority.@Nullable Issued shown) throws Exception {
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted());
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(shown == null ? empty() : shown.store(PASSWORD), PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static KeyStore empty() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static String ask(HttpClient client, int port, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/orders"))
                .header("Authorization", "Bearer " + token)
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + (response.statusCode() == 200 ? response.body() : code(response.body()));
    }

    private static String code(String problem) {
        return problem.replaceAll("(?s).*\"code\"\\s*:\\s*\"([^\"]*)\".*", "$1");
    }

    private String bound(Authority.Issued to) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(Authority.encoded(to.certificate()));
        var thumbprint = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        return provider.token().claim("cnf", Map.of("x5t#S256", thumbprint)).sign();
    }

    private void holds(Started started) throws Exception {
        var token = bound(own);
        assertThat(ask(client(own), started.port(), token)).isEqualTo("200 hello alice");
        assertThat(ask(client(other), started.port(), token)).as("stolen").isEqualTo("401 invalid-token");
        assertThat(ask(client(null), started.port(), token))
                .as("no certificate")
                .isEqualTo("401 invalid-token");
        assertThat(ask(client(own), started.port(), provider.token().sign()))
                .as("bound to nothing")
                .isEqualTo("401 invalid-token");
        assertThat(ask(client(other), started.port(), bound(other))).isEqualTo("200 hello alice");
    }

    @Test
    void takesATokenOverTheConnectionOfItsCertificateAloneOnJetty() throws Exception {
        try (var gate = gate();
                var started = jetty(gate)) {
            holds(started);
        }
    }

    @Test
    void takesATokenOverTheConnectionOfItsCertificateAloneOnTomcat() throws Exception {
        try (var gate = gate();
                var started = tomcat(gate)) {
            holds(started);
        }
    }
}
