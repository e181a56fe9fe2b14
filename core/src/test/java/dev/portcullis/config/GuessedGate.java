package dev.portcullis.config;

import static dev.portcullis.config.Gates.file;
import static dev.portcullis.config.Gates.noting;

import dev.portcullis.Change;
import dev.portcullis.fixture.HandClock;
import java.util.ArrayList;
import java.util.List;

/** A gate at which credentials are guessed, and what it tells of that. */
abstract class GuessedGate {

    static final String POLICY = "policies: { a: { paths: [/**], authenticate: [api-key] } }\n";
    static final String WRONG = "a.authentication 401 invalid-api-key";
    static final String LOCKED = "a.brute-force 429 too-many-failures";

    final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    final List<Change> changes = new ArrayList<>();

    Gate gate(String yaml) {
        return builder(yaml).build();
    }

    GateBuilder builder(String yaml) {
        return Gate.builder(file(yaml)).clock(clock).executor(Runnable::run).listener(noting(changes));
    }

    /** What was told but for reloads. */
    List<Change> told() {
        return changes.stream()
                .filter(one -> !one.what().equals("policy-reloaded"))
                .toList();
    }
}
