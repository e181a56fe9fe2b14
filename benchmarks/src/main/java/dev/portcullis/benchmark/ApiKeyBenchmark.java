package dev.portcullis.benchmark;

import dev.portcullis.Address;
import dev.portcullis.Header;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.auth.ApiKey;
import dev.portcullis.auth.ApiKeys;
import dev.portcullis.auth.Authentication;
import dev.portcullis.auth.KeyHash;
import dev.portcullis.auth.KnownClient;
import dev.portcullis.auth.Pepper;
import dev.portcullis.http.Forwarding;
import dev.portcullis.http.View;
import dev.portcullis.http.Wire;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Knowing a caller by a key among 100 000, beside hashing the key and nothing else. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ApiKeyBenchmark {

    private static final int KEYS = 100_000;
    private static final String PEPPER = "0123456789abcdef0123456789abcdef";
    private static final String HMAC = "HmacSHA256";

    private final SplittableRandom random = new SplittableRandom(7);
    private final List<String> texts = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final OneRequest request = new OneRequest();
    private Authentication byId = check(List.of(), false);
    private Authentication byHash = byId;
    private Authentication peppered = byId;
    private final SecretKeySpec secret = new SecretKeySpec(PEPPER.getBytes(StandardCharsets.UTF_8), HMAC);
    private int next;

    /** How many of them come in turn: those whose keys stay in the processor's cache, and those whose do not. */
    @Param({"64", "4096"})
    int callers;

    /** A request that is the same but for its key, so that it does not count how many requests there are in memory. */
    private static final class OneRequest implements Wire {

        private final List<Header> lines = Arrays.asList(
                new Header("Host", "orders.example.com"),
                new Header("Accept", "application/json"),
                new Header("X-API-Key", ""));
        private final Request view = new View(this, Forwarding.NONE);

        Request with(String key) {
            lines.set(2, new Header("X-API-Key", key));
            return view;
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String rawPath() {
            return "/orders";
        }

        @Override
        public @Nullable String query() {
            return null;
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public List<Header> headers() {
            return lines;
        }

        @Override
        public Address peer() {
            return Address.ofIpv4(0x7f000001);
        }

        @Override
        public InputStream body() {
            return InputStream.nullInputStream();
        }
    }

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
        for (var i = 0; i < callers; i++) {
            var text = all.get(random.nextInt(KEYS));
            texts.add(text);
            wrong.add(text.substring(0, text.length() - 1) + "x");
            unknown.add(text.replace("pcl_k", "pcl_u"));
        }
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
        next = next + 1 & callers - 1;
        return next;
    }

    /** A key with an id. */
    @Benchmark
    public Verdict byId() {
        return byId.check(request.with(texts.get(next())));
    }

    /** A key that is known by its hash alone. */
    @Benchmark
    public Verdict byHash() {
        return byHash.check(request.with(texts.get(next())));
    }

    /** A key with an id and a wrong secret. */
    @Benchmark
    public Verdict wrong() {
        return byId.check(request.with(wrong.get(next())));
    }

    /** A key with an id that nobody has. */
    @Benchmark
    public Verdict unknown() {
        return byId.check(request.with(unknown.get(next())));
    }

    /** A key with an id, under a pepper. */
    @Benchmark
    public Verdict peppered() {
        return peppered.check(request.with(texts.get(next())));
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
