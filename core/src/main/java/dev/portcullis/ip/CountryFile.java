package dev.portcullis.ip;

import static java.util.Objects.requireNonNull;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import com.maxmind.db.Reader;
import dev.portcullis.Address;
import dev.portcullis.TrustedBase;
import dev.portcullis.fetch.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The countries of addresses from a database file in the format of MaxMind, which is read again when it has changed. Thread-safe.
 *
 * <p>It needs {@code com.maxmind.db:maxmind-db}, which is optional. A file that cannot be read leaves the one before in use.
 */
@TrustedBase
public final class CountryFile implements Countries {

    /** How large the file may be. */
    static final int MAX_BYTES = 256 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(CountryFile.class);

    private final Path path;
    private final AtomicReference<Loaded> loaded;

    /** What was read, and of which state of the file. */
    private record Loaded(
            Reader reader, FileState state, @Nullable String problem) {}

    /**
     * What a database says of an address, as far as it is asked.
     *
     * @param country the country; null when it says none
     */
    public record Place(@Nullable Land country) {

        /** What was read. */
        @MaxMindDbConstructor
        public Place(@MaxMindDbParameter(name = "country") @Nullable Land country) {
            this.country = country;
        }
    }

    /**
     * A country.
     *
     * @param code its code; null when it has none
     */
    public record Land(@Nullable String code) {

        /** What was read. */
        @MaxMindDbConstructor
        public Land(@MaxMindDbParameter(name = "iso_code") @Nullable String code) {
            this.code = code;
        }
    }

    private CountryFile(Path path, Loaded loaded) {
        this.path = path;
        this.loaded = new AtomicReference<>(loaded);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it cannot be read, or tells no countries
     */
    public static CountryFile at(Path path) {
        try {
            return new CountryFile(requireNonNull(path, "path"), load(path));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("no database of countries: " + reason(e), e);
        }
    }

    private static Loaded load(Path path) throws IOException {
        var state = FileState.of(path);
        var bytes = new WholeFile(path).read(MAX_BYTES);
        var reader = new Reader(new ByteArrayInputStream(bytes));
        var type = reader.getMetadata().databaseType().toLowerCase(Locale.ROOT);
        if (!type.contains("country") && !type.contains("city") && !type.contains("enterprise")) {
            throw new IllegalArgumentException("a database of another type (expected: of countries or cities)");
        }
        return new Loaded(reader, state, null);
    }

    private static String reason(Exception e) {
        var message = e.getMessage() == null ? "" : e.getMessage();
        return e instanceof IllegalArgumentException ? message : e.getClass().getSimpleName() + ": " + message;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    @Override
    public String of(Address address) {
        try {
            var place = loaded.get().reader.get(inet(address), Place.class);
            var country = place == null ? null : place.country();
            var code = country == null ? null : country.code();
            return code == null || code.length() != 2 ? UNKNOWN : code.toUpperCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetAddress inet(Address address) throws UnknownHostException {
        var bytes = address.isIpv4()
                ? ByteBuffer.allocate(4).putInt((int) address.low())
                : ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low());
        return InetAddress.getByAddress(bytes.array());
    }

    /** Reads the file again when it has changed. Of two that do so at a time, the later one stays. */
    public void tend() {
        var before = loaded.get();
        try {
            var now = FileState.of(path);
            if (before.state.isStill(now)) {
                return;
            }
            try {
                loaded.set(load(path));
                LOG.info("countries: `{}` was read again", path);
            } catch (IOException | RuntimeException e) {
                fail(new Loaded(before.reader, now, reason(e)));
            }
        } catch (IOException e) {
            if (before.problem == null) {
                fail(new Loaded(before.reader, before.state, reason(e)));
            }
        }
    }

    private void fail(Loaded next) {
        loaded.set(next);
        LOG.warn("countries: `{}` cannot be read: {}; the one before stays in use", path, next.problem);
    }

    /** How it stands. */
    public CountryReport report() {
        var now = loaded.get();
        return new CountryReport(path.toString(), now.reader.getMetadata().buildTime(), now.problem);
    }
}
