package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.fetch.CannotTell;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The authorities whose certificates are trusted, with their lists of revoked ones (RFC 5280). Immutable; two of them are the same
 * only if they are one.
 *
 * <p>Nothing is fetched: neither OCSP nor lists that certificates point to.
 */
@TrustedBase
final class TrustedAuthorities {

    private final List<X509Certificate> authorities;
    private final List<X509CRL> revoked;

    /** What came of looking for a path. */
    sealed interface Finding permits Path, NoPath {}

    /** The way from the client's certificate to an authority, with the span of time in which all of it is valid. */
    record Path(long from, long until) implements Finding {

        Verdict judge(long now) {
            if (now < from) {
                return CertificateDenials.NOT_YET_VALID;
            }
            return now > until ? CertificateDenials.EXPIRED : Verdict.pass();
        }
    }

    /** There is none. */
    record NoPath(Verdict.Deny deny) implements Finding {}

    /** Authorities, and lists of what they revoked; without lists nothing is held to be revoked. */
    TrustedAuthorities(List<X509Certificate> authorities, List<X509CRL> revoked) {
        this.authorities = List.copyOf(authorities);
        this.revoked = List.copyOf(revoked);
    }

    List<X509Certificate> all() {
        return authorities;
    }

    /**
     * Looks for a path that is valid at the time.
     *
     * @param chain the client's certificate, and what it brought along
     * @param now the time, in milliseconds of the epoch
     * @throws IllegalStateException when a list is over, or it cannot otherwise be told whether a certificate was revoked
     */
    Finding find(List<X509Certificate> chain, long now) {
        var own = chain.get(0);
        var span = new Path(
                own.getNotBefore().toInstant().toEpochMilli(),
                own.getNotAfter().toInstant().toEpochMilli());
        if (span.judge(now) instanceof Verdict.Deny late) {
            return new NoPath(late);
        }
        if (!X509.isForClients(own)) {
            return new NoPath(CertificateDenials.PURPOSE);
        }
        demandFreshLists(now);
        try {
            var built = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters(chain, now));
            return judge(built, now);
        } catch (CertPathBuilderException e) {
            return new NoPath(because(e));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("certificates cannot be verified", e);
        }
    }

    /**
     * Demands that no list of revoked certificates is over.
     *
     * @throws IllegalStateException when one is
     */
    void demandFreshLists(long now) {
        for (var list : revoked) {
            var next =
                    list.getNextUpdate() == null ? null : list.getNextUpdate().toInstant();
            if (next != null && next.toEpochMilli() < now) {
                throw new CannotTell("the list of revoked certificates of `"
                        + list.getIssuerX500Principal().getName() + "` is over since " + next);
            }
        }
    }

    private PKIXBuilderParameters parameters(List<X509Certificate> chain, long now) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
        var target = new X509CertSelector();
        target.setCertificate(chain.get(0));
        var parameters = new PKIXBuilderParameters(anchors, target);
        var known = new ArrayList<Object>(chain);
        known.addAll(revoked);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
        parameters.setDate(Date.from(Instant.ofEpochMilli(now)));
        parameters.setMaxPathLength(CertificateSource.MAX_CHAIN - 1);
        parameters.setRevocationEnabled(!revoked.isEmpty());
        if (!revoked.isEmpty()) {
            var checker =
                    (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
            checker.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
        }
        return parameters;
    }

    private Finding judge(PKIXCertPathBuilderResult built, long now) {
        var authority = built.getTrustAnchor().getTrustedCert();
        var from = authority.getNotBefore().toInstant().toEpochMilli();
        var until = authority.getNotAfter().toInstant().toEpochMilli();
        if (!X509.isStrong(authority.getPublicKey())) {
            return new NoPath(CertificateDenials.WEAK);
        }
        for (var certificate : built.getCertPath().getCertificates()) {
            var one = (X509Certificate) certificate;
            if (!X509.isStrong(one)) {
                return new NoPath(CertificateDenials.WEAK);
            }
            from = Math.max(from, one.getNotBefore().toInstant().toEpochMilli());
            until = Math.min(until, one.getNotAfter().toInstant().toEpochMilli());
        }
        var path = new Path(from, until);
        return path.judge(now) instanceof Verdict.Deny late ? new NoPath(late) : path;
    }

    private static Verdict.Deny because(CertPathBuilderException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (!(cause instanceof CertPathValidatorException invalid)) {
                continue;
            }
            var reason = invalid.getReason();
            if (reason == BasicReason.UNDETERMINED_REVOCATION_STATUS) {
                throw new CannotTell("nobody can tell whether a certificate was revoked");
            }
            if (reason == BasicReason.REVOKED) {
                return CertificateDenials.REVOKED;
            }
            if (reason == BasicReason.EXPIRED) {
                return CertificateDenials.EXPIRED;
            }
            if (reason == BasicReason.ALGORITHM_CONSTRAINED) {
                return CertificateDenials.WEAK;
            }
        }
        return CertificateDenials.UNTRUSTED;
    }
}
