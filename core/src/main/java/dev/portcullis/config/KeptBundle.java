package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.TrustedBase;
import dev.portcullis.config.PolicyBundle.Sealed;
import dev.portcullis.fetch.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last bundle that a gate asked, in a file: a start does not need its source then, and takes no older one. Thread-safe.
 *
 * <p>The first line is the signature, the rest the policy file, so that both are replaced at once. What is in it is held against the trusted key
 * like any other bundle; whoever can write the file can put an older one there: it belongs to the service alone.
 *
 * @param path the file
 */
@TrustedBase
record KeptBundle(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");

    KeptBundle {
        requireNonNull(path, "path");
    }

    /**
     * The bundle in the file; null when there is no file.
     *
     * @throws IOException when it cannot be read, so that nobody knows which bundle was the last
     */
    @Nullable
    Sealed read() throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        var bytes = new WholeFile(path).read(PolicyBundle.MAX_POLICY + PolicyBundle.MAX_SIGNATURE + 1);
        var end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return new Sealed(
                String.valueOf(path.getFileName()),
                Arrays.copyOfRange(bytes, Math.min(end + 1, bytes.length), bytes.length),
                Arrays.copyOf(bytes, end));
    }

    /** Puts a bundle in the place of the one that was there; tells whether it could. */
    boolean write(Sealed sealed) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(new String(sealed.signature(), StandardCharsets.ISO_8859_1)
                .strip()
                .getBytes(StandardCharsets.ISO_8859_1));
        all.write('\n');
        all.writeBytes(sealed.policy());
        try {
            new WholeFile(path).write(all.toByteArray());
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "bundle: `{}` cannot be written, so that a start may take an older one: {}",
                    path,
                    String.valueOf(e));
            return false;
        }
    }
}
