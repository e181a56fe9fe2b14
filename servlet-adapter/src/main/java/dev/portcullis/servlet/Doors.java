package dev.portcullis.servlet;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Engine;
import dev.portcullis.config.Gate;
import dev.portcullis.config.LoggedNames;
import dev.portcullis.http.Forwarding;
import dev.portcullis.http.HiddenHeaders;
import dev.portcullis.http.View;
import dev.portcullis.http.Wire;

/** What the filter stands in front of. All but the engine can change by a reload, and is asked for at each request. */
sealed interface Doors {

    /** Who judges. */
    Engine engine();

    /** How the engine sees what came in. */
    View view(Wire wire);

    /** Whether the headers of proxies are believed. */
    boolean believesProxies();

    /** Which headers the application is not shown. */
    HiddenHeaders hidden();

    /** Whether a rule asks about files. */
    boolean asksForFiles();

    /** Under which names the log tells of an exchange. */
    LoggedNames logged();

    /** Starts to fetch what requests will be judged by. Nobody waits: a request that comes before the keys does. */
    void open();

    /** Those of a gate. */
    record OfGate(Gate gate) implements Doors {

        @Override
        public Engine engine() {
            return gate.engine();
        }

        @Override
        public View view(Wire wire) {
            return gate.view(wire);
        }

        @Override
        public boolean believesProxies() {
            return gate.believesProxies();
        }

        @Override
        public HiddenHeaders hidden() {
            return gate.hidden();
        }

        @Override
        public boolean asksForFiles() {
            return gate.asksForFiles();
        }

        @Override
        public LoggedNames logged() {
            return gate.logged();
        }

        @Override
        public void open() {
            var unused = gate.prepare();
        }
    }

    /** Those of an engine, which is told nothing of files and waits for nothing. */
    record OfEngine(Engine engine, Forwarding forwarding) implements Doors {

        public OfEngine {
            requireNonNull(engine, "engine");
            requireNonNull(forwarding, "forwarding");
        }

        @Override
        public View view(Wire wire) {
            return new View(wire, forwarding);
        }

        @Override
        public boolean believesProxies() {
            return forwarding != Forwarding.NONE;
        }

        @Override
        public HiddenHeaders hidden() {
            return HiddenHeaders.USUAL;
        }

        @Override
        public boolean asksForFiles() {
            return false;
        }

        @Override
        public LoggedNames logged() {
            return LoggedNames.USUAL;
        }

        @Override
        public void open() {}
    }
}
