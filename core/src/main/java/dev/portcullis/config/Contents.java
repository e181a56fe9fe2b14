package dev.portcullis.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.http.Json;
import dev.portcullis.schema.OneDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a configuration points to, and remembers it for the digest. Lives for one build. */
final class Contents {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_BESIDE = 16 << 20;
    private static final String HELP =
            "write `classpath:...`, `file:...`, a path beside the policy file, or the JSON itself";

    /** Files and resources, and no addresses. */
    private static final Pattern LOCAL = Pattern.compile("classpath:|file:(?!//[^/])|[A-Za-z]:|[^:]*$");

    private final Resources resources;
    private final Map<String, byte[]> read = new TreeMap<>();

    Contents(Resources resources) {
        this.resources = resources;
    }

    /** The file that a location names; null when it names none, or when the location is the JSON itself. */
    @Nullable
    Path file(String location) {
        try {
            return isJson(location) ? null : resources.file(location);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static boolean isJson(String location) {
        return location.stripLeading().startsWith("{");
    }

    /** What was read so far, by location. */
    Map<String, byte[]> all() {
        return read;
    }

    /** The bytes at a location, or the text itself when it is JSON; null when there is a problem. */
    byte @Nullable [] bytes(At at, String location) {
        return bytes(at, location, MAX_BYTES);
    }

    /** The bytes at a location, at most so many, or the text itself when it is JSON; null when there is a problem. */
    byte @Nullable [] bytes(At at, String location, int most) {
        if (isJson(location)) {
            return location.getBytes(StandardCharsets.UTF_8);
        }
        if (read.containsKey(location)) {
            return read.get(location);
        }
        try (InputStream stream = resources.open(location)) {
            var bytes = stream.readNBytes(most + 1);
            if (bytes.length > most) {
                at.problem(
                        shown(location) + " is too large (expected: at most " + (most >> 20) + " MiB)",
                        "split it, or write it shorter");
                return null;
            }
            read.put(location, bytes);
            return bytes;
        } catch (IOException | RuntimeException e) {
            at.problem(shown(location) + " cannot be read: " + reason(e), HELP);
            return null;
        }
    }

    /**
     * The document with what stands in files beside it; the same when it is no file, beside which nothing is.
     *
     * @param reader makes a tree of a file
     * @throws IllegalArgumentException when one of them cannot be had
     */
    JsonNode whole(JsonNode document, String location, Function<byte[], JsonNode> reader) {
        if (isJson(location) || !LOCAL.matcher(location).lookingAt()) {
            return document;
        }
        var name = Math.max(location.lastIndexOf('/'), location.indexOf(':')) + 1;
        var beside = new Beside(location.substring(0, name), reader);
        return OneDocument.of(document, location.substring(name), beside::read);
    }

    /** Files of one directory, all together within a bound. */
    private final class Beside {

        private final String directory;
        private final Function<byte[], JsonNode> reader;
        private int left = MAX_BESIDE;

        Beside(String directory, Function<byte[], JsonNode> reader) {
            this.directory = directory;
            this.reader = reader;
        }

        JsonNode read(String path) {
            var location = directory + path;
            try (InputStream stream = resources.open(location)) {
                var bytes = stream.readNBytes(left + 1);
                if (bytes.length > left) {
                    throw new IllegalArgumentException("too large (expected: at most 16 MiB in all files)");
                }
                left -= bytes.length;
                read.put(location, bytes);
                return reader.apply(bytes);
            } catch (IOException e) {
                throw new IllegalArgumentException("cannot be read: " + reason(e), e);
            }
        }
    }

    /** The bytes that stand at a location now, which may be others than at the start; null when they cannot be read. */
    byte @Nullable [] again(String location) {
        try (InputStream stream = resources.open(location)) {
            var bytes = stream.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES ? null : bytes;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** The JSON at a location; null when there is a problem. */
    @Nullable
    JsonNode json(At at, String location) {
        var bytes = bytes(at, location);
        if (bytes == null) {
            return null;
        }
        try {
            return whole(read(bytes), location, Contents::read);
        } catch (IllegalArgumentException e) {
            at.problem(At.messageOf(e), HELP);
            return null;
        }
    }

    private static JsonNode read(byte[] bytes) {
        var result = Json.read(bytes);
        if (result instanceof Json.Read json) {
            return json.node();
        }
        throw new IllegalArgumentException("no JSON: " + ((Json.Malformed) result).reason());
    }

    /** The location as an operator may see it; what looks like a key, like JSON that was cut or like no location may be a secret. */
    static String shown(String location) {
        var secret = location.indexOf('"') >= 0 || location.contains("-----");
        var place = location.chars().anyMatch(c -> c == '/' || c == '.' || c == ':' || c == '\\');
        return place && !secret ? "`" + At.shown(location) + "`" : "the location";
    }

    private static String reason(Exception e) {
        if (e instanceof InvalidPathException) {
            return "not a path";
        }
        return e instanceof NoSuchFileException ? "no such file" : At.shown(At.messageOf(e));
    }
}
