package dev.portcullis.spring.boot;

import dev.portcullis.config.Readiness;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * Keeps the application's readiness at "refusing traffic" until the gate can judge what its configuration speaks of. Thread-safe.
 *
 * <p>When the application says that it accepts traffic and the gate is not ready, this takes it back, and says it again for the
 * application once the gate is. Whatever else the application says of its readiness in between stands.
 */
final class Traffic implements ApplicationListener<AvailabilityChangeEvent<?>> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");
    private static final long PAUSE_MILLIS = 250;

    private final ApplicationContext context;
    private final Portcullis portcullis;
    private final AtomicBoolean held = new AtomicBoolean();

    Traffic(ApplicationContext context, Portcullis portcullis) {
        this.context = context;
        this.portcullis = portcullis;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
        if (event.getSource() == this) {
            return;
        }
        held.set(false);
        var readiness = portcullis.readiness();
        if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC && !readiness.ready()) {
            hold(readiness);
        }
    }

    private void hold(Readiness readiness) {
        LOG.warn("not ready: {}", String.join("; ", readiness.causes()));
        held.set(true);
        say(ReadinessState.REFUSING_TRAFFIC);
        later();
    }

    private void later() {
        CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS).execute(this::look);
    }

    private void look() {
        if (!held.get()) {
            return;
        }
        if (!portcullis.readiness().ready()) {
            later();
        } else if (held.compareAndSet(true, false)) {
            LOG.info("ready: the keys of all issuers are there");
            say(ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    private void say(ReadinessState state) {
        context.publishEvent(new AvailabilityChangeEvent<>(this, state));
    }
}
