package dev.portcullis.config;

import dev.portcullis.auth.ApiKeys;
import dev.portcullis.auth.Pepper;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles where API keys are sent and kept. Lives for one configuration. */
final class KeySchemeCompiler {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Duration RELOAD = Duration.ofSeconds(30);

    private final At top;
    private final At at;
    private final Configuration written;
    private final @Nullable ApiKeySettings settings;

    KeySchemeCompiler(At top, Configuration written) {
        this.top = top;
        this.at = top.child("api-key");
        this.written = written;
        this.settings = written.apiKey();
    }

    /** The scheme; null when there is a problem. */
    @Nullable
    ApiKeys compile(Contents contents, Clock clock) {
        var builder = ApiKeys.builder(clock);
        var pepper = pepper();
        if (pepper != null) {
            builder.pepper(pepper);
        }
        header(builder);
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
