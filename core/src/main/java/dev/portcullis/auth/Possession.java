package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

/**
 * Whether an issuer's tokens must be bound to something that their holder alone has. Immutable.
 *
 * <p>A token that is bound is never taken without its proof, whatever is demanded: where the way is {@link Demand#OFF} it is denied.
 *
 * @param dpop whether to a key, of which every request brings a proof (RFC 9449)
 * @param certificate whether to a client certificate, which the connection proves (RFC 8705, section 3)
 */
public record Possession(Demand dpop, Demand certificate) {

    /** No token is bound: what is demanded where nothing is said. */
    public static final Possession NONE = new Possession(Demand.OFF, Demand.OFF);

    /** How much is demanded. */
    public enum Demand {
        /** No token that is bound so is taken. */
        OFF,
        /** A token that is bound so is taken with its proof, others without. */
        OPTIONAL,
        /** Every token is bound so, and is taken with its proof alone. */
        REQUIRED
    }

    /** Checks that both are there. */
    public Possession {
        requireNonNull(dpop, "dpop");
        requireNonNull(certificate, "certificate");
    }

    /** Whether some tokens come under the scheme {@code DPoP}. */
    boolean takesDpop() {
        return dpop != Demand.OFF;
    }

    /** Whether some tokens come under the scheme {@code Bearer}. */
    boolean takesBearer() {
        return dpop != Demand.REQUIRED;
    }
}
