package dev.portcullis.config;

import static dev.portcullis.config.Gates.CLIENTS;
import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.noting;

import dev.portcullis.Change;
import dev.portcullis.denial.Denial;
import dev.portcullis.denial.Target.Verb;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.store.Ledger;
import java.util.ArrayList;
import java.util.List;

/** A gate at which operators deny, and what it tells of that. */
abstract class DeniedGate {

    static final String POLICIES = """
            policies:
              api: { paths: [/api/**], authenticate: [api-key] }
              open: { paths: [/open/**], public: true, attacks: { level: balanced } }
            """;

    final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    final Ledger ledger = Ledger.memory(clock, 1000);
    final List<Change> changes = new ArrayList<>();

    Gate gate(String yaml) {
        return Gate.builder(file(CLIENTS + POLICIES + yaml))
                .clock(clock)
                .ledger(ledger)
                .listener(noting(changes))
                .build();
    }

    static Order order(Verb verb, String what, String value, String ttl) {
        return new Order(verb, what, value, null, null, ttl, "a reason");
    }

    static Denial deny(Gate gate, String what, String value) {
        return gate.management().deny(order(Verb.DENY, what, value, "10m"), "olga");
    }

    static RecordedWire from(String address) {
        return get("/open/a").from(address);
    }
}
