package dev.portcullis.servlet.architecture.planted;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.spring.Planted;

/** Decides, keeps something on the thread, and knows Spring: everything that an adapter must not. */
final class Deciding implements Check {

    private final ThreadLocal<Planted> kept = new ThreadLocal<>();

    @Override
    public Verdict check(Request request) {
        kept.set(new Planted());
        return Verdict.pass();
    }
}
