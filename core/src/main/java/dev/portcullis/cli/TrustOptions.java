package dev.portcullis.cli;

import dev.portcullis.drill.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whose certificate is believed over https. Filled in by picocli, for one command. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrustOptions {

    private static final long MAX_FILE = 1 << 20;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "Believes these certificates (PEM), and those that they have issued, instead of those that Java believes.")
    private @Nullable Path trusted;

    @Option(
            names = "--insecure",
            description =
                    "Believes any certificate, of whatever name: whoever sits between reads everything, credentials among it.")
    private boolean insecure;

    Tls tls(CommandSpec spec) {
        if (insecure) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "warning: --insecure: any certificate is believed, and whoever shows one gets the credentials");
            return Tls.unsafeAny();
        }
        return trusted == null ? Tls.usual() : trusting(trusted, spec);
    }

    private static Tls trusting(Path file, CommandSpec spec) {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new ParameterException(spec.commandLine(), "--trust: `" + file + "` is longer than 1 MiB");
            }
            try (var in = Files.newInputStream(file)) {
                return Tls.trusting(CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                        .map(X509Certificate.class::cast)
                        .toList());
            }
        } catch (IOException | CertificateException | IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--trust: `" + file + "` (expected: a file of certificates, PEM)", e);
        }
    }
}
