package dev.portcullis.config;

import dev.portcullis.Address;
import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.auth.InvalidCredential;
import dev.portcullis.config.DenialCompiler.Denied;
import dev.portcullis.denial.DenyList;
import dev.portcullis.denial.Revocation;
import dev.portcullis.denial.Suspension;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators deny, over reloads of the configuration and of its file. Thread-safe. */
final class Denying {

    /** The rule that denies addresses, routes and rules. */
    static final String SUSPENSION = "denials";

    private static final String REVOCATION = ".revocation";
    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis.denials");

    private final DenyList list;
    private final boolean shared;
    private final boolean rehearsal;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Denied denied;
    private volatile @Nullable String problem;
    private @Nullable DenialCache cache;
    private long looked;
    private Stamp seen = Stamp.NONE;

    /** What tells one state of a file from another. */
    private record Stamp(
            @Nullable FileTime modified,
            long size,
            @Nullable Object key) {

        static final Stamp NONE = new Stamp(null, 0, null);

        static Stamp of(Path path) throws IOException {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    /**
     * What is denied in the ledger.
     *
     * @param sharing whose ledger it is, and whether that outlasts this process
     * @param rehearsal whether this is a command that looks at a configuration, to which the file of the service is not
     */
    Denying(Sharing sharing, Clock clock, boolean rehearsal) {
        this.list = DenyList.of(sharing.ledger(), clock, Denying::ranges);
        this.shared = sharing.shared() != null;
        this.rehearsal = rehearsal;
        this.clock = clock;
    }

    private static Predicate<Address> ranges(Collection<String> texts) {
        var ranges = IpRanges.of(texts.stream().map(IpRange::parse).toList());
        return ranges::contains;
    }

    DenyList list() {
        return list;
    }

    /** Why the file is not taken; null when it is. */
    @Nullable
    String problem() {
        return problem;
    }

    /** How often the ledger is to be asked. */
    Duration poll() {
        var now = denied;
        return now == null ? Duration.ofMillis(500) : now.poll();
    }

    /** Goes by another configuration from now on. */
    void use(Denied next) {
        reading.lock();
        try {
            denied = next;
            problem = null;
            looked = clock.millis();
            seen = Stamp.NONE;
            list.within(next.bounds());
            recall(next);
            list.written(next.entries());
        } finally {
            reading.unlock();
        }
    }

    private void recall(Denied next) {
        var path = next.cache();
        var stale = next.bounds().maxStale();
        if (path == null) {
            cache = null;
        } else if (cache == null || !cache.isFor(path, stale)) {
            cache = new DenialCache(path, stale);
            if (list.state().told() == null) {
                cache.recall(list, shared);
            }
        }
    }

    /** Keeps what is known for the next start. */
    void close() {
        reading.lock();
        try {
            if (cache != null && !rehearsal) {
                cache.keepLast(list);
            }
            cache = null;
        } finally {
            reading.unlock();
        }
    }

    /** Asks the ledger, and looks at the file when that is due. */
    void tend() {
        list.refresh();
        keep();
        var now = denied;
        if (now != null && now.file() != null) {
            look(now, now.file());
        }
    }

    private void keep() {
        reading.lock();
        try {
            if (cache != null && !rehearsal) {
                cache.keep(list);
            }
        } finally {
            reading.unlock();
        }
    }

    private void look(Denied now, Path file) {
        reading.lock();
        try {
            var since = clock.millis() - looked;
            if (now.equals(denied) && (since < 0 || since >= now.reload().toMillis())) {
                looked = clock.millis();
                read(now, file);
            }
        } finally {
            reading.unlock();
        }
    }

    /** A file with a problem, or one that is gone, changes nothing but what the operator is told. */
    private void read(Denied now, Path file) {
        var stamp = Stamp.NONE;
        try {
            stamp = Stamp.of(file);
            if (stamp.equals(seen)) {
                return;
            }
            var all = new ArrayList<>(now.entries().stream()
                    .filter(denial -> !denial.by().equals("file"))
                    .toList());
            all.addAll(DenialFile.read(file));
            list.written(all);
            problem = null;
        } catch (IOException | ConfigurationException e) {
            problem = DenialFile.said(e);
            LOG.error("denials: `{}` is not taken, and the last good one stays: {}", file, problem);
        }
        seen = stamp;
    }

    /** The rule that stands before authentication, on a route with these rules. */
    Rule suspension(List<String> rules, Mode mode) {
        return Rule.enforce(SUSPENSION, Suspension.of(list, rules)).in(mode).alsoOn(Dispatch.FORWARD, Dispatch.ERROR);
    }

    /** The rule that stands behind authentication. */
    Rule revocation(String word, Mode mode) {
        return Rule.enforce(word + REVOCATION, Revocation.of(list, InvalidCredential::of))
                .in(mode)
                .alsoOn(Dispatch.FORWARD);
    }
}
