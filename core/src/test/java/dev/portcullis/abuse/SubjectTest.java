package dev.portcullis.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Address;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectTest {

    private static final Address IPV4 = Address.parse("192.0.2.1");
    private static final Address IPV6 = Address.parse("2001:db8:1:2::3");

    @Test
    void isReadAsItIsWritten() {
        var all = List.of(
                Subject.of(IPV4), Subject.of(IPV6), Subject.of(IPV4, "alice", false), Subject.of(IPV6, "alice", true));
        assertThat(all)
                .hasSize(4)
                .allSatisfy(subject -> assertThat(Subject.parse(subject.text())).isEqualTo(subject));
        assertThat(Subject.siteOf(IPV4)).isNull();
        assertThat(Subject.siteOf(IPV6))
                .isNotNull()
                .satisfies(site -> assertThat(Subject.parse(site.text())).isEqualTo(site));
    }

    @Test
    void isNothingElse() {
        for (var text :
                List.of("", "a", "a:4:1:2", "a:4:1:2:3:4", "b:4:1:2:3", "a:4:x:2:3", "a:4:11111111111111111:2:3")) {
            assertThat(Subject.parse(text)).as(text).isNull();
        }
    }

    @Test
    void namesNobody() {
        assertThat(Subject.of(IPV4, "alice@example.com", false).text()).doesNotContain("alice");
    }
}
