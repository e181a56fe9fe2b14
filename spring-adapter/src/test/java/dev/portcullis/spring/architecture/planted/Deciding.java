package dev.portcullis.spring.architecture.planted;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import org.springframework.boot.autoconfigure.web.ServerProperties;

/** Decides, keeps something on the thread, and uses what only one Boot has: everything that the adapter must not. */
final class Deciding implements Check {

    private final ThreadLocal<ServerProperties> kept = new ThreadLocal<>();

    @Override
    public Verdict check(Request request) {
        kept.set(new ServerProperties());
        return Verdict.pass();
    }
}
