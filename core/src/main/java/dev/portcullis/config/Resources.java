package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens what a configuration points to, such as schemas and keys. Implementations are thread-safe. */
@FunctionalInterface
public interface Resources {

    /**
     * Opens what stands at a location: {@code classpath:} or {@code file:} and a path, or a path alone.
     *
     * @throws IOException when nothing can be read there
     */
    InputStream open(String location) throws IOException;

    /** The file that a location names, for what is read again and again; null when it names none. */
    default @Nullable Path file(String location) {
        return location.startsWith("file:") ? Path.of(location.substring("file:".length())) : null;
    }

    /** Opens files, relative ones from a directory, and resources of the class loader. */
    static Resources in(Path directory, ClassLoader loader) {
        requireNonNull(directory, "directory");
        requireNonNull(loader, "loader");
        return new LocalResources(directory, loader);
    }
}
