package dev.portcullis.benchmark;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.auth.ApiKey;
import dev.portcullis.auth.ApiKeys;
import dev.portcullis.auth.Authentication;
import dev.portcullis.auth.KeyHash;
import dev.portcullis.auth.KnownClient;
import dev.portcullis.auth.Pepper;
import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Knowing a caller by a key among 100 000, beside hashing the key and nothing else. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ApiKeyBenchmark {

    private static final int KEYS = 100_000;
    private static final int CALLERS = 1 << 12;
    private static final String PEPPER = "0123456789abcdef0123456789abcdef";
    private static final String HMAC = "HmacSHA256";

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<String> texts = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Request> wrong = new ArrayList<>();
    private Authentication byId = check(List.of(), false);
    private Authentication byHash = byId;
    private Authentication peppered = byId;
    private final SecretKeySpec secret = new SecretKeySpec(PEPPER.getBytes(StandardCharsets.UTF_8), HMAC);
    private int next;

    /** Draws the keys and the callers. */
    @Setup
    public void build() {
        var all = new ArrayList<String>();
        for (var i = 0; i < KEYS; i++) {
            all.add("pcl_k" + i + "." + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
        }
        byId = check(keys(all, text -> ApiKey.of(client(text)).id(id(text)).secret(KeyHash.of(text, null))), false);
        byHash = check(keys(all, text -> ApiKey.of(client(text)).secret(KeyHash.of(text, null))), false);
        var pepper = Pepper.of(PEPPER);
        peppered =
                check(keys(all, text -> ApiKey.of(client(text)).id(id(text)).secret(KeyHash.of(text, pepper))), true);
        for (var i = 0; i < CALLERS; i++) {
            var text = all.get(random.nextInt(KEYS));
            texts.add(text);
            requests.add(request(text));
            wrong.add(request(text.substring(0, text.length() - 1) + "x"));
        }
    }

    private static Request request(String key) {
        return RecordedWire.of("GET", "/orders")
                .with("Host", "orders.example.com")
                .with("Accept", "application/json")
                .with("X-API-Key", key)
                .view();
    }

    private static KnownClient client(String text) {
        return KnownClient.named("client-" + id(text));
    }

    private static String id(String text) {
        return text.substring("pcl_".length(), text.indexOf('.'));
    }

    private static List<ApiKey> keys(List<String> texts, Function<String, ApiKey.Builder> maker) {
        return texts.stream().map(text -> maker.apply(text).build()).toList();
    }

    private static Authentication check(List<ApiKey> keys, boolean withPepper) {
        var builder = ApiKeys.builder(Clock.systemUTC()).keys(keys);
        return Authentication.required(List.of((withPepper ? builder.pepper(Pepper.of(PEPPER)) : builder).build()));
    }

    private int next() {
        next = next + 1 & CALLERS - 1;
        return next;
    }

    /** A key with an id. */
    @Benchmark
    public Verdict byId() {
        return byId.check(requests.get(next()));
    }

    /** A key that is known by its hash alone. */
    @Benchmark
    public Verdict byHash() {
        return byHash.check(requests.get(next()));
    }

    /** A key with an id and a wrong secret. */
    @Benchmark
    public Verdict wrong() {
        return byId.check(wrong.get(next()));
    }

    /** A key with an id, under a pepper. */
    @Benchmark
    public Verdict peppered() {
        return peppered.check(requests.get(next()));
    }

    /** The hash alone. */
    @Benchmark
    public byte[] bare() throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(texts.get(next()).getBytes(StandardCharsets.UTF_8));
    }

    /** The hash under a pepper alone. */
    @Benchmark
    public byte[] bareUnderAPepper() throws GeneralSecurityException {
        var mac = Mac.getInstance(HMAC);
        mac.init(secret);
        return mac.doFinal(texts.get(next()).getBytes(StandardCharsets.UTF_8));
    }
}
