package dev.portcullis.architecture.planted.cors;

import dev.portcullis.architecture.planted.config.Settings;
import dev.portcullis.architecture.planted.ip.Ranges;
import java.util.function.Supplier;

/** A capability with a name that says nothing, which knows the configuration and completes a cycle. */
public record OriginManager(Settings settings, Supplier<Ranges> ranges) {

    Ranges first() {
        return ranges.get();
    }
}
