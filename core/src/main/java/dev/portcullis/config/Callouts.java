package dev.portcullis.config;

import dev.portcullis.authz.Callout;
import dev.portcullis.authz.Inputs;
import dev.portcullis.authz.Mistake;
import dev.portcullis.authz.Vocabulary;
import dev.portcullis.fetch.BoundedClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What servers are asked by whether requests may be. Immutable.
 *
 * @param client asks them
 * @param clock what answers grow old by
 */
record Callouts(BoundedClient client, Clock clock) {

    private static final String HEADER = "request.headers[";

    /** A check and what it needs. */
    record Made(Callout check, Inputs inputs) {}

    /** The check of one policy; null when there is a problem. */
    @Nullable
    Made compile(At at, CalloutSettings written, Vocabulary vocabulary) {
        var url = written.url();
        if (url == null) {
            at.child("url").problem("missing", "write whom to ask");
            return null;
        }
        var inputs = inputs(at.child("send"), written.send(), vocabulary);
        var timeout = at.child("timeout").read(written.timeout(), Kind.DURATION, Callout.DEFAULT_TIMEOUT);
        var cache = at.child("cache").read(written.cache(), Kind.DURATION, Duration.ZERO);
        if (!isAskable(at.child("url"), url) || inputs == null || !at.clean()) {
            return null;
        }
        var server = at.make(
                url,
                "write a `timeout` up to `10s`, and a `cache` up to `5m`",
                text -> new Callout.Server(URI.create(text), written.token(), timeout, cache));
        return server == null ? null : new Made(Callout.of(server, inputs, client, clock), inputs);
    }

    private static boolean isAskable(At at, String url) {
        return IssuerCompiler.askable(
                at,
                url,
                "(expected: an https address, so that nobody on the way can permit anything)",
                "write an `https://` address, or one of the loopback interface");
    }

    private static @Nullable Inputs inputs(At at, @Nullable List<String> written, Vocabulary vocabulary) {
        var attributes = new ArrayList<>(written == null ? Inputs.USUAL : written);
        if (written == null) {
            vocabulary.variables().common().forEach(name -> attributes.add("path." + name));
        }
        try {
            return Inputs.of(attributes, vocabulary);
        } catch (Mistake e) {
            at.problem(
                    At.messageOf(e),
                    Nearest.to(e.written(), e.known())
                            .map(near -> "did you mean `" + near + "`?")
                            .orElse("name attributes such as `principal.id` or `" + HEADER + "'X-Region']`"));
            return null;
        }
    }
}
