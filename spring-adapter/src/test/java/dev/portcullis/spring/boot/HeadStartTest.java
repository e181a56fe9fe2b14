package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class HeadStartTest {

    private static Map<String, String> written(String... names) {
        var environment = new StandardEnvironment();
        var properties = new java.util.HashMap<String, Object>();
        for (var name : names) {
            properties.put(name, "secret");
        }
        environment.getPropertySources().addFirst(new MapPropertySource("own", properties));
        return HeadStart.written(environment);
    }

    @Test
    void makesAGateOfEveryPartThatItKnows() {
        var all = written(
                "portcullis.policies.p.rate-limits.r.permits",
                "portcullis.policies.p.ip.allow[0]",
                "portcullis.policies.p.cors.origins[0]",
                "portcullis.policies.p.attacks.mode",
                "portcullis.response-headers.preset",
                "portcullis.clients.c.api-keys[0]",
                "portcullis.issuers.i.issuer",
                "portcullis.policies.p.body.schema");

        assertThat(all).hasSizeGreaterThan(12);
        try (var gate = HeadStart.made(all)) {
            assertThat(gate.engine().policies().digest()).isNotEmpty();
        }
    }

    @Test
    void makesAGateOfAnyOneOfThem() {
        for (var name : new String[] {
            "x.y",
            "portcullis.issuers.i.issuer",
            "portcullis.clients.c.api-keys[0]",
            "portcullis.policies.p.body.schema"
        }) {
            assertThatCode(() -> HeadStart.made(written(name)).close()).as(name).doesNotThrowAnyException();
        }
    }

    @Test
    void takesNoValueOfTheApplications() {
        assertThat(written("portcullis.clients.c.api-keys[0]", "portcullis.issuers.i.issuer"))
                .doesNotContainValue("secret");
    }
}
