package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    /** A pool whose connections are all broken, as after its database went away. */
    private static final class Broken implements Connections.Source {

        private final AtomicInteger out = new AtomicInteger();

        @Override
        public Connection take() {
            out.incrementAndGet();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                            out.decrementAndGet();
                            return null;
                        }
                        throw new SQLException("broken");
                    });
        }

        @Override
        public void takeBack(Connection connection) {
            out.decrementAndGet();
        }

        @Override
        public void close() {
            // Nothing is kept.
        }
    }

    @Test
    void giveABrokenConnectionBackToItsPool() {
        var source = new Broken();
        var connections = new Connections(source, () -> Duration.ofSeconds(1));
        assertThatThrownBy(connections::getConnection).hasMessage("broken");
        assertThat(source.out).hasValue(0);
    }
}
