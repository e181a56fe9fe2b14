package dev.portcullis.store;

/**
 * What several nodes share: a ledger, and buckets of permits. Implementations are thread-safe.
 *
 * <p>Making one reaches for nothing: a store that is away when an application starts is asked again when it is needed.
 */
public interface SharedStore extends AutoCloseable {

    /** What was used up, revoked or denied. */
    Ledger ledger();

    /** The counts of limits. */
    Buckets buckets();

    /** Starts to connect, so that the first request need not wait for it, and looks after what is due. Waits for nothing. */
    void tend();

    /** How it stands with it. */
    StoreReport report();

    /** Lets go of connections and threads. */
    @Override
    void close();
}
