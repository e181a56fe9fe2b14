package dev.portcullis.example.orders;

import dev.portcullis.spring.AllowFrom;
import dev.portcullis.spring.Guard;
import dev.portcullis.spring.InspectAttacks;
import dev.portcullis.spring.Public;
import dev.portcullis.spring.RateLimit;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One handler for each of the other things that a policy can be about. */
@RestController
class PagesController {

    @GetMapping("/status")
    @Public
    Map<String, String> status() {
        return Map.of("status", "up");
    }

    @GetMapping("/api/partners/report")
    @Guard("partners")
    Map<String, Integer> report() {
        return Map.of("orders", 42);
    }

    @GetMapping("/admin/ping")
    @AllowFrom("10.0.0.0/8")
    Map<String, String> ping() {
        return Map.of("ping", "pong");
    }

    @GetMapping("/search")
    @Public
    @InspectAttacks
    @RateLimit(permits = 600, per = "1m", by = "address")
    Map<String, List<String>> search(@RequestParam("q") String words) {
        return Map.of("found", List.of(), "for", List.of(words));
    }

    /** Nobody wrote a policy for this one: it is denied, and named when the service starts. */
    @GetMapping("/forgotten")
    Map<String, String> forgotten() {
        return Map.of("secret", "nobody should read this");
    }
}
