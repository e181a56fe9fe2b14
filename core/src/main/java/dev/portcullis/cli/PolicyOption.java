package dev.portcullis.cli;

import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Resources;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the policy file that a command names; what it points to is beside it. */
final class PolicyOption {

    private static final String APPLICATION = "application";

    private PolicyOption() {}

    static PolicyFile read(Path path) throws IOException {
        return PolicyFile.read(path);
    }

    static Resources resources(Path path) {
        var parent = path.toAbsolutePath().getParent();
        var folder = parent == null ? Path.of("") : parent;
        var beside = String.valueOf(path.getFileName()).startsWith(APPLICATION);
        var usual = PolicyOption.class.getClassLoader();
        return Resources.in(folder, beside ? new Beside(folder, usual) : usual);
    }

    /** The class path of an application, of which the folder with its properties is known. */
    private static final class Beside extends ClassLoader {

        private final Path folder;

        Beside(Path folder, ClassLoader usual) {
            super(usual);
            this.folder = folder;
        }

        @Override
        protected @Nullable URL findResource(String name) {
            try {
                var file = folder.resolve(name).normalize();
                return file.startsWith(folder) && Files.isRegularFile(file)
                        ? file.toUri().toURL()
                        : null;
            } catch (InvalidPathException | MalformedURLException e) {
                return null;
            }
        }
    }

    static Session session(Path path) throws IOException {
        return Session.of(read(path), resources(path));
    }
}
