package dev.portcullis.spring.boot;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.portcullis.spring.Public;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A slice of an application, without a server, with the gate. */
@WebMvcTest
class SliceTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {}

    @RestController
    static class Pages {

        @GetMapping("/public")
        @Public
        String open() {
            return "open";
        }

        @GetMapping("/forgotten")
        String forgotten() {
            return "forgotten";
        }
    }

    @Autowired
    private MockMvc mvc;

    @Test
    void standsBehindTheGate() throws Exception {
        mvc.perform(get("/public"))
                .andExpect(status().isOk())
                .andExpect(content().string("open"));
        mvc.perform(get("/forgotten"))
                .andExpect(status().isForbidden())
                .andExpect(jsonPath("$.code").value("no-policy"));
    }
}
