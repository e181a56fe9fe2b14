package dev.portcullis.auth;

import static dev.portcullis.auth.Bench.reason;

import dev.portcullis.auth.Possession.Demand;
import dev.portcullis.fixture.KeyHolder;
import dev.portcullis.fixture.ProofDraft;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.store.Ledger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A token that is bound to a key, its holder, and a check that demands proofs. */
abstract class DpopStage {

    static final String TARGET = "https://api.example.com/orders/7";

    final Bench bench = new Bench();
    final KeyHolder holder = KeyHolder.holding(bench.clock);
    final String token =
            bench.provider.token().claim("cnf", holder.confirmation()).sign();
    final Authentication check = check(Demand.OPTIONAL, null);

    @AfterEach
    void close() {
        bench.close();
    }

    Authentication check(Demand dpop, Nonces nonces) {
        var issuer = bench.issuer().possession(new Possession(dpop, Demand.OFF)).build();
        var proofs = Proofs.of(
                new Proofs.Settings(Proofs.DEFAULT_LIFETIME, nonces),
                CertificateSource.connection(),
                Ledger.memory(bench.clock, 100),
                bench.clock);
        return Authentication.required(
                List.of(Jwt.of(List.of(issuer), bench.rings).with(proofs)));
    }

    ProofDraft good() {
        return holder.proof("GET", TARGET, token);
    }

    String sent(ProofDraft proof) {
        return reason(check.check(request(token, proof.sign()).view()));
    }

    static RecordedWire wire() {
        return RecordedWire.of("GET", "/orders/7?all").over("https").with("Host", "api.example.com");
    }

    static RecordedWire request(String token, String proof) {
        return wire().with("Authorization", "DPoP " + token).with("DPoP", proof);
    }
}
