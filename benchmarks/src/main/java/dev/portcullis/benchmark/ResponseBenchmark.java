package dev.portcullis.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.Check;
import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Watch;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.http.WrittenHead;
import dev.portcullis.respond.mask.Masking;
import dev.portcullis.respond.mask.Show;
import dev.portcullis.schema.ResponseSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A JSON answer of 1 KB that is held back, masked or held against its schema, beside Jackson's parsing and writing it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ResponseBenchmark {

    private static final int BOUND = 1 << 16;

    private final byte[] bytes = SampleOrder.bytes();
    private final JsonMapper mapper = new JsonMapper();
    private final JsonNode tree = SampleOrder.tree(new String(bytes, StandardCharsets.UTF_8));
    private final Watch.Head head =
            WrittenHead.ofApplication(200, List.of(new Header("Content-Type", "application/json")));
    private final Request request = RecordedWire.of("GET", "/v1/orders/7").view();
    private final Masking masking = new Masking(
            List.of(
                    new Masking.Field(
                            List.of("/customer/email", "/customer/phone"), Set.of("clerk"), Set.of(), Show.NOTHING),
                    new Masking.Field(List.of("/lines/*/price"), Set.of("buyer"), Set.of(), Show.NULL)),
            BOUND);
    private final ResponseSchema schema =
            ResponseSchema.within(BOUND).schema(SampleOrder.schema()).build();

    /** What is held back, and may be put in another's place. */
    private final class Answer implements Watch.Held {

        private byte[] content = bytes;

        @Override
        public Watch.Head head() {
            return head;
        }

        @Override
        public byte[] bytes() {
            return content;
        }

        @Override
        public void replace(byte[] body) {
            content = body;
        }
    }

    private byte[] judged(Check check) {
        var watch = ((Verdict.Pass) check.check(request)).watch();
        var held = new Answer();
        var hold = watch.holding(request, head);
        if (hold == null || !(hold.judge(held) instanceof Verdict.Pass)) {
            throw new IllegalStateException("another verdict than expected");
        }
        return held.content;
    }

    /** Jackson's parsing of the answer, and its writing it again. */
    @Benchmark
    public byte[] parsedAndWritten() throws IOException {
        return mapper.writeValueAsBytes(mapper.readTree(bytes));
    }

    /** Jackson's writing alone, which the application does anyway. */
    @Benchmark
    public byte[] written() throws IOException {
        return mapper.writeValueAsBytes(tree);
    }

    /** Six fields of it masked. */
    @Benchmark
    public byte[] masked() {
        return judged(masking);
    }

    /** The answer held against its schema. */
    @Benchmark
    public byte[] schema() {
        return judged(schema);
    }
}
