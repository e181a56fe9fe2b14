package dev.portcullis.auth;

import org.jspecify.annotations.Nullable;

/**
 * Where API keys are that no configuration names, such as a database. Implementations are thread-safe.
 *
 * <p>What it answers is kept for a time, also that there is nothing, so that it need not keep anything itself. It is asked on a thread
 * of the gate's executor, by one thread at a time for each id, and may block.
 */
@FunctionalInterface
public interface ClientStore {

    /**
     * The key with this id; null when there is none.
     *
     * @param id what a caller wrote where keys have their id: 1 to 64 ASCII letters, digits and {@code -}
     * @throws Exception when it cannot tell; the caller is then neither let in nor called a stranger
     */
    @Nullable
    ApiKey find(String id) throws Exception;
}
