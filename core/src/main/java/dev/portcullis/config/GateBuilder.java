package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Listener;
import dev.portcullis.attack.BackgroundDetector;
import dev.portcullis.auth.ClientStore;
import dev.portcullis.authz.Authorizer;
import dev.portcullis.ip.Countries;
import dev.portcullis.store.Ledger;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Collects what a gate stands on. Not thread-safe. */
public final class GateBuilder {

    final PolicyFile file;
    Clock clock = Clock.systemUTC();
    Listener listener = Listener.NONE;
    Executor executor = ForkJoinPool.commonPool();
    Resources resources = Resources.in(Path.of(""), Gate.class.getClassLoader());
    private final Map<String, Authorizer> authorizers = new HashMap<>();
    private final List<BackgroundDetector> detectors = new ArrayList<>();
    InternalPaths internal = InternalPaths.BUILT_IN;
    Consumer<Configuration> vetting = any -> {};

    @Nullable
    List<Endpoint> handlers = List.of();

    boolean connector = true;
    private @Nullable Ledger ledger;
    private @Nullable ProxyManager<String> counters;
    private @Nullable ClientStore clients;
    private @Nullable DataSource database;
    private @Nullable Countries countries;

    GateBuilder(PolicyFile file) {
        this.file = requireNonNull(file, "file");
    }

    /** Sets the clock by which limits count and tokens expire; the system's unless told otherwise. */
    public GateBuilder clock(Clock other) {
        clock = requireNonNull(other, "clock");
        return this;
    }

    /** Sets who is told what happens; nobody unless told otherwise. */
    public GateBuilder listener(Listener other) {
        listener = requireNonNull(other, "listener");
        return this;
    }

    /** Sets what runs background work such as fetching keys; the common pool unless told otherwise. */
    public GateBuilder executor(Executor other) {
        executor = requireNonNull(other, "executor");
        return this;
    }

    /** Sets where schemas and keys come from; the working directory and this class's loader unless told otherwise. */
    public GateBuilder resources(Resources other) {
        resources = requireNonNull(other, "resources");
        return this;
    }

    /** Says that connections never bring client certificates, so that a policy that demands one of them is a problem. */
    public GateBuilder withoutClientCertificates() {
        connector = false;
        return this;
    }

    /**
     * Sets the ledger that nonces, revocations and the like are entered in, to be shared by all nodes; one of this process alone
     * unless told otherwise. Whoever hands it in closes it.
     */
    public GateBuilder ledger(Ledger shared) {
        ledger = requireNonNull(shared, "shared");
        return this;
    }

    /**
     * Sets where rate limits count, to be shared by all nodes; in this process alone unless told otherwise. Keys of another type
     * are made of names by {@link ProxyManager#withMapper}. Whoever hands it in closes what is behind it.
     */
    public GateBuilder counters(ProxyManager<String> shared) {
        counters = requireNonNull(shared, "shared");
        return this;
    }

    /** Sets where API keys are that the configuration does not name; nowhere unless told otherwise. */
    public GateBuilder clients(ClientStore store) {
        clients = requireNonNull(store, "store");
        return this;
    }

    /** Sets who tells the countries of addresses, instead of a file; nobody unless told otherwise. */
    public GateBuilder countries(Countries other) {
        countries = requireNonNull(other, "other");
        return this;
    }

    /** Sets the database that {@code api-key.jdbc} and {@code store.postgresql} ask; none unless told otherwise. */
    public GateBuilder database(DataSource source) {
        database = requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets what the application demands of a configuration that is to take the place of another, beside what a gate does; nothing unless told
     * otherwise.
     *
     * @param demand throws {@link ConfigurationException} when the configuration cannot stand in this application
     */
    public GateBuilder vetting(Consumer<Configuration> demand) {
        vetting = requireNonNull(demand, "demand");
        return this;
    }

    /** Sets the application's handlers; none unless told otherwise. */
    public GateBuilder handlers(List<Endpoint> all) {
        handlers = List.copyOf(all);
        return this;
    }

    /**
     * Adds a decision of the application's own, by the name that policies have for it.
     *
     * @throws IllegalArgumentException when there is one of this name
     */
    public GateBuilder authorizer(String name, Authorizer authorizer) {
        if (authorizers.putIfAbsent(requireNonNull(name, "name"), requireNonNull(authorizer, "authorizer")) != null) {
            throw new IllegalArgumentException("authorizer: `" + name + "` twice (expected: every name once)");
        }
        return this;
    }

    /** Adds a detector that looks at some requests in the background, where a policy says so. */
    public GateBuilder detector(BackgroundDetector detector) {
        detectors.add(requireNonNull(detector, "detector"));
        return this;
    }

    /**
     * Adds paths that stay denied until a policy names them, as {@code /actuator/**} does, beside those that are always known.
     *
     * @param group what they are for, as operators are told
     * @throws IllegalArgumentException when one is no path pattern
     */
    public GateBuilder internalPaths(String group, List<String> paths) {
        internal = internal.plus(group, paths.toArray(String[]::new));
        return this;
    }

    /**
     * Says that there may be handlers and authorizers that are not known here, so that a policy without paths and the name of
     * an authorizer are no problems.
     */
    public GateBuilder unknownHandlers() {
        handlers = null;
        return this;
    }

    Elsewhere elsewhere() {
        var complete = handlers != null;
        return new Elsewhere(
                clients,
                database,
                ledger,
                counters,
                countries,
                new Authorizers(authorizers, complete),
                List.copyOf(detectors),
                listener,
                complete);
    }

    /**
     * Builds the gate.
     *
     * @throws ConfigurationException when there is any problem; it names them all
     */
    public Gate build() {
        return new Gate(this);
    }
}
