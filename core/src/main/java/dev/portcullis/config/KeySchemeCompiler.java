package dev.portcullis.config;

import dev.portcullis.auth.ApiKeys;
import dev.portcullis.auth.ClientStore;
import dev.portcullis.auth.KeptKeys;
import dev.portcullis.auth.Pepper;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles where API keys are sent and kept. Lives for one configuration. */
final class KeySchemeCompiler {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Duration RELOAD = Duration.ofSeconds(30);

    private static final KeptKeys.Terms USUAL =
            new KeptKeys.Terms(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(1), 10_000);

    private final At top;
    private final At at;
    private final Configuration written;
    private final @Nullable ApiKeySettings settings;
    private final Elsewhere elsewhere;

    KeySchemeCompiler(At top, Configuration written, Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
        this.top = top;
        this.at = top.child("api-key");
        this.written = written;
        this.settings = written.apiKey();
    }

    /** The scheme; null when there is a problem. */
    @Nullable
    ApiKeys compile(Contents contents, Clock clock, Executor executor) {
        var builder = ApiKeys.builder(clock);
        var pepper = pepper();
        if (pepper != null) {
            builder.pepper(pepper);
        }
        header(builder);
        var store = store(pepper != null);
        var terms = terms();
        if (store != null && terms != null) {
            builder.store(KeptKeys.of(store, clock, executor, terms));
        }
        var clients = written.clients() == null ? Map.<String, Client>of() : written.clients();
        var keys = new ClientCompiler(top.child("clients"), pepper != null, Callers.otherwiseProven(written))
                .compile(clients);
        var clean = top.child("clients").clean() && at.clean();
        if (!clean) {
            return null;
        }
        if (settings == null || settings.file() == null) {
            return builder.keys(keys).build();
        }
        var file = file(settings.file(), contents, new ClientFile.Ground(keys, pepper != null, clock));
        return file == null ? null : builder.keys(file).build();
    }

    private @Nullable Pepper pepper() {
        var text = settings == null ? null : settings.pepper();
        return text == null
                ? null
                : at.child("pepper")
                        .make(
                                text,
                                "draw one, such as by `openssl rand -base64 32`, and hand it in by `${API_KEY_PEPPER}`",
                                Pepper::of);
    }

    /** Where keys are that are not in the configuration; null when there is no such place. */
    private @Nullable ClientStore store(boolean peppered) {
        var jdbc = settings == null ? null : settings.jdbc();
        if (jdbc == null) {
            return elsewhere.clients();
        }
        var here = at.child("jdbc");
        if (elsewhere.clients() != null) {
            here.problem("a database, beside a `ClientStore` of the application", "let one of them have the keys");
            return null;
        }
        var query = jdbc.query() == null ? JdbcClients.QUERY : jdbc.query();
        if (query.chars().filter(c -> c == '?').count() != 1) {
            here.child("query").problem("not one `?`", "write a query such as `" + JdbcClients.QUERY + "`");
        }
        if (elsewhere.database() != null) {
            var timeout = timeout().plusMillis(999).toSeconds();
            return new JdbcClients(elsewhere.database(), query, peppered, (int) Math.max(1, timeout));
        }
        if (elsewhere.complete()) {
            here.problem("there is no database", "give the application a `DataSource`, or `GateBuilder.database` one");
        }
        return id -> {
            throw new IllegalStateException("there is no database here");
        };
    }

    private KeptKeys.@Nullable Terms terms() {
        if (settings == null) {
            return USUAL;
        }
        var cache = at.child("cache").read(settings.cache(), Kind.DURATION, USUAL.cache());
        var negative = at.child("negative-cache").read(settings.negativeCache(), Kind.DURATION, USUAL.negativeCache());
        var most = at.child("max-cached").read(settings.maxCached(), Kind.COUNT, (long) USUAL.maxKeys());
        return at.child("timeout")
                .make(
                        "",
                        "write a time such as `1s`",
                        unused -> new KeptKeys.Terms(
                                cache, negative, timeout(), (int) Math.min(most, Integer.MAX_VALUE)));
    }

    private Duration timeout() {
        return at.child("timeout").read(settings == null ? null : settings.timeout(), Kind.DURATION, USUAL.timeout());
    }

    private void header(ApiKeys.Builder builder) {
        var header = settings == null ? null : settings.header();
        if (header == null) {
            return;
        }
        var here = at.child("header");
        if (!HEADER.matcher(header).matches()) {
            here.problem(
                    "`" + At.shown(header) + "` (expected: the name of a header)", "write a name such as `X-API-Key`");
        } else if (header.equalsIgnoreCase("authorization") || header.equalsIgnoreCase("cookie")) {
            here.problem(
                    "`" + header + "` carries other credentials", "choose a header of its own, such as `X-API-Key`");
        } else {
            here.make(header, "choose a header of its own, such as `X-API-Key`", builder::header);
        }
    }

    private @Nullable ClientFile file(String location, Contents contents, ClientFile.Ground ground) {
        var reload = at.child("reload").read(settings == null ? null : settings.reload(), Kind.DURATION, RELOAD);
        var here = at.child("file");
        var path = contents.file(location);
        if (path == null) {
            here.problem(
                    Contents.shown(location) + " (expected: a file)",
                    "write a location such as `file:/etc/clients.yml`");
            return null;
        }
        return ClientFile.open(here, path, ground, reload);
    }
}
