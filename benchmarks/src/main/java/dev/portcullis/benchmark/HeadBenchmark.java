package dev.portcullis.benchmark;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.http.Forwarding;
import dev.portcullis.http.Protocol;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.http.View;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.http11.ParsedHead;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Hygiene of a head with twelve fields, beside what Tomcat spends on reading the same head. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeadBenchmark {

    private static final String[][] FIELDS = {
        {"Host", "shop.example.com"},
        {"Connection", "keep-alive"},
        {
            "User-Agent",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
        },
        {"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"},
        {"Accept-Language", "en-US,en;q=0.9,de;q=0.8"},
        {"Accept-Encoding", "gzip, deflate, br, zstd"},
        {"Referer", "https://shop.example.com/catalogue/iron?page=1"},
        {"Cookie", "session=0123456789abcdef0123456789abcdef; theme=dark; consent=necessary"},
        {"Sec-Fetch-Site", "same-origin"},
        {"Sec-Fetch-Mode", "navigate"},
        {"Sec-Fetch-Dest", "document"},
        {"Upgrade-Insecure-Requests", "1"}
    };
    private static final String TARGET = "/api/orders/2024?page=2&sort=date&q=wrought+iron";

    private final ParsedHead parsed;
    private final RecordedWire wire;
    private final Request view;
    private final Protocol protocol = Protocol.strict();

    /** Both are given the same head. */
    public HeadBenchmark() {
        var text = new StringBuilder("GET " + TARGET + " HTTP/1.1\r\n");
        var asked = RecordedWire.of("GET", TARGET);
        for (var field : FIELDS) {
            text.append(field[0]).append(": ").append(field[1]).append("\r\n");
            asked = asked.with(field[0], field[1]);
        }
        parsed = new ParsedHead(text.append("\r\n").toString());
        wire = asked;
        view = asked.view();
    }

    /** Tomcat reads request line and fields. */
    @Benchmark
    public Object tomcat() throws IOException {
        return parsed.read();
    }

    /** The same, and the texts of all of it, as an application that looks at all of it is given them. */
    @Benchmark
    public Object tomcatAndTexts() throws IOException {
        return parsed.texts();
    }

    /** The protocol rule over a request that others look at anyway. */
    @Benchmark
    public Verdict rule() {
        return protocol.check(view);
    }

    /** A view made, its path looked at, and the protocol rule. */
    @Benchmark
    public Verdict viewAndRule() {
        return protocol.check(new View(wire, Forwarding.NONE));
    }
}
