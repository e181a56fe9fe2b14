package dev.portcullis.config;

import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.outcome;

import dev.portcullis.Ending;
import dev.portcullis.Outcome;
import dev.portcullis.Route;
import dev.portcullis.http.RecordedWire;
import java.util.Map;
import java.util.stream.IntStream;

/** What callers send, and what an application answers. */
final class CallersAtTheGate {

    private CallersAtTheGate() {}

    static RecordedWire browser(String target) {
        return get(target)
                .with("User-Agent", "Mozilla/5.0")
                .with("Accept", "*/*")
                .from("192.0.2.1");
    }

    /** Sends a request, which the application answers so when it gets it. */
    static String send(Gate gate, RecordedWire wire, int status) {
        var view = gate.view(wire);
        var outcome = gate.engine().evaluate(view);
        if (outcome instanceof Outcome.Stop stop) {
            outcome.watch().ended(view, Ending.ANSWERED, stop.reply().status());
            return stop.rule() + " " + stop.reply().status() + " "
                    + stop.reply().code();
        }
        outcome.watch().ended(view, Ending.ANSWERED, status);
        return "proceed";
    }

    static void send(Gate gate, RecordedWire wire, int status, int times) {
        IntStream.range(0, times).forEach(i -> send(gate, wire, status));
    }

    static RecordedWire item(int id) {
        return browser("/items/" + id).to(new Route("items", "/items/{id}", Map.of("id", String.valueOf(id))));
    }
}
