package dev.portcullis.benchmark;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.portcullis.Route;
import dev.portcullis.Verdict;
import dev.portcullis.http.Json;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.schema.Derived;
import dev.portcullis.schema.JsonBody;
import dev.portcullis.schema.OpenApi;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A JSON body of 1 KB held against its schema, beside the same done by hand and by the OpenAPI validator of Atlassian. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SchemaBenchmark {

    private static final String TARGET = "/v1/shops/" + SampleOrder.SHOP + "/orders?notify=true&priority=3";

    private final byte[] bytes = SampleOrder.bytes();
    private final RecordedWire wire = post(bytes);
    private final RecordedWire wrong = post(SampleOrder.wrong());
    private final JsonBody body = JsonBody.of(SampleOrder.schema(), 1 << 16);
    private final OpenApi openApi =
            OpenApi.builder(SampleOrder.tree(SampleOrder.document())).build();
    private final Derived derived = Derived.of(SampleOrder.signature(), new Derived.Leniency(true, true, true));
    private final RecordedWire routed =
            wire.to(new Route("Orders#place", "/v1/shops/{shop}/orders", Map.of("shop", SampleOrder.SHOP)));
    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Json.MAX_DEPTH)
                            .maxNumberLength(Json.MAX_NUMBER)
                            .maxStringLength(Json.MAX_STRING)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final Schema schema = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()))
            .getSchema(SampleOrder.schema());
    private final OpenApiInteractionValidator atlassian = OpenApiInteractionValidator.createForInlineApiSpecification(
                    SampleOrder.document())
            .build();

    /** Makes sure that all of them let the order pass, and none the wrong one. */
    @Setup
    public void compare() throws IOException {
        schema.initializeValidators();
        demand(schema.validate(mapper.readTree(bytes)).isEmpty(), "by hand");
        demand(!schema.validate(mapper.readTree(wrong.bytes())).isEmpty(), "by hand, the wrong body");
        demand(body() instanceof Verdict.Pass, "the body");
        demand(openApi() instanceof Verdict.Pass, "OpenAPI");
        demand(derived() instanceof Verdict.Pass, "what is derived");
        demand(!atlassian().hasErrors(), "Atlassian");
        demand(wrongBody() instanceof Verdict.Deny && wrongOpenApi() instanceof Verdict.Deny, "the wrong body");
    }

    private static void demand(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("another verdict than expected: " + what);
        }
    }

    static RecordedWire post(byte[] bytes) {
        return RecordedWire.of("POST", TARGET)
                .with("Host", "shop.example.com")
                .with("Content-Type", "application/json")
                .with("Content-Length", String.valueOf(bytes.length))
                .with("Idempotency-Key", SampleOrder.KEY)
                .body(bytes);
    }

    /** Jackson's parsing within the same bounds, with its own detection of duplicates. */
    @Benchmark
    public JsonNode parsed() throws IOException {
        return mapper.readTree(bytes);
    }

    /** The strict pass. */
    @Benchmark
    public Object read() {
        return Json.read(bytes);
    }

    /** Jackson's parsing and networknt's validation, as one writes them by hand. */
    @Benchmark
    public Object byHand() throws IOException {
        return schema.validate(mapper.readTree(bytes));
    }

    /** A request whose body is held against the schema, from its head on. */
    @Benchmark
    public Verdict body() {
        return body.check(wire.view());
    }

    /** The same for a body in which one value is wrong. */
    @Benchmark
    public Verdict wrongBody() {
        return body.check(wrong.view());
    }

    /** A request that is held against a document of OpenAPI: operation, parameters and body. */
    @Benchmark
    public Verdict openApi() {
        return openApi.check(wire.view());
    }

    /** The same for a body in which one value is wrong. */
    @Benchmark
    public Verdict wrongOpenApi() {
        return openApi.check(wrong.view());
    }

    /** A request that is held against what its handler reads: the same parameters and body. */
    @Benchmark
    public Verdict derived() {
        return derived.check(routed.view());
    }

    /** The same request and document, and Atlassian's validator, without the filter and interceptor around it. */
    @Benchmark
    public ValidationReport atlassian() {
        return atlassian.validateRequest(SimpleRequest.Builder.post("/v1/shops/" + SampleOrder.SHOP + "/orders")
                .withQueryParam("notify", "true")
                .withQueryParam("priority", "3")
                .withHeader("Host", "shop.example.com")
                .withHeader("Content-Length", String.valueOf(bytes.length))
                .withHeader("Idempotency-Key", SampleOrder.KEY)
                .withContentType("application/json")
                .withBody(bytes)
                .build());
    }
}
