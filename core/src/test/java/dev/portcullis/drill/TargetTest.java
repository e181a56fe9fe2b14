package dev.portcullis.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.drill.Aim.Meant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what is one's own is attacked, and nothing is deleted. */
class TargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080",
                "http://127.9.9.9",
                "https://10.1.2.3",
                "http://172.16.0.1",
                "http://192.168.7.7",
                "http://[::1]:8080/shop/",
                "http://[fd00::1]"
            })
    void takesThisMachineAndPrivateNetworks(String url) {
        assertThat(Target.of(url, Set.of()).addresses()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://203.0.113.7",
                "http://8.8.8.8",
                "http://169.254.169.254",
                "http://172.32.0.1",
                "http://100.64.0.1",
                "http://[2001:db8::1]",
                "http://[fec0::1]",
                "http://[::ffff:8.8.8.8]",
                "http://0.0.0.0"
            })
    void deniesWhatMayBeSomebodyElses(String url) {
        assertThatThrownBy(() -> Target.of(url, Set.of("another.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--i-own");
    }

    @Test
    void takesWhatSomebodySaysIsHis() {
        assertThat(Target.of("https://203.0.113.7", Set.of("203.0.113.7")).origin())
                .isEqualTo("https://203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080",
                "ftp://localhost",
                "http://",
                "http://user:secret@localhost",
                "http://localhost/?a=b",
                "http://localhost/#a",
                "/orders",
                "http://local host"
            })
    void deniesWhatIsNoAddress(String url) {
        assertThatThrownBy(() -> Target.of(url, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no address of an application");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE /orders", "TRACE /", "orders", "GET /a b", "/a\r\nX: y", "", "GET"})
    void deniesPathsThatAreNoneAndMethodsThatDelete(String path) {
        assertThatThrownBy(() -> Aim.parse(path, "", Meant.UNKNOWN)).isInstanceOf(IllegalArgumentException.class);
    }
}
