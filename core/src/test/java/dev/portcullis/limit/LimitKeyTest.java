package dev.portcullis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitKeyTest {

    @Test
    void readsItsWordsInAnyOrder() {
        assertThat(key("route", "client")).isEqualTo(key("client", "route")).hasSameHashCodeAs(key("client", "route"));
        assertThat(key("route", "client")).hasToString("client,route");
        assertThat(key("Header:X-Device", "ADDRESS")).hasToString("address,header:x-device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "ip", "header", "header:", "header:x y", "header:x:y", "client "})
    void readsNoOtherWord(String word) {
        assertThatThrownBy(() -> key(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("by: `" + word + "` (expected: client, address, route, tenant, header:name or global)");
    }

    @Test
    void aWordStandsOnce() {
        assertThatThrownBy(() -> key("client", "route", "Client"))
                .hasMessage("by: `Client` twice (expected: every word once)");
        assertThat(key("header:a", "header:b")).hasToString("header:a,header:b");
        assertThatThrownBy(LimitKeyTest::key)
                .hasMessage("by: nothing (expected: client, address, route, tenant, header:name or global)");
    }

    @Test
    void saysWhetherItAsksWhoCalls() {
        assertThat(key("client").needsIdentity()).isTrue();
        assertThat(key("route", "tenant").needsIdentity()).isTrue();
        assertThat(key("address", "route", "header:x", "global").needsIdentity())
                .isFalse();
    }

    @Test
    void isForgeableWhenAHeaderIsAllThatTellsCallersApart() {
        assertThat(key("header:x").forgeable()).isTrue();
        assertThat(key("header:x", "route").forgeable()).isTrue();
        assertThat(key("header:x", "global").forgeable()).isTrue();
        assertThat(key("header:x", "client").forgeable()).isFalse();
        assertThat(key("header:x", "address").forgeable()).isFalse();
        assertThat(key("header:x", "tenant").forgeable()).isFalse();
        assertThat(key("global").forgeable()).isFalse();
    }

    static LimitKey key(String... words) {
        return LimitKey.parse(List.of(words));
    }
}
