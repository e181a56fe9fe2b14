package dev.portcullis.config;

import dev.portcullis.Principal;
import dev.portcullis.limit.ClientNames;

/**
 * A client by who vouches for it. Immutable.
 *
 * @param issuer the issuer, or {@code clients}
 * @param client the client
 */
record Who(String issuer, String client) {

    static final String CLIENTS = "clients";
    static final String HELP = "write the `NAME` of one of `clients`, or `ISSUER/CLIENT`";

    static Who parse(String text) {
        var slash = text.indexOf('/');
        var who = slash < 0 ? new Who(CLIENTS, text) : new Who(text.substring(0, slash), text.substring(slash + 1));
        if (who.issuer.isBlank() || who.client.isBlank()) {
            throw new IllegalArgumentException("`" + At.shown(text) + "` (expected: a client)");
        }
        return who;
    }

    /** The caller's client by the name that it is counted by. */
    static Who of(Principal caller, ClientNames names) {
        return new Who(names.issuerOf(caller), names.clientOf(caller));
    }

    static Who of(Principal caller) {
        return new Who(caller.issuer(), caller.client());
    }
}
