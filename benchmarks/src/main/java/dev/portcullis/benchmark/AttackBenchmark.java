package dev.portcullis.benchmark;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Attacks;
import dev.portcullis.attack.Level;
import dev.portcullis.http.Json;
import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What looking for attacks costs: a usual GET, a body of prose, and the inputs that cost most. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AttackBenchmark {

    /** How long bodies are, in bytes, about. */
    static final int LENGTH = 100_000;

    private static final String PROSE = "The quick brown fox jumps over the lazy dog, and nobody knows why it would; it"
            + " has been like this since last summer (or so they say). ";

    private final Attacks balanced = Attacks.builder().build();
    private final Attacks strict = Attacks.builder().level(Level.STRICT).build();
    private final Request get = RecordedWire.of("GET", "/orders/7/lines?page=2&sort=name,asc&q=blue+shoes+for+children")
            .with("Host", "shop.example")
            .with(
                    "User-Agent",
                    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36")
            .with("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
            .with("Accept-Language", "de-DE,de;q=0.9,en;q=0.7")
            .with("Referer", "https://shop.example/orders?page=1")
            .with("Cookie", "session=1f0c9a7e6b2d4c58; theme=dark")
            .view();
    private final byte[] prose = json(PROSE, 500);

    /** A JSON body of strings of about this length, made by repeating a piece of text. */
    static byte[] json(String piece, int each) {
        var text = piece.repeat(Math.max(1, each / piece.length()));
        var quoted = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
        var count = Math.max(1, LENGTH / quoted.length());
        return ("{\"items\": [" + (quoted + ", ").repeat(count) + quoted + "]}").getBytes(StandardCharsets.UTF_8);
    }

    static Request post(byte[] body) {
        return RecordedWire.of("POST", "/orders")
                .with("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(body.length))
                .body(body)
                .view();
    }

    /** A GET with six header fields and three parameters. */
    @Benchmark
    public Verdict get() {
        return balanced.check(get);
    }

    /** A JSON body of prose, read and looked at. */
    @Benchmark
    public Verdict prose() {
        return balanced.check(post(prose));
    }

    /** The same body, only read. */
    @Benchmark
    public Object parsed() {
        return Json.read(prose);
    }

    /** The same body at the strict level. */
    @Benchmark
    public Verdict proseStrict() {
        return strict.check(post(prose));
    }
}
