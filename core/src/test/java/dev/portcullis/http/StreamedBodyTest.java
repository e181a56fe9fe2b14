package dev.portcullis.http;

import static dev.portcullis.http.Connection.CHUNKED;
import static dev.portcullis.http.Connection.http1;
import static dev.portcullis.http.Connection.http2;
import static dev.portcullis.http.Connection.length;
import static dev.portcullis.http.Connection.replayed;
import static dev.portcullis.http.Connection.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Body.Content;
import dev.portcullis.Header;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedBodyTest {

    @Test
    void isReadWholeWithinTheBound() {
        assertThat(told(http1("hello", length(5)).streamed().content(5))).isEqualTo("hello");
        assertThat(told(http1("hello", CHUNKED).streamed().content(5))).isEqualTo("hello");
        assertThat(told(http2("hello").streamed().content(5))).isEqualTo("hello");
    }

    @Test
    void isReadOnceForAllChecks() {
        var connection = http1("hello", CHUNKED);
        var body = connection.streamed();

        assertThat(told(body.content(5))).isEqualTo("hello");
        assertThat(told(body.content(100))).isEqualTo("hello");
        assertThat(((Content.Whole) body.content(7)).bytes()).isSameAs(((Content.Whole) body.content(8)).bytes());
        assertThat(connection.opened).isEqualTo(1);
    }

    @Test
    void isNotReadWhenItsDeclaredLengthIsOverTheBound() {
        var connection = http1("hello", length(5));

        assertThat(told(connection.streamed().content(4))).isEqualTo("413 body-too-large");
        assertThat(connection.opened).isZero();
    }

    @Test
    void isReadOneByteOverTheBoundAndNoFurther() {
        var connection = http1("hello".repeat(10_000), CHUNKED);

        assertThat(told(connection.streamed().content(20_000))).isEqualTo("413 body-too-large");
        assertThat(connection.read).isEqualTo(20_001);
    }

    @Test
    void hasABoundForEachCheck() throws IOException {
        var body = http1("hello", CHUNKED).streamed();

        assertThat(told(body.content(4))).isEqualTo("413 body-too-large");
        assertThat(told(body.content(5))).isEqualTo("hello");
        assertThat(told(body.content(4))).isEqualTo("413 body-too-large");
        assertThat(told(body.content(0))).isEqualTo("413 body-too-large");
        assertThat(told(body.content(Long.MAX_VALUE))).isEqualTo("hello");
        assertThat(replayed(body)).isEqualTo("hello");
    }

    @Test
    void isMalformedWhenItIsNotAsLongAsDeclared() {
        assertThat(told(http1("hell", length(5)).streamed().content(9))).isEqualTo("400 malformed-body");
        assertThat(told(http2("hello!", length(5)).streamed().content(9))).isEqualTo("400 malformed-body");
    }

    @Test
    void isMalformedWhenTheConnectionBreaksAndStaysSo() {
        var body = broken(() -> {
            throw new IOException("early end");
        });

        assertThat(told(body.content(9))).isEqualTo("400 malformed-body");
        assertThat(told(body.content(9))).isEqualTo("400 malformed-body");
        assertThat(told(body.content(2))).isEqualTo("413 body-too-large");
        assertThat(((Content.Denied) body.content(9)).deny().evidence().detail())
                .contains("early end");
        assertThat(body.touched()).isTrue();
        assertThat(body.isEmpty()).isFalse();
    }

    @Test
    void isMalformedWhenTheContainerThrowsAnExceptionOfItsOwn() {
        assertThat(told(broken(() -> {
                            throw new IllegalStateException("bad chunk");
                        })
                        .content(9)))
                .isEqualTo("400 malformed-body");
    }

    @Test
    void isMalformedWhenAReadBringsNothing() {
        assertThat(told(broken(() -> 0).content(9))).isEqualTo("400 malformed-body");
    }

    private static StreamedBody broken(BrokenBody.Failure failure) {
        var wire = RecordedWire.of("POST", "/")
                .with("Transfer-Encoding", "chunked")
                .body("abc");
        return new View(BrokenBody.of(wire, failure), Forwarding.NONE).body();
    }

    @Test
    void breaksForTheApplicationWhereItBrokeForTheChecks() throws IOException {
        var body = broken(() -> {
            throw new IllegalStateException("bad chunk");
        });
        body.content(9);
        var replay = body.replay();

        assertThat(replay.readNBytes(3)).isEqualTo("abc".getBytes(UTF_8));
        assertThatThrownBy(replay::read).isInstanceOf(IOException.class).hasRootCauseMessage("bad chunk");
    }

    @Test
    void propagatesErrors() {
        var body = broken(() -> {
            throw new OutOfMemoryError("planted");
        });

        assertThatThrownBy(() -> body.content(9)).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void isEmptyWhenTheHeadSaysSo() {
        for (var connection : List.of(http1(""), http1("", length(0)), http2("", length("000")))) {
            var body = connection.streamed();

            assertThat(body.isEmpty()).isTrue();
            assertThat(body.declaredLength()).isZero();
            assertThat(told(body.content(0))).isEmpty();
            assertThat(body.touched()).isFalse();
            assertThat(connection.opened).isZero();
        }
    }

    @Test
    void isReadToTellWhetherItIsEmptyWhenTheHeadDoesNotSay() throws IOException {
        assertThat(http2("").streamed().isEmpty()).isTrue();
        assertThat(http1("", CHUNKED).streamed().isEmpty()).isTrue();
        var body = http2("hello").streamed();

        assertThat(body.isEmpty()).isFalse();
        assertThat(body.touched()).isTrue();
        assertThat(told(body.content(5))).isEqualTo("hello");
        assertThat(body.isEmpty()).isFalse();
        assertThat(replayed(body)).isEqualTo("hello");
    }

    @Test
    void isNotEmptyWhenALengthIsDeclared() {
        var connection = http1("hello", length(5));

        assertThat(connection.streamed().isEmpty()).isFalse();
        assertThat(connection.opened).isZero();
    }

    @Test
    void declaresNothingWhenATransferEncodingOverrulesTheLength() {
        var body = http1("hello", length(0), CHUNKED).streamed();

        assertThat(body.declaredLength()).isEqualTo(-1);
        assertThat(body.isEmpty()).isFalse();
        assertThat(told(body.content(9))).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+0", "0x0", " 0", "0, 0", "1e1", "1234567890123456789", "\u0660"})
    void declaresNothingWhenReadersMayDifferOverTheLength(String value) {
        var body = http1("hello", length(value)).streamed();

        assertThat(body.declaredLength()).isEqualTo(-1);
        assertThat(told(body.content(9))).isEqualTo("hello");
    }

    @Test
    void hasNoBoundBelowNothing() {
        assertThatThrownBy(() -> http1("hello").streamed().content(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bound: -1 (expected: >= 0)");
    }

    /** Brings one byte for each read. */
    private static InputStream byteByByte(int length) {
        return new InputStream() {

            private int left = length;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int from, int count) {
                var next = read();
                if (next < 0) {
                    return -1;
                }
                into[from] = (byte) next;
                return 1;
            }
        };
    }

    @Test
    void whoSendsAByteASecondIsDeniedWhenThirtySecondsAreOver() {
        var half = new java.util.concurrent.atomic.AtomicLong();
        java.util.function.LongSupplier clock = () -> half.addAndGet(1_000_000_000L);
        var sent = new Header("Content-Length", "1000");
        var slow = new Connection(byteByByte(1000), true, sent).timedBy(clock);
        var quick = new Connection(byteByByte(30), true, new Header("Content-Length", "30")).timedBy(clock);

        assertThat(((Content.Denied) slow.content(2000)).deny().reply().code()).isEqualTo("body-too-slow");
        assertThat(((Content.Denied) slow.content(2000)).deny().reply().status())
                .isEqualTo(408);
        assertThat(half.get()).isLessThan(100_000_000_000L);
        assertThat(quick.content(2000)).isInstanceOf(Content.Whole.class);
    }
}
