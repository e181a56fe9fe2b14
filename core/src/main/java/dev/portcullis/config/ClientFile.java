package dev.portcullis.config;

import dev.portcullis.auth.ApiKey;
import dev.portcullis.auth.KeyTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of a file, beside those of the configuration. Thread-safe.
 *
 * <p>The first request after the interval looks whether the file was modified, and reads it; the others go on with what is known. A
 * file with a problem, or one that is gone, changes nothing but what the operator is told.
 */
final class ClientFile implements Supplier<KeyTable> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis.clients");
    private static final int MAX_SHOWN = 10;

    private final Path path;
    private final Ground ground;
    private final long interval;
    private final AtomicLong looked;
    private volatile State state;

    /**
     * What a file's clients stand on.
     *
     * @param fixed the keys of the configuration
     * @param peppered whether there is a pepper
     * @param clock by which the interval passes
     */
    record Ground(List<ApiKey> fixed, boolean peppered, Clock clock) {}

    /** The content of the file. */
    record Written(
            @Key(description = "The clients.", type = Key.Type.PART) @Nullable
            Map<String, Client> clients) {}

    /** What tells one state of a file from another. */
    private record Stamp(
            @Nullable FileTime modified,
            long size,
            @Nullable Object key) {

        static final Stamp NONE = new Stamp(null, 0, null);
    }

    /** What is known: the last good keys, and the file that was last looked at, be it good or bad. */
    private record State(KeyTable table, Stamp seen) {}

    private ClientFile(Path path, Ground ground, Duration interval, State state) {
        this.path = path;
        this.ground = ground;
        this.interval = interval.toMillis();
        this.looked = new AtomicLong(ground.clock().millis());
        this.state = state;
    }

    /** The clients of the file; null when there is a problem. */
    static @Nullable ClientFile open(At at, Path path, Ground ground, Duration interval) {
        try {
            var stamp = stamp(path);
            var table = read(path, ground);
            return new ClientFile(path, ground, interval, new State(table, stamp));
        } catch (IOException | IllegalArgumentException | ConfigurationException e) {
            at.problem("`" + At.shown(path.toString()) + "`: " + said(e), "correct the file, or remove the key");
            return null;
        }
    }

    @Override
    public KeyTable get() {
        var last = looked.get();
        var now = ground.clock().millis();
        if ((now < last || now - last >= interval) && looked.compareAndSet(last, now)) {
            look();
        }
        return state.table();
    }

    /** Only the one who has moved the time of the last look is here; who looks next may be early, and finds the same. */
    private void look() {
        var known = state;
        var stamp = Stamp.NONE;
        try {
            stamp = stamp(path);
            if (stamp.equals(known.seen())) {
                return;
            }
            state = new State(read(path, ground), stamp);
            LOG.info("clients: `{}` is read anew", path);
        } catch (IOException | IllegalArgumentException | ConfigurationException e) {
            state = new State(known.table(), stamp);
            LOG.error("clients: `{}` is not taken, and the last good one stays: {}", path, said(e));
        }
    }

    private static Stamp stamp(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private static KeyTable read(Path path, Ground ground) throws IOException {
        var bytes = Files.readAllBytes(path);
        var problems = new Problems(Places.UNKNOWN);
        var binding = new Binding(String.valueOf(path.getFileName()), new Variables(System::getenv));
        var written = binding.bind(Written.class, tree(bytes), "");
        problems.with(binding.problems()).throwIfAny();
        if (written == null || written.clients() == null) {
            throw new IOException("no `clients`: to have none, write `clients: {}`");
        }
        var keys = new ArrayList<>(ground.fixed());
        keys.addAll(new ClientCompiler(new At(problems, "clients"), ground.peppered(), Set.of())
                .compile(written.clients()));
        problems.throwIfAny();
        return KeyTable.of(keys);
    }

    private static Tree tree(byte[] bytes) throws IOException {
        try {
            return YamlReader.read(new String(bytes, StandardCharsets.UTF_8));
        } catch (YamlReader.Unreadable e) {
            throw new IOException(e.place() + ": " + e.getMessage(), e);
        }
    }

    private static String said(Exception e) {
        if (e instanceof ConfigurationException broken) {
            return broken.problems().stream()
                    .limit(MAX_SHOWN)
                    .map(problem -> problem.key() + ": " + problem.message())
                    .collect(Collectors.joining("; "));
        }
        return e instanceof NoSuchFileException ? "no such file" : At.shown(At.messageOf(e));
    }
}
