package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The bundles that a configuration names in the place of policies.
 *
 * @param feed the bundles
 * @param every how often it is looked for another one
 */
public record Bundles(PolicyFeed feed, Duration every) {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_KEY = 1 << 16;
    private static final String SOURCE = "write `file:/etc/orders/portcullis.yml` or an `https://` address";
    private static final String KEEP =
            "write `file:/var/lib/orders/portcullis.bundle`, in a directory that the service can write to";

    /** Checks that both parts are there. */
    public Bundles {
        requireNonNull(feed, "feed");
        requireNonNull(every, "every");
    }

    /**
     * The bundles that are named; null when none are.
     *
     * @param resources where the key is
     * @param executor on which they are fetched
     * @throws ConfigurationException when there is any problem, or anything but the bundle is written
     */
    public static @Nullable Bundles of(PolicyFile file, Resources resources, Executor executor) {
        requireNonNull(resources, "resources");
        requireNonNull(executor, "executor");
        var written = file.configuration().bundle();
        if (written == null) {
            return null;
        }
        var problems = new Problems(file.places()).with(file.problems());
        var at = new At(problems, "bundle");
        demandAlone(problems, file.configuration());
        var key = key(at.child("public-key"), written.publicKey(), new Contents(resources));
        var timeout = atLeastASecond(at.child("timeout"), written.timeout(), TIMEOUT);
        var every = atLeastASecond(at.child("refresh"), written.refresh(), EVERY);
        var source = source(at.child("source"), written.source(), timeout, executor);
        var keep = keep(at.child("keep"), written.keep());
        problems.throwIfAny();
        var feed = PolicyFeed.of(requireNonNull(source, "source"), requireNonNull(key, "key"));
        return new Bundles(keep == null ? feed : feed.keeping(keep), every);
    }

    /** Two places of policies would leave open which of them holds. */
    private static void demandAlone(Problems problems, Configuration written) {
        for (var component : Configuration.class.getRecordComponents()) {
            var name = Keys.nameOf(component);
            if (!name.equals("bundle") && value(written, component) != null) {
                new At(problems, name).problem("beside a bundle", "write it into the bundle, or remove `bundle`");
            }
        }
    }

    private static @Nullable Object value(Configuration written, RecordComponent component) {
        try {
            return component.getAccessor().invoke(written);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record that cannot be read", e);
        }
    }

    private static @Nullable PublicKey key(At at, @Nullable String location, Contents contents) {
        if (location == null) {
            at.problem("missing", "write where the key is, such as `file:/etc/orders/policy.pub`");
            return null;
        }
        var bytes = contents.bytes(at, location, MAX_KEY);
        return bytes == null
                ? null
                : at.make(
                        new String(bytes, StandardCharsets.ISO_8859_1),
                        "write it with `openssl pkey -in policy.key -pubout`",
                        BundleKeys::publicKey);
    }

    private static Duration atLeastASecond(At at, @Nullable String text, Duration absent) {
        var time = at.read(text, Kind.DURATION, absent);
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            at.problem("`" + At.shown(String.valueOf(text)) + "` (expected: a second or more)", "write `1m`");
        }
        return time;
    }

    private static @Nullable BundleSource source(At at, @Nullable String text, Duration timeout, Executor executor) {
        if (text == null) {
            at.problem("missing", SOURCE);
            return null;
        }
        if (text.startsWith("file:")) {
            var path = path(at, text, SOURCE);
            return path == null ? null : BundleSource.file(path);
        }
        return at.make(text, SOURCE, address -> BundleSource.at(URI.create(address), timeout, executor));
    }

    private static @Nullable Path keep(At at, @Nullable String text) {
        if (text == null) {
            return null;
        }
        var path = text.startsWith("file:") ? path(at, text, KEEP) : null;
        var folder = path == null ? null : path.toAbsolutePath().getParent();
        if (path == null || Files.isDirectory(path) || folder == null || !isWritable(folder)) {
            at.problem("`" + At.shown(text) + "` (expected: a file that can be written)", KEEP);
            return null;
        }
        return path;
    }

    private static boolean isWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable Path path(At at, String text, String help) {
        return at.make(text, help, location -> Path.of(location.substring("file:".length())));
    }
}
