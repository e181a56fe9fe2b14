package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Where a client's certificate comes from: the connection, or else a header that a trusted proxy writes. Thread-safe.
 *
 * <p>The container's word comes first: a certificate of the connection is the one that counts, also when that is a proxy's own.
 * A header of any other peer is ignored, and counted.
 */
@TrustedBase
public final class CertificateSource {

    /** How many certificates a client may bring along. */
    public static final int MAX_CHAIN = 4;

    private final @Nullable String header;
    private final CertificateHeader format;
    private final LongAdder ignored = new LongAdder();

    /** What was found. */
    sealed interface Found permits Chain, Unreadable {}

    /** The certificates, the client's own first; none when none came. */
    record Chain(List<X509Certificate> certificates) implements Found {

        static final Chain NONE = new Chain(List.of());
    }

    /** There is something, and it cannot be read in one way alone. */
    enum Unreadable implements Found {
        /** The only one. */
        ONE
    }

    private CertificateSource(@Nullable String header, CertificateHeader format) {
        this.header = header;
        this.format = format;
    }

    /** The connection alone. */
    public static CertificateSource connection() {
        return new CertificateSource(null, CertificateHeader.RFC9440);
    }

    /** The connection, or else this header in this format, of trusted peers only. */
    public static CertificateSource header(String name, CertificateHeader format) {
        return new CertificateSource(requireNonNull(name, "name"), requireNonNull(format, "format"));
    }

    /** How many requests of peers that are not trusted carried the header, which was ignored. */
    public long ignored() {
        return ignored.sum();
    }

    /** The certificates that came with the request. */
    Found find(Request request) {
        var chain = request.certificates();
        if (!chain.isEmpty()) {
            return chain.size() <= MAX_CHAIN ? new Chain(chain) : Unreadable.ONE;
        }
        if (header == null || request.header(header) == null) {
            return Chain.NONE;
        }
        if (!request.fromTrustedPeer()) {
            ignored.increment();
            return Chain.NONE;
        }
        var read = format.read(request, header);
        return read == null || read.isEmpty() || read.size() > MAX_CHAIN ? Unreadable.ONE : new Chain(read);
    }
}
