package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.portcullis.fixture.Hostile;
import dev.portcullis.http.Forwarding;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.http.RelayedWire;
import dev.portcullis.http.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What holds for every check, whatever it asks. A test of checks implements it and names them.
 *
 * <p>Requests are drawn from a fixed seed, with and without a caller, empty and hostile ones.
 */
public interface CheckContract {

    /** The seed of the requests. */
    long SEED = 20261128;

    /** What a request carries that no reply may show. */
    String CANARY = "canary7f3a";

    /** The checks that are held to the contract. */
    Stream<Subject> subjects();

    /**
     * A check, and what it says of itself.
     *
     * @param name its name in reports
     * @param check the check
     * @param stateful whether it may answer otherwise when it is asked again
     * @param reading whether it may read the body
     */
    record Subject(String name, Check check, boolean stateful, boolean reading) {}

    /** A request whose body says whether it was read. */
    final class Tapped {

        private final RecordedWire wire;
        private final @Nullable Principal caller;
        private boolean read;

        private Tapped(RecordedWire wire, @Nullable Principal caller) {
            this.wire = wire;
            this.caller = caller;
        }

        Request fresh() {
            var tapped = new RelayedWire(wire, content -> {
                read = true;
                return content;
            });
            var view = new View(tapped, Forwarding.NONE);
            return caller == null ? view : new Identified(view, caller, Request.Proven.NOTHING);
        }
    }

    /** The requests. */
    static List<Tapped> requests() {
        var hostile = new Hostile(new SplittableRandom(SEED));
        var caller = new Principal(
                "alice",
                Principal.Kind.USER,
                "main",
                "shop",
                "t1",
                "gold",
                Set.of("read"),
                Set.of("partner"),
                Map.of("sub", CANARY),
                "jwt");
        var all = new ArrayList<Tapped>();
        for (var path : List.of("/", "/a", "/a/" + CANARY, "//", "/a/%2e%2e/b", "/a;x=" + CANARY, "/a%00", "*", "")) {
            all.add(new Tapped(RecordedWire.of("GET", path), null));
        }
        for (var i = 0; i < 120; i++) {
            var wire = RecordedWire.of(
                            hostile.oneOf(List.of("GET", "POST", "OPTIONS", "BREW", "")),
                            hostile.path(5) + "?" + CANARY + hostile.text(6))
                    .with("Host", hostile.oneOf(List.of("example.com", CANARY, "")))
                    .with(hostile.headerName(), hostile.text(6) + CANARY)
                    .with("Authorization", hostile.oneOf(List.of("Bearer ", "Basic ", "Signature ", "")) + CANARY)
                    .with("X-API-Key", hostile.oneOf(List.of("pcl_k.", "")) + CANARY)
                    .with("Origin", "https://" + CANARY + ".example.com")
                    .with("User-Agent", hostile.oneOf(List.of("sqlmap ", "Mozilla ", "")) + CANARY)
                    .with("Content-Type", hostile.oneOf(List.of("application/json", "text/plain", CANARY)))
                    .with("Content-Length", hostile.oneOf(List.of("9", "-1", "99999999999999999999", CANARY)))
                    .body("{\"" + CANARY + "\":" + hostile.json(2) + "}");
            all.add(new Tapped(wire, i % 2 == 0 ? caller : null));
        }
        return all;
    }

    /** The tests, one for each check and law. */
    @TestFactory
    default Stream<DynamicTest> everyCheck() {
        return subjects()
                .flatMap(subject -> Stream.of(
                        DynamicTest.dynamicTest(subject.name() + " answers every request", () -> answers(subject)),
                        DynamicTest.dynamicTest(subject.name() + " answers alike twice", () -> answersAlike(subject)),
                        DynamicTest.dynamicTest(
                                subject.name() + " leaves bodies alone", () -> leavesBodiesAlone(subject)),
                        DynamicTest.dynamicTest(subject.name() + " keeps what it saw", () -> keepsWhatItSaw(subject)),
                        DynamicTest.dynamicTest(subject.name() + " answers many at once", () -> answersMany(subject)),
                        DynamicTest.dynamicTest(subject.name() + " demands a request", () -> demands(subject))));
    }

    /** It answers, neither by nothing nor by an exception. */
    static void answers(Subject subject) {
        for (var request : requests()) {
            assertThat(subject.check().check(request.fresh()))
                    .as(request.wire.toString())
                    .isNotNull();
        }
    }

    /** It says the same of equal requests, unless it counts. */
    static void answersAlike(Subject subject) {
        for (var request : requests()) {
            var said = said(subject.check().check(request.fresh()));
            var again = said(subject.check().check(request.fresh()));
            assertThat(subject.stateful() ? said : again)
                    .as(request.wire.toString())
                    .isEqualTo(said);
        }
    }

    /** It does not read the body, unless it says so. */
    static void leavesBodiesAlone(Subject subject) {
        for (var request : requests()) {
            subject.check().check(request.fresh());
            assertThat(request.read && !subject.reading())
                    .as(request.wire.toString())
                    .isFalse();
        }
    }

    /** What the client sees is neither what it sent, nor what the operator sees. */
    static void keepsWhatItSaw(Subject subject) {
        for (var request : requests()) {
            var verdict = subject.check().check(request.fresh());
            if (verdict instanceof Verdict.Deny deny) {
                assertThat(deny.reply().toString()).doesNotContain(CANARY);
                var detail = deny.evidence().detail();
                assertThat(detail.length() > 8 && deny.reply().toString().contains(detail))
                        .as(detail)
                        .isFalse();
            }
            if (verdict instanceof Verdict.Pass pass) {
                assertThat(pass.headers().toString()).doesNotContain(CANARY);
            }
        }
    }

    /** Threads do not get in each other's way. */
    static void answersMany(Subject subject) throws Exception {
        var alone = requests().stream()
                .map(request -> said(subject.check().check(request.fresh())))
                .toList();
        var pool = Executors.newFixedThreadPool(4);
        try {
            Callable<List<String>> all = () -> requests().stream()
                    .map(request -> said(subject.check().check(request.fresh())))
                    .toList();
            for (var turn : pool.invokeAll(List.of(all, all, all, all))) {
                assertThat(turn.get()).hasSameSizeAs(alone);
                assertThat(subject.stateful() ? alone : turn.get()).isEqualTo(alone);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Nothing is no request. */
    @SuppressWarnings("NullAway")
    static void demands(Subject subject) {
        assertThatNullPointerException()
                .as(subject.name())
                .isThrownBy(() -> subject.check().check(null));
    }

    /** What a verdict says, without who watches. */
    private static String said(Verdict verdict) {
        if (verdict instanceof Verdict.Pass pass) {
            return "pass " + pass.headers() + pass.principal();
        }
        return verdict.toString();
    }

    /** The rules that a request meets, in order. */
    static List<Rule> rules(PolicySet set, Request request) {
        return List.copyOf(set.covering(request).request());
    }

    /** The top-level class in which a check is written, be it a lambda there. */
    static String written(Check check) {
        return check.getClass().getName().split("[$/]", 2)[0];
    }
}
