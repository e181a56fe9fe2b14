package dev.portcullis.benchmark;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.auth.Algorithm;
import dev.portcullis.auth.Authentication;
import dev.portcullis.auth.Issuer;
import dev.portcullis.auth.Jwt;
import dev.portcullis.auth.KeyRings;
import dev.portcullis.auth.KeySource;
import dev.portcullis.http.RecordedWire;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Knowing a caller by a token that came before, and by one that never did, beside others who do the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBenchmark {

    /** After so many tokens, none of which came before, all is forgotten. */
    private static final int TOKENS = 256;

    /** How the tokens are signed. */
    @Param({"RS256", "ES256"})
    public String algorithm = "RS256";

    private final List<Request> requests = new ArrayList<>();
    private final List<Request> forged = new ArrayList<>();
    private List<String> texts = List.of();
    private SignedTokens tokens = SignedTokens.by("ES256", 1);
    private Authentication known = fresh();
    private Authentication unknown = known;
    private JwtConsumer jose = tokens.jose4j();
    private AuthenticationProvider spring = tokens.springSecurity();
    private int next;

    /** Signs the tokens. */
    @Setup
    public void build() {
        tokens = SignedTokens.by(algorithm, TOKENS);
        texts = tokens.texts();
        for (var text : texts) {
            requests.add(request(text));
            forged.add(request(SignedTokens.forged(text)));
        }
        known = fresh();
        unknown = fresh();
        jose = tokens.jose4j();
        spring = tokens.springSecurity();
        demand(known.check(requests.get(0)) instanceof Verdict.Pass);
        demand(known.check(forged.get(0)) instanceof Verdict.Deny);
        demand(spring() != null);
    }

    private static void demand(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("what is measured does not do what it should");
        }
    }

    private static Request request(String token) {
        return RecordedWire.of("GET", "/orders")
                .with("Host", "orders.example.com")
                .with("Authorization", "Bearer " + token)
                .view();
    }

    private Authentication fresh() {
        var issuer = Issuer.builder("main", SignedTokens.ISSUER)
                .audiences(Set.of(SignedTokens.AUDIENCE))
                .algorithms(Set.of(Algorithm.RS256, Algorithm.ES256))
                .keys(KeySource.inline(tokens.keys()))
                .build();
        return Authentication.required(List.of(Jwt.of(List.of(issuer), KeyRings.of(Clock.systemUTC(), Runnable::run))));
    }

    private int next() {
        next = next + 1 & TOKENS - 1;
        return next;
    }

    /** The next one, before which all is forgotten when all have been. */
    private int nextUnknown() {
        var at = next();
        if (at == 0) {
            unknown = fresh();
        }
        return at;
    }

    /** A token that came before. */
    @Benchmark
    public Verdict repeated() {
        return known.check(requests.get(next() & 15));
    }

    /** A token that never came. */
    @Benchmark
    public Verdict first() {
        return unknown.check(requests.get(nextUnknown()));
    }

    /** A token that another key has signed. */
    @Benchmark
    public Verdict forged() {
        return unknown.check(forged.get(nextUnknown()));
    }

    /** One SHA-256 of the token. */
    @Benchmark
    public byte[] hash() throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256")
                .digest(texts.get(next() & 15).getBytes(StandardCharsets.UTF_8));
    }

    /** The consumer of jose4j with the same checks. */
    @Benchmark
    public JwtClaims jose() throws InvalidJwtException {
        return jose.processToClaims(texts.get(next()));
    }

    /** The provider that Spring Security's resource server asks. */
    @Benchmark
    public Object spring() {
        return spring.authenticate(new BearerTokenAuthenticationToken(texts.get(next())));
    }
}
