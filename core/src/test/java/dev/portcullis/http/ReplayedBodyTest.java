package dev.portcullis.http;

import static dev.portcullis.http.Connection.CHUNKED;
import static dev.portcullis.http.Connection.http1;
import static dev.portcullis.http.Connection.replayed;
import static dev.portcullis.http.Connection.told;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Body.Content;
import dev.portcullis.fixture.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the application reads of a body after rules have read some of it. */
class ReplayedBodyTest {

    private static final int RANDOM_BODIES = 2_000;

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
}
