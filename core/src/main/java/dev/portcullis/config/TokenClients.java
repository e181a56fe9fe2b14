package dev.portcullis.config;

import dev.portcullis.limit.ClientNames;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which clients of issuers are clients of the configuration. Lives for one configuration. */
final class TokenClients {

    private static final Kind<Who> WHO =
            new Kind<>("client of an issuer", "write `ISSUER/CLIENT`, with the name under `issuers`", Who::parse);

    private final Configuration written;
    private final Map<String, Map<String, String>> names = new HashMap<>();

    private TokenClients(Configuration written) {
        this.written = written;
    }

    static ClientNames compile(At clients, Configuration written) {
        var reader = new TokenClients(written);
        var all = written.clients() == null ? Map.<String, Client>of() : written.clients();
        all.forEach((name, client) -> reader.read(clients.child(name).child("tokens"), name, client));
        return reader.names.isEmpty() ? ClientNames.NONE : ClientNames.of(Who.CLIENTS, reader.names);
    }

    private void read(At here, String name, Client client) {
        var tokens = client.tokens();
        for (var i = 0; tokens != null && i < tokens.size(); i++) {
            var who = here.item(i).read(tokens.get(i), WHO);
            if (who != null) {
                add(here.item(i), name, who);
            }
        }
    }

    private void add(At here, String name, Who who) {
        if (!isIssuer(who.issuer())) {
            here.problem(
                    "no issuer `" + At.shown(who.issuer()) + "`",
                    "write the name of one of `issuers`, a slash, and the client as its tokens say it");
            return;
        }
        var other =
                names.computeIfAbsent(who.issuer(), unused -> new HashMap<>()).putIfAbsent(who.client(), name);
        if (other != null) {
            here.problem("it is `" + At.shown(other) + "` already", "write each client of an issuer once");
        }
    }

    private boolean isIssuer(@Nullable String name) {
        return written.issuers() != null && written.issuers().containsKey(name);
    }
}
