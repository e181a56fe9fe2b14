package dev.portcullis.config;

import dev.portcullis.auth.CertificateHeader;
import dev.portcullis.auth.CertificateMatcher;
import dev.portcullis.auth.CertificateSource;
import dev.portcullis.auth.CertificateTrust;
import dev.portcullis.auth.Certificates;
import dev.portcullis.auth.Scheme;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles which client certificates are trusted, and whose they are. Lives for one configuration. */
final class CertificateCompiler {

    static final String HELP = "write `trust: file:ca.pem` or a PKCS12 store with its `password`";

    private static final Kind<CertificateHeader> FORMAT = Kind.choice(
            "format",
            Map.of(
                    "rfc9440", CertificateHeader.RFC9440,
                    "xfcc", CertificateHeader.XFCC,
                    "url-encoded", CertificateHeader.URL_ENCODED,
                    "base64", CertificateHeader.BASE64));
    private static final Map<String, CertificateHeader> USUAL =
            Map.of("client-cert", CertificateHeader.RFC9440, "x-forwarded-client-cert", CertificateHeader.XFCC);
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final String MATCH =
            "write `spiffe://...`, `uri:...`, `dns:...`, `email:...` or `spki-sha256:...`; subjects are not compared";
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final At top;
    private final Contents contents;
    private final Configuration written;

    CertificateCompiler(At top, Contents contents, Configuration written) {
        this.top = top;
        this.contents = contents;
        this.written = written;
    }

    private At at() {
        return top.child("certificates");
    }

    /** Where authorities are loaded from; null when nothing is written, or there is a problem. */
    CertificateTrust.@Nullable Source source() {
        var part = written.certificates();
        if (part == null) {
            return null;
        }
        if (part.trust() == null) {
            at().child("trust").problem("missing", HELP);
            return null;
        }
        var refresh = at().child("refresh").read(part.refresh(), Kind.DURATION, CertificateTrust.DEFAULT_REFRESH);
        if (refresh.compareTo(SHORTEST) < 0) {
            at().child("refresh").problem("`" + part.refresh() + "` (expected: at least 1s)", "write `1m`");
        }
        var trust = reader(at().child("trust"), part.trust());
        var lists = new ArrayList<CertificateTrust.Reader>();
        var crl = part.crl() == null ? List.<String>of() : part.crl();
        for (var i = 0; i < crl.size(); i++) {
            lists.add(reader(at().child("crl").item(i), crl.get(i)));
        }
        return at().clean() ? new CertificateTrust.Source(part.trust(), part.password(), refresh, trust, lists) : null;
    }

    /** Reads now what problems there are with a location, and later what stands there then. */
    private CertificateTrust.Reader reader(At at, String location) {
        contents.bytes(at, location);
        return () -> {
            var again = contents.again(location);
            if (again == null) {
                throw new IOException(Contents.shown(location) + " cannot be read");
            }
            return again;
        };
    }

    /** Loads the authorities; null when there is a problem. */
    @Nullable
    CertificateTrust load(CertificateTrust.Source source, Clock clock, Executor executor) {
        return at().child("trust").make("", HELP, unused -> CertificateTrust.of(source, clock, executor));
    }

    /** Where certificates come from; null when there is a problem. */
    @Nullable
    CertificateSource from() {
        var part = written.certificates();
        var header = part == null ? null : part.header();
        if (part == null || header == null) {
            if (part != null && part.format() != null) {
                at().child("format").problem("has no effect without `header`", "name the header");
            }
            return CertificateSource.connection();
        }
        if (!NAME.matcher(header).matches()) {
            at().child("header")
                    .problem("`" + At.shown(header) + "` (expected: the name of a header)", "write `client-cert`");
            return null;
        }
        if (CREDENTIALS.contains(header.toLowerCase(Locale.ROOT))) {
            at().child("header").problem("a header that carries other credentials", "write `client-cert`");
        }
        if (written.forwarded() == null || written.forwarded().trusted() == null) {
            at().child("header")
                    .problem("no proxy is trusted, so that it is never read", "list your proxies: `forwarded.trusted`");
        }
        var usual = USUAL.getOrDefault(header.toLowerCase(Locale.ROOT), CertificateHeader.URL_ENCODED);
        return CertificateSource.header(header, at().child("format").read(part.format(), FORMAT, usual));
    }

    /** The scheme that trusts these; null when there is a problem, which may be that there are none. */
    @Nullable
    Scheme compile(@Nullable CertificateTrust trust, @Nullable CertificateSource from, Clock clock) {
        var part = written.certificates();
        var strangers = at().child("match").each(part == null ? null : part.match(), MATCH, CertificateMatcher::parse);
        var holders = holders();
        if (trust == null || from == null || !at().clean()) {
            return null;
        }
        return at().make(
                        "",
                        "write `clients.NAME.certificates`, or `certificates.match`",
                        unused -> Certificates.of(new Certificates.Site(trust, from, clock), holders, strangers));
    }

    private List<Certificates.Holder> holders() {
        var holders = new ArrayList<Certificates.Holder>();
        var owners = new HashMap<CertificateMatcher, String>();
        var clients = written.clients() == null ? Map.<String, Client>of() : written.clients();
        clients.forEach((name, client) -> {
            var here = top.child("clients").child(name).child("certificates");
            var matchers = here.each(client.certificates(), MATCH, CertificateMatcher::parse);
            for (var matcher : matchers) {
                var other = owners.putIfAbsent(matcher, name);
                if (other != null && !other.equals(name)) {
                    here.problem(
                            "one that is client `" + other + "`'s as well",
                            "give every client certificates of its own");
                }
            }
            if (!matchers.isEmpty()) {
                holders.add(new Certificates.Holder(Callers.of(written, name), matchers));
            }
        });
        return holders;
    }
}
