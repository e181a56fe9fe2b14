package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.CheckContract.Subject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every law of the contract finds the check that breaks it. */
class CheckContractTest {

    private static final Reply REPLY = Reply.problem(403, "planted");
    private static final Check NOTHING = request -> {
        request.id();
        return Verdict.pass();
    };

    private static Subject planted(Check check) {
        return new Subject("planted", check, false, false);
    }

    private static Map<String, ThrowingCallable> faults() {
        var faults = new TreeMap<String, ThrowingCallable>();
        var asked = new AtomicInteger();
        faults.put("answers nothing", () -> CheckContract.answers(planted(CheckContractTest::nothing)));
        faults.put(
                "fails on some requests",
                () -> CheckContract.answers(planted(request -> {
                    throw new IllegalStateException(request.method());
                })));
        faults.put(
                "changes its mind",
                () -> CheckContract.answersAlike(planted(request -> asked.incrementAndGet() % 2 == 0
                        ? Verdict.pass()
                        : Verdict.deny(REPLY, Verdict.Evidence.of("planted")))));
        faults.put(
                "reads bodies",
                () -> CheckContract.leavesBodiesAlone(planted(request -> {
                    request.body().content(10);
                    return Verdict.pass();
                })));
        faults.put(
                "echoes what came",
                () -> CheckContract.keepsWhatItSaw(planted(request -> Verdict.deny(
                        REPLY.with("X-Seen", String.valueOf(request.query())), Verdict.Evidence.of("planted")))));
        faults.put(
                "shows its evidence",
                () -> CheckContract.keepsWhatItSaw(planted(request -> Verdict.deny(
                        REPLY.with("X-Why", "the-rule-of-thumb"),
                        Verdict.Evidence.of("planted", "the-rule-of-thumb")))));
        faults.put("counts in a field that all threads share", () -> {
            var seen = new AtomicInteger();
            CheckContract.answersMany(planted(request ->
                    Verdict.deny(REPLY, Verdict.Evidence.of("planted", String.valueOf(seen.incrementAndGet())))));
        });
        faults.put("does without a request", () -> CheckContract.demands(planted(request -> Verdict.pass())));
        return faults;
    }

    @SuppressWarnings("NullAway") // the fault
    private static Verdict nothing(Request request) {
        return null;
    }

    static Stream<String> names() {
        return faults().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void finds(String fault) {
        assertThatThrownBy(faults().get(fault)).isInstanceOfAny(AssertionError.class, RuntimeException.class);
    }

    @Test
    void findsNoFaultInACheckThatHasNone() throws Exception {
        var sound = planted(NOTHING);
        CheckContract.answers(sound);
        CheckContract.answersAlike(sound);
        CheckContract.leavesBodiesAlone(sound);
        CheckContract.keepsWhatItSaw(sound);
        CheckContract.answersMany(sound);
        CheckContract.demands(sound);
        assertThat(faults()).hasSize(8);
    }
}
