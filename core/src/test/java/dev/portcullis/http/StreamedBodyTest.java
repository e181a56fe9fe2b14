package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Address;
import dev.portcullis.Body.Content;
import dev.portcullis.Header;
import dev.portcullis.fixture.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedBodyTest {

    private static final int RANDOM_BODIES = 2_000;

    /** A connection that counts how often it was opened and what was read. */
    private static final class Connection implements Wire {

        private final InputStream content;
        private final List<Header> headers;
        private final boolean http1;
        private int opened;
        private int read;

        Connection(InputStream content, boolean http1, Header... headers) {
            this.content = content;
            this.http1 = http1;
            this.headers = List.of(headers);
        }

        StreamedBody streamed() {
            return new View(this, Forwarding.NONE).body();
        }

        StreamedBody timedBy(java.util.function.LongSupplier nanos) {
            return new View(this, Forwarding.NONE, nanos).body();
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String rawPath() {
            return "/";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String scheme() {
            return "https";
        }

        @Override
        public List<Header> headers() {
            return headers;
        }

        @Override
        public Address peer() {
            return Address.parse("192.0.2.1");
        }

        @Override
        public boolean unannouncedIsEmpty() {
            return http1;
        }

        @Override
        public InputStream body() {
            opened++;
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("nobody reads single bytes from a connection");
                }

                @Override
                public int read(byte[] into, int from, int count) throws IOException {
                    var got = content.read(into, from, count);
                    read += Math.max(got, 0);
                    return got;
                }
            };
        }
    }

    private static final Header CHUNKED = new Header("Transfer-Encoding", "chunked");

    private static Connection http1(String content, Header... headers) {
        return new Connection(new ByteArrayInputStream(content.getBytes(UTF_8)), true, headers);
    }

    private static Connection http2(String content, Header... headers) {
        return new Connection(new ByteArrayInputStream(content.getBytes(UTF_8)), false, headers);
    }

    private static Header length(Object value) {
        return new Header("Content-Length", value.toString());
    }

    /** The content as text, or status and code of the denial. */
    private static String told(Content content) {
        if (content instanceof Content.Refused refused) {
            var reply = refused.deny().reply();
            return reply.status() + " " + reply.code();
        }
        return new String(((Content.Whole) content).bytes(), UTF_8);
    }

    private static String replayed(StreamedBody body) throws IOException {
        return new String(body.replay().readAllBytes(), UTF_8);
    }

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
        assertThat(((Content.Refused) body.content(9)).deny().evidence().detail())
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

    private static StreamedBody broken(BrokenWire.Failure failure) {
        var wire = RecordedWire.of("POST", "/")
                .with("Transfer-Encoding", "chunked")
                .body("abc");
        return new View(new BrokenWire(wire, failure), Forwarding.NONE).body();
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
    void isReplayedFromItsBeginningAndThenFromTheConnection() throws IOException {
        var connection = http1("hello world", CHUNKED);
        var body = connection.streamed();
        body.content(4);

        assertThat(connection.read).isEqualTo(5);
        assertThat(body.complete()).isFalse();
        var replay = body.replay();
        assertThat(replay.available()).isEqualTo(5);
        assertThat(replay.read()).isEqualTo('h');
        assertThat(replay.readNBytes(2)).isEqualTo("el".getBytes(UTF_8));
        assertThat(replay.read(new byte[0], 0, 0)).isZero();
        assertThat(new String(replay.readAllBytes(), UTF_8)).isEqualTo("lo world");
        assertThat(replay.read(new byte[1], 0, 1)).isEqualTo(-1);
    }

    @Test
    void isReplayedAsOftenAsAskedOnceItIsComplete() throws IOException {
        var connection = http1("hello", CHUNKED);
        var body = connection.streamed();
        body.content(5);

        assertThat(body.complete()).isTrue();
        assertThat(replayed(body)).isEqualTo("hello");
        assertThat(replayed(body)).isEqualTo("hello");
        assertThat(told(body.content(9))).isEqualTo("hello");
        assertThat(body.replay().available()).isEqualTo(5);
        assertThat(connection.opened).isEqualTo(1);
    }

    @Test
    void cannotBeJudgedAnyMoreOnceTheApplicationHasTheRest() {
        var body = http1("hello", CHUNKED).streamed();
        body.content(2);
        body.replay();

        assertThatThrownBy(() -> body.content(9))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("body: handed to the application before it was read");
        assertThat(told(body.content(2))).isEqualTo("413 body-too-large");
    }

    @Test
    void hasNoBoundBelowNothing() {
        assertThatThrownBy(() -> http1("hello").streamed().content(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bound: -1 (expected: >= 0)");
    }

    @Test
    void isReplayedByteForByteWhateverWasAskedBefore() throws IOException {
        isReplayed(StreamedBody::replay);
    }

    @Test
    void aReplayWithoutWhatWasReadIsFoundOut() {
        assertThatThrownBy(() -> isReplayed(body -> {
                    var replay = body.replay();
                    replay.skipNBytes(body.touched() ? 1 : 0);
                    return replay;
                }))
                .isInstanceOf(AssertionError.class);
    }

    private interface Replayed {
        InputStream of(StreamedBody body) throws IOException;
    }

    private static void isReplayed(Replayed replayed) throws IOException {
        var random = Seeds.random(StreamedBodyTest.class);
        for (var i = 0; i < RANDOM_BODIES; i++) {
            var content = new byte[random.nextInt(1, 40_000)];
            random.nextBytes(content);
            var connection = new Connection(dribbling(content, random.split()), random.nextBoolean(), CHUNKED);
            var body = connection.streamed();
            for (var checks = random.nextInt(4); checks > 0; checks--) {
                var bound = random.nextInt(50_000);
                assertThat(body.content(bound) instanceof Content.Whole).isEqualTo(content.length <= bound);
                assertThat(connection.read).isLessThanOrEqualTo(content.length);
            }
            assertThat(read(replayed.of(body), random)).isEqualTo(content);
        }
    }

    /** A stream that brings few bytes at a time. */
    private static InputStream dribbling(byte[] content, SplittableRandom random) {
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                return at == content.length ? -1 : content[at++] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int count) {
                if (at == content.length) {
                    return -1;
                }
                var some = Math.min(random.nextInt(1, 9_000), Math.min(count, content.length - at));
                System.arraycopy(content, at, into, from, some);
                at += some;
                return some;
            }
        };
    }

    private static byte[] read(InputStream in, SplittableRandom random) throws IOException {
        var all = new ByteArrayOutputStream();
        var buffer = new byte[10_000];
        int count;
        while ((count = in.read(buffer, 5, random.nextInt(1, 9_000))) >= 0) {
            all.write(Arrays.copyOfRange(buffer, 5, 5 + count));
        }
        return all.toByteArray();
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

        assertThat(((Content.Refused) slow.content(2000)).deny().reply().code()).isEqualTo("body-too-slow");
        assertThat(((Content.Refused) slow.content(2000)).deny().reply().status())
                .isEqualTo(408);
        assertThat(half.get()).isLessThan(100_000_000_000L);
        assertThat(quick.content(2000)).isInstanceOf(Content.Whole.class);
    }
}
