package dev.portcullis.cli;

import dev.portcullis.config.PolicyFile;
import dev.portcullis.config.Resources;
import java.io.IOException;
import java.nio.file.Path;

/** Reads the policy file that a command names; what it points to is beside it. */
final class PolicyOption {

    private PolicyOption() {}

    static PolicyFile read(Path path) throws IOException {
        return PolicyFile.read(path);
    }

    static Resources resources(Path path) {
        var parent = path.toAbsolutePath().getParent();
        return Resources.in(parent == null ? Path.of("") : parent, PolicyOption.class.getClassLoader());
    }

    static Session session(Path path) throws IOException {
        return Session.of(read(path), resources(path));
    }
}
