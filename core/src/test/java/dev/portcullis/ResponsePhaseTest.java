package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch.Head;
import dev.portcullis.Watch.Held;
import dev.portcullis.Watch.Hold;
import dev.portcullis.Watch.Unjudged;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.http.WrittenHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What rules see of a response, and what becomes of what they say. */
class ResponsePhaseTest {

    private static final Verdict.Deny DENY = Verdict.deny(Reply.problem(500, "withheld"), Evidence.of("why", "secret"));
    private static final Request REQUEST = RecordedWire.of("GET", "/").view();

    private final List<String> told = new ArrayList<>();
    private final Listener listener = new Listener() {
        @Override
        public void denied(Request request, Rule rule, Verdict.Deny deny) {
            told.add("denied " + rule.name());
        }

        @Override
        public void wouldHaveDenied(Request request, Rule rule, Verdict.Deny deny) {
            told.add("would have denied " + rule.name());
        }

        @Override
        public void failed(Request request, Rule rule, Throwable cause) {
            told.add("failed " + rule.name());
        }

        @Override
        public void noticed(Request request, String rule, Evidence evidence) {
            told.add("noticed " + rule + " " + evidence.reason() + " " + evidence.detail());
        }
    };

    private static Check onHead(Function<Head, Verdict> judge) {
        return request -> Verdict.Pass.watching(new Watch() {
            @Override
            public boolean asksHead() {
                return true;
            }

            @Override
            public Verdict sending(Request seen, Head head) {
                return judge.apply(head);
            }
        });
    }

    /** A check that holds back so many bytes. */
    private static Check onBody(
            int bound, Function<Held, Verdict> judge, BiFunction<Head, Unjudged, Verdict> unjudged) {
        var hold = new Hold() {
            @Override
            public int bound() {
                return bound;
            }

            @Override
            public Verdict judge(Held body) {
                return judge.apply(body);
            }

            @Override
            public Verdict unjudged(Head head, Unjudged why) {
                return unjudged.apply(head, why);
            }
        };
        return request -> Verdict.Pass.watching(new Watch() {
            @Override
            public boolean asksHead() {
                return true;
            }

            @Override
            public Hold holding(Request seen, Head head) {
                return hold;
            }
        });
    }

    private Watch watch(Rule... rules) {
        return Engine.of(PolicySet.builder().first(rules).otherwiseProceed(), listener)
                .evaluate(REQUEST)
                .watch();
    }

    private static WrittenHead head(Header... headers) {
        return WrittenHead.ofApplication(200, List.of(headers));
    }

    private static Verdict set(Head head) {
        head.set("X-Set", "set");
        return Verdict.pass();
    }

    @Test
    void asksForNoHeadWhereNoRuleDoes() {
        assertThat(watch().asksHead()).isFalse();
        assertThat(watch(Rule.enforce("a", request -> Verdict.Pass.watching(new Watch() {})))
                        .asksHead())
                .isFalse();
        assertThat(watch(Rule.enforce("a", onHead(head -> Verdict.pass()))).asksHead())
                .isTrue();
    }

    @Test
    void letsEnforcedRulesAloneChangeTheHead() {
        var head = head();

        watch(Rule.observe("a", onHead(ResponsePhaseTest::set))).sending(REQUEST, head);
        assertThat(head.lines()).isEmpty();

        watch(Rule.enforce("a", onHead(ResponsePhaseTest::set))).sending(REQUEST, head);
        assertThat(head.lines()).containsExactly(new Header("X-Set", "set"));
    }

    @Test
    void letsEnforcedRulesAloneDenyAResponse() {
        assertThat(watch(Rule.observe("a", onHead(head -> DENY))).sending(REQUEST, head()))
                .isEqualTo(Verdict.pass());
        assertThat(watch(Rule.enforce("b", onHead(head -> DENY))).sending(REQUEST, head()))
                .isEqualTo(DENY);
        assertThat(told).containsExactly("would have denied a", "denied b");
    }

    @Test
    void asksNobodyToDenyTheGatesOwnReplies() {
        var reply = WrittenHead.ofReply(403, "nonce", List.of());

        assertThat(watch(Rule.enforce("a", onHead(head -> DENY))).sending(REQUEST, reply))
                .isEqualTo(Verdict.pass());
        assertThat(told).isEmpty();
    }

    @Test
    void deniesWhenAnEnforcedRuleCannotTell() {
        Check broken = onHead(head -> {
            throw new IllegalStateException("broken");
        });

        assertThat(watch(Rule.enforce("a", broken)).sending(REQUEST, head()))
                .isInstanceOfSatisfying(
                        Verdict.Deny.class,
                        deny -> assertThat(deny.reply().status()).isEqualTo(503));
        assertThat(told).containsExactly("failed a", "denied a");
    }

    @Test
    void tellsInTheNameOfTheRule() {
        watch(Rule.enforce("a", onHead(head -> {
                    head.notice(Evidence.of("seen", "it"));
                    return Verdict.pass();
                })))
                .sending(REQUEST, head());

        assertThat(told).containsExactly("noticed a seen it");
    }

    @Test
    void tellsOfAnAnswerInTheApplicationsStead() {
        var answer = new Verdict.Answer(Reply.problem(500, "withheld"), Evidence.of("seen", "it"));

        assertThat(watch(Rule.observe("a", onHead(head -> answer))).sending(REQUEST, head()))
                .isEqualTo(Verdict.pass());
        assertThat(watch(Rule.enforce("b", onHead(head -> answer))).sending(REQUEST, head()))
                .isEqualTo(answer);
        assertThat(told).containsExactly("noticed a seen it", "noticed b seen it");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A body in memory. */
    private static final class Memory implements Held {

        private byte[] body;

        Memory(String text) {
            body = utf8(text);
        }

        @Override
        public Head head() {
            return WrittenHead.ofApplication(200, List.of());
        }

        @Override
        public byte[] bytes() {
            return body;
        }

        @Override
        public void replace(byte[] other) {
            body = other;
        }
    }

    private static Check replacing(int bound) {
        return onBody(
                bound,
                body -> {
                    body.replace(utf8("replaced"));
                    return Verdict.pass();
                },
                (head, why) -> Verdict.pass());
    }

    @Test
    void letsEnforcedRulesAloneReplaceTheBody() {
        var body = new Memory("body");

        var observed = watch(Rule.observe("a", replacing(10))).holding(REQUEST, head());
        assertThat(observed).isNotNull();
        observed.judge(body);
        assertThat(body.bytes()).isEqualTo(utf8("body"));

        var enforced = watch(Rule.enforce("a", replacing(10))).holding(REQUEST, head());
        assertThat(enforced).isNotNull();
        enforced.judge(body);
        assertThat(body.bytes()).isEqualTo(utf8("replaced"));
    }

    @Test
    void holdsBackByTheWidestBoundAndTellsTheOthersThatTheyDoNotJudge() {
        var body = new Memory("longer");
        var hold = watch(Rule.enforce("narrow", replacing(5)), Rule.enforce("wide", replacing(10)))
                .holding(REQUEST, head());

        assertThat(hold).isNotNull();
        assertThat(hold.bound()).isEqualTo(10);
        hold.judge(body);
        assertThat(told).containsExactly("noticed narrow response-not-judged too-long");
        assertThat(body.bytes()).isEqualTo(utf8("replaced"));
    }

    @Test
    void neverHoldsBackWhatIsEncodedStreamedOrPartial() {
        var watch = watch(Rule.enforce("a", replacing(10)));

        assertThat(watch.holding(REQUEST, head(new Header("Content-Encoding", "gzip"))))
                .isNull();
        assertThat(watch.holding(REQUEST, head(new Header("Content-Type", "text/event-stream;charset=UTF-8"))))
                .isNull();
        assertThat(watch.holding(REQUEST, WrittenHead.ofApplication(206, List.of())))
                .isNull();
        assertThat(told)
                .containsExactly(
                        "noticed a response-not-judged encoded",
                        "noticed a response-not-judged streamed",
                        "noticed a response-not-judged partial");
    }

    @Test
    void letsARuleDenyWhatItCannotJudge() {
        var hold = watch(Rule.enforce("a", onBody(10, body -> Verdict.pass(), (head, why) -> DENY)))
                .holding(REQUEST, head(new Header("Content-Encoding", "gzip")));

        assertThat(hold).isNotNull();
        assertThat(hold.bound()).isZero();
        assertThat(hold.unjudged(head(), Unjudged.TOO_LONG)).isEqualTo(DENY);
        assertThat(told).containsExactly("noticed a response-not-judged encoded", "denied a");
    }
}
