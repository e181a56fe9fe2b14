package dev.portcullis.config;

import dev.portcullis.auth.Nonces;
import dev.portcullis.auth.Possession;
import dev.portcullis.auth.Possession.Demand;
import dev.portcullis.auth.Proofs;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what tokens must be bound to, and what proofs of it must be like.
 *
 * @param top where the configuration is written
 * @param written the configuration
 */
record DpopCompiler(At top, Configuration written) {

    private static final Kind<Demand> DEMAND =
            Kind.choice("demand", Map.of("off", Demand.OFF, "optional", Demand.OPTIONAL, "required", Demand.REQUIRED));

    /** What an issuer's tokens must be bound to. */
    static Possession possession(At at, TrustedIssuer.@Nullable Proof part) {
        return part == null
                ? Possession.NONE
                : new Possession(
                        at.child("dpop").read(part.dpop(), DEMAND, Demand.OFF),
                        at.child("certificate").read(part.certificate(), DEMAND, Demand.OFF));
    }

    /** What proofs must be like. A node makes its own secret of this where none is written. */
    Proofs.Settings settings(byte[] random, Clock clock) {
        var part = written.dpop();
        if (part == null) {
            return Proofs.Settings.USUAL;
        }
        var at = top.child("dpop");
        if (!demanded(true)) {
            at.problem("no issuer's tokens are bound to keys", "write `issuers.NAME.proof: { dpop: optional }`");
        }
        var lifetime = at.child("lifetime").read(part.lifetime(), Kind.DURATION, Proofs.DEFAULT_LIFETIME);
        var nonces = nonces(at, part, random, clock);
        var settings = at.child("lifetime")
                .make("", "write a time up to `10m`", unused -> new Proofs.Settings(lifetime, nonces));
        return settings == null ? Proofs.Settings.USUAL : settings;
    }

    private static @Nullable Nonces nonces(At at, DpopSettings part, byte[] random, Clock clock) {
        var secret = part.nonceSecret();
        if (!at.child("nonces").read(part.nonces(), Kind.SWITCH, false)) {
            if (secret != null) {
                at.child("nonce-secret")
                        .problem("has no effect without `nonces: true`", "write it, or remove the secret");
            }
            return null;
        }
        var bytes = secret == null ? random : secret.getBytes(StandardCharsets.UTF_8);
        return at.child("nonce-secret")
                .make("", "give at least 32 random characters", unused -> Nonces.of(bytes, clock));
    }

    /** Finds it a problem when certificates are demanded that no connection brings. */
    void demandConnector(boolean possible) {
        if (!possible && demanded(false)) {
            top.child("issuers")
                    .problem(
                            "tokens must be bound to certificates, but the connector asks no client for one",
                            "set `server.ssl.client-auth` to `need` or `want`, or name the header of your proxy: `certificates.header`");
        }
    }

    private boolean demanded(boolean dpop) {
        var issuers = written.issuers() == null ? Map.<String, TrustedIssuer>of() : written.issuers();
        return issuers.values().stream()
                .map(TrustedIssuer::proof)
                .anyMatch(part -> part != null && isOn(dpop ? part.dpop() : part.certificate()));
    }

    private static boolean isOn(@Nullable String demand) {
        return demand != null && !Kind.isOff(demand);
    }
}
