package dev.portcullis.config;

import dev.portcullis.denial.DenyList;
import dev.portcullis.denial.KeptDenials;
import dev.portcullis.fetch.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which a node keeps what the ledger has told last, so that it can start while the ledger is away. Used by one thread at a time.
 *
 * <p>What is in it is good for as long as if the node had run on: it is as old as what it holds.
 */
final class DenialCache {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis.denials");
    private static final int MAX_BYTES = 1 << 27;

    /** How many times it is written within the time for which what is known is good. */
    private static final int TIMES = 10;

    /** How long a write follows another at least, however much is denied meanwhile. */
    static final Duration APART = Duration.ofSeconds(5);

    private final Path path;
    private final Duration pause;
    private @Nullable KeptDenials kept;
    private @Nullable Instant tried;
    private boolean failed;

    DenialCache(Path path, Duration maxStale) {
        this.path = path;
        this.pause = maxStale.dividedBy(TIMES);
    }

    /** Whether this is the file for these. */
    boolean isFor(Path other, Duration maxStale) {
        return path.equals(other) && pause.equals(maxStale.dividedBy(TIMES));
    }

    /**
     * Has the list know what is in the file; a file that is not there, or cannot be read, says nothing.
     *
     * @param shared whether the ledger outlasts this process
     */
    void recall(DenyList list, boolean shared) {
        if (!Files.exists(path)) {
            return;
        }
        try {
            var text = new String(new WholeFile(path).read(MAX_BYTES), StandardCharsets.UTF_8);
            var read = KeptDenials.of(text);
            kept = read;
            list.recall(read, shared);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("denials: `{}` cannot be read, and nothing is taken from it: {}", path, String.valueOf(e));
        }
    }

    /** Writes what the list knows, when there is something new or it is time. */
    void keep(DenyList list) {
        var asked = list.state().asked();
        var now = now(list);
        if (now != null && asked != null && isDue(asked, now)) {
            tried = asked;
            write(now);
        }
    }

    /** Writes what is not written yet, since nobody will ask again. */
    void keepLast(DenyList list) {
        var now = now(list);
        if (now != null && !now.equals(kept)) {
            write(now);
        }
    }

    /** What is known; null where nobody has asked the ledger, as in a command that looks at a configuration: the file is the service's. */
    private static @Nullable KeptDenials now(DenyList list) {
        var state = list.state();
        return state.told() == null || state.asked() == null ? null : new KeptDenials(state.told(), list.made());
    }

    /** A ledger that is away changes nothing, and what it has told before is written all the same. */
    private boolean isDue(Instant asked, KeptDenials now) {
        if (tried == null) {
            return true;
        }
        var since = Duration.between(tried, asked);
        if (since.isNegative()) {
            return true;
        }
        var before = kept;
        if (before == null || !before.denials().equals(now.denials())) {
            return since.compareTo(APART) >= 0 || since.compareTo(pause) >= 0;
        }
        return !before.told().equals(now.told()) && since.compareTo(pause) >= 0;
    }

    private void write(KeptDenials now) {
        try {
            new WholeFile(path).write(now.text().getBytes(StandardCharsets.UTF_8));
            kept = now;
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn(
                        "denials: `{}` cannot be written, and a start while the ledger is away finds nothing new in it: {}",
                        path,
                        String.valueOf(e));
            }
            failed = true;
        }
    }
}
