package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.spring.AllowFrom;
import dev.portcullis.spring.Public;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Handlers that are remembered, and those that must not be. */
class LiteralRoutesTest {

    private static final String NOWHERE = "192.0.2.0/24";

    @RestController
    static class Shop {

        @GetMapping("/plain")
        @Public
        String plain() {
            return "plain";
        }

        @PostMapping("/plain")
        @AllowFrom(NOWHERE)
        @Public
        String grave() {
            return "treasure";
        }

        @GetMapping("/choice")
        @Public
        String choice() {
            return "open";
        }

        @GetMapping(path = "/choice", params = "all")
        @AllowFrom(NOWHERE)
        @Public
        String choiceOfAll() {
            return "treasure";
        }

        @GetMapping(path = "/kind", headers = "X-Kind=grave")
        @AllowFrom(NOWHERE)
        @Public
        String kindOfGrave() {
            return "treasure";
        }

        @GetMapping("/kind")
        @Public
        String kind() {
            return "open";
        }

        @GetMapping(path = "/text", produces = "text/plain")
        @Public
        String text() {
            return "text";
        }

        @GetMapping(path = "/text", produces = "application/json")
        @AllowFrom(NOWHERE)
        @Public
        String json() {
            return "\"treasure\"";
        }

        @GetMapping("/orders/{id}")
        @AllowFrom(NOWHERE)
        @Public
        String order(@PathVariable String id) {
            return id;
        }

        @GetMapping("/orders/mine")
        @Public
        String mine() {
            return "mine";
        }
    }

    private static List<String> thrice(Booted application, String method, String target, String... headers)
            throws IOException {
        var codes = new ArrayList<String>();
        for (var i = 0; i < 3; i++) {
            var text = application.send(method, target, headers).text();
            codes.add(text.contains("address-denied") ? "denied" : text);
        }
        return codes.stream().distinct().toList();
    }

    @Test
    void eachHandlerKeepsItsPolicyHoweverOftenItIsAsked() throws IOException {
        try (var application = Booted.with("", Shop.class)) {
            for (var turn = 0; turn < 2; turn++) {
                assertThat(thrice(application, "GET", "/plain")).containsExactly("plain");
                assertThat(thrice(application, "POST", "/plain")).containsExactly("denied");
                assertThat(thrice(application, "GET", "/choice")).containsExactly("open");
                assertThat(thrice(application, "GET", "/choice?all")).containsExactly("denied");
                assertThat(thrice(application, "GET", "/kind")).containsExactly("open");
                assertThat(thrice(application, "GET", "/kind", "X-Kind: grave")).containsExactly("denied");
                assertThat(thrice(application, "GET", "/text", "Accept: text/plain"))
                        .containsExactly("text");
                assertThat(thrice(application, "GET", "/text", "Accept: application/json"))
                        .containsExactly("denied");
                assertThat(thrice(application, "GET", "/orders/mine")).containsExactly("mine");
                assertThat(thrice(application, "GET", "/orders/other")).containsExactly("denied");
            }
        }
    }

    @Test
    void aMappingThatChangesAfterTheStartDoesNotRunUnderThePolicyOfTheOldOne() throws Exception {
        try (var application = Booted.with("", Shop.class)) {
            assertThat(thrice(application, "GET", "/plain")).containsExactly("plain");
            var mapping =
                    application.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
            var plain = RequestMappingInfo.paths("/plain")
                    .methods(RequestMethod.GET)
                    .options(mapping.getBuilderConfiguration())
                    .build();
            mapping.unregisterMapping(plain);
            mapping.registerMapping(
                    plain,
                    application.context().getBeanNamesForType(Shop.class)[0],
                    Shop.class.getDeclaredMethod("grave"));

            assertThat(application.get("/plain").text()).contains("not-judged").doesNotContain("treasure");
        }
    }
}
