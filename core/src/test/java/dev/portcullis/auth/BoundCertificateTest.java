package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Possession.Demand;
import dev.portcullis.fixture.Authority;
import dev.portcullis.fixture.KeyHolder;
import dev.portcullis.http.RecordedWire;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that are bound to a client certificate. */
class BoundCertificateTest {

    private final Bench bench = new Bench();
    private final Authority authority = Authority.root("CN=root", bench.clock.instant());
    private final X509Certificate own =
            authority.issue(Authority.Draft.client("dns:a.example")).certificate();
    private final X509Certificate other =
            authority.issue(Authority.Draft.client("dns:a.example")).certificate();
    private final Map<String, Object> bound = Map.of("x5t#S256", X509.thumbprint(own));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void takesATokenOverAConnectionOfItsCertificateAlone() {
        var token = bench.provider.token().claim("cnf", bound).sign();
        for (var demand : List.of(Demand.OPTIONAL, Demand.REQUIRED)) {
            var check = check(Demand.OFF, demand);
            for (var i = 0; i < 2; i++) {
                assertThat(sent(check, token, own)).isEqualTo("pass");
                assertThat(sent(check, token, other)).isEqualTo("wrong-certificate");
                assertThat(reason(Bench.ask(check, token))).isEqualTo("missing-certificate");
            }
        }
        assertThat(sent(check(Demand.OFF, Demand.OFF), token, own)).isEqualTo("bound-token");
    }

    @Test
    void demandsThatTokensAreBoundWhereItIsTold() {
        var free = bench.provider.token().sign();
        assertThat(sent(check(Demand.OFF, Demand.REQUIRED), free, own)).isEqualTo("unbound-token");
        assertThat(sent(check(Demand.OFF, Demand.OPTIONAL), free, own)).isEqualTo("pass");
    }

    @Test
    void demandsBothOfATokenThatIsBoundToBoth() {
        var holder = KeyHolder.holding(bench.clock);
        var both = Map.of("jkt", holder.thumbprint(), "x5t#S256", X509.thumbprint(own));
        var token = bench.provider.token().claim("cnf", both).sign();
        var check = check(Demand.OPTIONAL, Demand.OPTIONAL);
        var proof = holder.proof("GET", "http://api.example.com/", token).sign();
        var request = RecordedWire.of("GET", "/")
                .with("Host", "api.example.com")
                .with("Authorization", "DPoP " + token)
                .with("DPoP", proof);
        assertThat(reason(check.check(request.view()))).isEqualTo("missing-certificate");
        assertThat(reason(check.check(request.showing(List.of(other)).view()))).isEqualTo("wrong-certificate");
        assertThat(reason(check.check(request.showing(List.of(own)).view()))).isEqualTo("pass");
        assertThat(sent(check, token, own)).isEqualTo("bound-token-as-bearer");
        assertThat(sent(check(Demand.OFF, Demand.REQUIRED), token, own)).isEqualTo("bound-token");
    }

    private Authentication check(Demand dpop, Demand certificate) {
        var issuer =
                bench.issuer().possession(new Possession(dpop, certificate)).build();
        return Authentication.required(List.of(Jwt.of(List.of(issuer), bench.rings)));
    }

    private static String sent(Authentication check, String token, X509Certificate certificate) {
        return reason(check.check(RecordedWire.of("GET", "/")
                .with("Authorization", "Bearer " + token)
                .showing(List.of(certificate))
                .view()));
    }
}
