package dev.portcullis.http;

import dev.portcullis.Address;
import dev.portcullis.Header;
import java.io.InputStream;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A recorded request whose body comes in another way.
 *
 * @param wire the request
 * @param coming makes what is read of the body as it was recorded
 */
public record RelayedWire(RecordedWire wire, UnaryOperator<InputStream> coming) implements Wire {

    @Override
    public String method() {
        return wire.method();
    }

    @Override
    public String rawPath() {
        return wire.rawPath();
    }

    @Override
    public @Nullable String query() {
        return wire.query();
    }

    @Override
    public String scheme() {
        return wire.scheme();
    }

    @Override
    public List<Header> headers() {
        return wire.headers();
    }

    @Override
    public Address peer() {
        return wire.peer();
    }

    @Override
    public InputStream body() {
        return coming.apply(wire.body());
    }
}
