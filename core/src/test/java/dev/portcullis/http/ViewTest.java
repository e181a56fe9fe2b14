package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTest {

    private static final Address CLIENT = Address.parse("203.0.113.9");

    private final AtomicInteger derivations = new AtomicInteger();
    private final RecordedWire wire = RecordedWire.of("GET", "/orders/7?page=2")
            .with("Host", "inner.example")
            .with("X-Host", "shop.example")
            .with("X-Request-Id", "abcdefgh-1.2_3")
            .from("192.0.2.1");

    /** Believes the peer, and looks at what the connection brought while it does. */
    private Forwarding.Facts trusting(Head head) {
        derivations.incrementAndGet();
        assertThat(head.scheme()).isEqualTo("http");
        assertThat(head.host()).isEqualTo("inner.example");
        assertThat(head.peer()).isEqualTo(Address.parse("192.0.2.1"));
        assertThat(head.headers("x-host")).containsExactly("shop.example");
        return new Forwarding.Facts(CLIENT, "https", String.valueOf(head.header("X-Host")), true);
    }

    @Test
    void showsTheFactsOfTheConnectionWhenNobodyIsTrusted() {
        var view = wire.view();

        assertThat(view.address()).isEqualTo(view.peer());
        assertThat(view.scheme()).isEqualTo("http");
        assertThat(view.host()).isEqualTo("inner.example");
    }

    @Test
    void showsWhatTrustedProxiesSayAndAsksThemOnce() {
        var view = new View(wire, this::trusting);

        assertThat(view.address()).isEqualTo(CLIENT);
        assertThat(view.scheme()).isEqualTo("https");
        assertThat(view.host()).isEqualTo("shop.example");
        assertThat(view.peer()).isEqualTo(Address.parse("192.0.2.1"));
        assertThat(derivations).hasValue(1);
    }

    @Test
    void asksNobodyBeforeItMust() {
        var view = new View(wire, this::trusting);

        assertThat(view.path()).isEqualTo("/orders/7");
        assertThat(view.query()).isEqualTo("page=2");
        assertThat(view.header("x-host")).isEqualTo("shop.example");
        assertThat(derivations).hasValue(0);
    }

    @Test
    void takesTheCorrelationIdOverFromATrustedPeerOnly() {
        assertThat(new View(wire, this::trusting).id()).isEqualTo("abcdefgh-1.2_3");
        assertThat(wire.view().id()).matches("[0-9a-f]{32}");
    }

    @Test
    void keepsTheCorrelationIdThatItMadeUp() {
        var view = wire.view();

        assertThat(view.id()).isEqualTo(view.id()).isNotEqualTo(wire.view().id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "with space",
                "line\nbreak",
                "caf\u00e9-12345",
                "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668"
            })
    void makesUpACorrelationIdInPlaceOfAnUnsafeOne(String sent) {
        var view = new View(RecordedWire.of("GET", "/").with("X-Request-Id", sent), ViewTest::trustingAll);

        assertThat(view.id()).matches("[0-9a-f]{32}");
    }

    @Test
    void makesUpACorrelationIdInPlaceOfALongOneOrOfTwo() {
        var longer = RecordedWire.of("GET", "/").with("X-Request-Id", "a".repeat(129));
        var two = wire.with("X-Request-Id", "abcdefgh");

        assertThat(new View(longer, ViewTest::trustingAll).id()).hasSize(32);
        assertThat(new View(two, ViewTest::trustingAll).id()).hasSize(32);
    }

    private static Forwarding.Facts trustingAll(Head head) {
        return new Forwarding.Facts(head.peer(), head.scheme(), head.host(), true);
    }

    @Test
    void joinsTheLinesOfAField() {
        var view = wire.with("X-Host", "b").with("x-host", "c").view();

        assertThat(view.header("X-HOST")).isEqualTo("shop.example, b, c");
        assertThat(view.headers("X-Host")).containsExactly("shop.example", "b", "c");
        assertThat(view.header("Absent")).isNull();
        assertThat(view.headers("Absent")).isEmpty();
    }
}
