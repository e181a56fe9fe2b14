package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import org.junit.jupiter.api.Test;

class BodyLimitTest {

    private final BodyLimit limit = BodyLimit.of(5);

    private static RecordedWire declaring(String length) {
        return RecordedWire.of("POST", "/").with("Content-Length", length).body("hello");
    }

    private static RecordedWire streaming(String content) {
        return RecordedWire.of("POST", "/").with("Transfer-Encoding", "chunked").body(content);
    }

    private static int statusOf(Verdict verdict) {
        return verdict instanceof Verdict.Deny deny ? deny.reply().status() : 0;
    }

    @Test
    void passesADeclaredLengthWithinTheLimit() {
        assertThat(limit.check(declaring("5").view())).isSameAs(Verdict.pass());
        assertThat(limit.check(RecordedWire.of("GET", "/").view())).isSameAs(Verdict.pass());
    }

    @Test
    void deniesALongerDeclaredLengthAtOnce() {
        var deny = (Verdict.Deny) limit.check(declaring("6").view());

        assertThat(deny.reply().status()).isEqualTo(413);
        assertThat(deny.reply().code()).isEqualTo("body-too-large");
    }

    @Test
    void countsABodyWithoutDeclaredLengthWhileItIsRead() {
        var view = streaming("hello, world").view();
        var pass = (Verdict.Pass) limit.check(view);

        assertThat(view.body().touched()).isFalse();
        assertThat(pass.watch()).isNotSameAs(Watch.NONE);
        assertThat(pass.watch().reading(5)).isSameAs(Verdict.pass());
        assertThat(statusOf(pass.watch().reading(6))).isEqualTo(413);
        assertThat(statusOf(pass.watch().reading(Long.MAX_VALUE))).isEqualTo(413);
    }

    @Test
    void judgesABodyThatAnEarlierCheckHasRead() {
        var shorter = streaming("hello").view();
        shorter.body().content(100);
        var longer = streaming("hello!").view();
        longer.body().content(100);

        assertThat(limit.check(shorter)).isSameAs(Verdict.pass());
        assertThat(statusOf(limit.check(longer))).isEqualTo(413);
    }

    @Test
    void judgesABodyThatAnEarlierCheckFoundTooLong() {
        var view = streaming("hello!").view();
        view.body().content(2);

        assertThat(statusOf(limit.check(view))).isEqualTo(413);
    }

    @Test
    void isNotFooledByALengthBesideATransferEncoding() {
        var view = streaming("hello, world").with("Content-Length", "1").view();

        assertThat(((Verdict.Pass) limit.check(view)).watch()).isNotSameAs(Watch.NONE);
    }

    @Test
    void allowsNothingWhenTheLimitIsZero() {
        assertThat(statusOf(BodyLimit.of(0).check(declaring("1").view()))).isEqualTo(413);
        assertThat(BodyLimit.of(0).check(declaring("0").view())).isSameAs(Verdict.pass());
    }

    @Test
    void isNotBuiltWithANegativeLimit() {
        assertThatThrownBy(() -> BodyLimit.of(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max-size: -1 (expected: >= 0)");
    }
}
