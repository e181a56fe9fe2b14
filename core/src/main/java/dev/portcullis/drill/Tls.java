package dev.portcullis.drill;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whose certificates are believed when an application is asked over https. Immutable.
 *
 * @param sockets makes the connections
 * @param named whether the certificate must be for the host's name
 */
public record Tls(SSLSocketFactory sockets, boolean named) {

    /** Checks that there is something to make connections. */
    public Tls {
        requireNonNull(sockets, "sockets");
    }

    /** Those that Java believes. */
    public static Tls usual() {
        return new Tls((SSLSocketFactory) SSLSocketFactory.getDefault(), true);
    }

    /**
     * These, and those that they have issued.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Tls trusting(Collection<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var count = 0;
            for (var certificate : certificates) {
                store.setCertificateEntry("trusted-" + count++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return new Tls(sockets(trust.getTrustManagers()), true);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("these certificates cannot be trusted", e);
        }
    }

    /** Anybody's: whoever sits between reads everything, credentials among it. */
    public static Tls unsafeAny() {
        try {
            return new Tls(sockets(new TrustManager[] {new Anybody()}), false);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static SSLSocketFactory sockets(TrustManager[] trust) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust, new SecureRandom());
        return context.getSocketFactory();
    }

    /** Believes whatever it is shown. Stateless. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
