package dev.portcullis.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files and resources of the class path.
 *
 * @param directory where relative files are
 * @param loader where resources are
 */
record LocalResources(Path directory, ClassLoader loader) implements Resources {

    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";

    @Override
    public InputStream open(String location) throws IOException {
        var file = file(location);
        if (file != null) {
            return Files.newInputStream(file);
        }
        var name = location.substring(CLASS_PATH.length());
        var stream = loader.getResourceAsStream(name.startsWith("/") ? name.substring(1) : name);
        if (stream == null) {
            throw new IOException("nothing on the class path");
        }
        return stream;
    }

    @Override
    public @Nullable Path file(String location) {
        if (location.startsWith(CLASS_PATH)) {
            return null;
        }
        return directory.resolve(location.startsWith(FILE) ? location.substring(FILE.length()) : location);
    }
}
