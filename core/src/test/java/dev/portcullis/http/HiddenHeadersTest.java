package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HiddenHeadersTest {

    @Test
    void areTheUsualOnesAndTheOneThatIsNamed() {
        var hidden = HiddenHeaders.with("X-Tls-Peer");
        assertThat(hidden.contains("x-tls-PEER")).isTrue();
        assertThat(hidden.contains("X_Tls_Peer")).isTrue();
        assertThat(hidden.contains("X-User")).isTrue();
        assertThat(hidden.contains("X-Tls-Peers")).isFalse();
        assertThat(HiddenHeaders.USUAL.contains("X-Tls-Peer")).isFalse();
    }

    @Test
    void areNoneWhereNothingIsHidden() {
        assertThat(HiddenHeaders.NONE.contains("X-User")).isFalse();
    }
}
