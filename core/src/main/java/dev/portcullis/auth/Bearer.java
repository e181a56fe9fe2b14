package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bearer tokens of either kind: signed ones of a known issuer are verified here, and the issuer is asked about all others. Thread-safe.
 *
 * <p>A token that names a known issuer and is not signed by it is denied; nobody asks about it.
 */
@TrustedBase
public final class Bearer extends TokenScheme {

    private final Jwt jwt;
    private final Introspection introspection;

    private Bearer(Jwt jwt, Introspection introspection) {
        super(demanded(jwt, introspection), jwt.proofs());
        this.jwt = jwt;
        this.introspection = introspection;
    }

    /** Tokens of either kind. */
    public static Bearer of(Jwt jwt, Introspection introspection) {
        return new Bearer(jwt, introspection);
    }

    private static List<Possession> demanded(Jwt jwt, Introspection introspection) {
        return Stream.concat(jwt.demanded().stream(), introspection.demanded().stream())
                .toList();
    }

    /** What either knows of it, in this order. */
    @Override
    Claim claim(String token) {
        var signed = jwt.claim(token);
        if (signed.proven()) {
            return signed;
        }
        var asked = introspection.claim(token);
        return asked.proven() ? asked : signed;
    }

    @Override
    Found find(String token) {
        var found = jwt.find(token);
        return Denials.isOfNobody(found.verdict()) ? introspection.find(token) : found;
    }
}
