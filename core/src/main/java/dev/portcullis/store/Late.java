package dev.portcullis.store;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is made when somebody first asks for it: what most applications never need costs their starts nothing. Thread-safe.
 *
 * @param <T> what it is
 */
public final class Late<T> {

    private final AtomicReference<@Nullable T> made = new AtomicReference<>();
    private final Supplier<T> maker;

    /**
     * Nothing yet.
     *
     * @param maker makes it, at times more than once, of which one is kept: it must be of no harm to make it in vain
     */
    public Late(Supplier<T> maker) {
        this.maker = requireNonNull(maker, "maker");
    }

    /** The one thing, the same for everybody. */
    public T get() {
        var known = made.get();
        if (known != null) {
            return known;
        }
        made.compareAndSet(null, requireNonNull(maker.get(), "made"));
        return requireNonNull(made.get(), "made");
    }

    /** What there is by now; null as long as nobody has asked for it. */
    public @Nullable T ifMade() {
        return made.get();
    }
}
