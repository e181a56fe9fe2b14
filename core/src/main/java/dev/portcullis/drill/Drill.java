package dev.portcullis.drill;

import static java.util.Objects.requireNonNull;

import dev.portcullis.drill.Answer.Fate;
import dev.portcullis.drill.Proof.Judgement;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Attacks a running application of one's own, and says what got through.
 *
 * <p>Each attack is held against the answer to a harmless request to the same place. Where that one does not succeed, the attack's denial proves nothing, and
 * it is said so. After each class the harmless request is sent again, for an application that meanwhile denies everything would seem to deny attacks. For one
 * thread.
 */
public final class Drill implements AutoCloseable {

    private static final Duration BEFORE_GIVING_UP = Duration.ofSeconds(1);
    private static final String HINT = " (expected: --trust FILE with the certificate, or of who has issued it)";
    private static final String LIMITED = "the application limits how often it may be asked (429)";

    private final Target target;
    private final Pace pace;
    private final Wire wire;
    private final Clock clock;
    private final Map<Draft, Answer> baselines = new HashMap<>();
    private final Set<Draft> tried = new HashSet<>();
    private final List<Trial> trials = new ArrayList<>();
    private int unsent;
    private boolean gone;

    /**
     * What is attacked, and how much at most. Nothing is sent before {@link #run}.
     *
     * @param clock what time forged tokens say
     */
    public Drill(Target target, Bounds bounds, Clock clock) {
        this(target, bounds, clock, Time.SYSTEM);
    }

    Drill(Target target, Bounds bounds, Clock clock, Time time) {
        this.target = requireNonNull(target, "target");
        this.clock = requireNonNull(clock, "clock");
        this.pace = new Pace(bounds, time);
        this.wire = new Wire(target, bounds.timeOut());
    }

    /**
     * Who attacks, and how.
     *
     * @param kinds the classes of attacks
     * @param credentials header lines that prove who calls; sent to the target alone
     * @param publicKey what issuers sign with, as attackers would write it into an HMAC; empty for none
     */
    public record Means(Set<String> kinds, List<String> credentials, String publicKey) {

        /** Copies both. */
        public Means {
            requireNonNull(publicKey, "publicKey");
            kinds = Set.copyOf(kinds);
            credentials = List.copyOf(credentials);
        }
    }

    /**
     * Attacks these aims, once.
     *
     * @param progress is told of each class at each aim before it begins
     * @throws IOException when nothing answers at all
     */
    public Tally run(List<Aim> aims, Means means, BiConsumer<String, Aim> progress) throws IOException {
        requireNonNull(aims, "aims");
        requireNonNull(progress, "progress");
        for (var tricks : Corpus.bundled().tricks()) {
            for (var aim : means.kinds().contains(tricks.kind()) ? aims : List.<Aim>of()) {
                var credentials = aim.meant() == Aim.Meant.PUBLIC ? List.<String>of() : means.credentials();
                var scene = new Scene(
                        target,
                        aim,
                        credentials,
                        means.publicKey(),
                        clock.instant().getEpochSecond());
                progress.accept(tricks.kind(), aim);
                attack(tricks, scene);
            }
        }
        return new Tally(trials, unsent, pace.sent(), pace.passed());
    }

    private void attack(Tricks tricks, Scene scene) throws IOException {
        var group = new ArrayList<Trial>();
        Draft good = null;
        var limited = false;
        for (var shot : tricks.against(scene)) {
            if (shot.attack().body().isEmpty() && !tried.add(shot.attack())) {
                continue;
            }
            if (gone || !limited && !isLeft(shot)) {
                unsent++;
                continue;
            }
            var verdict = limited ? new Trial.Verdict("-", Judgement.open(LIMITED)) : verdict(shot);
            limited |= verdict.judgement().reason().equals(LIMITED);
            var trial = Trial.of(tricks.kind(), scene.aim(), shot, verdict);
            group.add(trial);
            if (trial.fate() == Trial.Fate.DENIED && baseline(shot.baseline()).isSuccess()) {
                good = shot.baseline();
            }
        }
        if (good != null && !gone) {
            recheck(good, group);
        }
        trials.addAll(group);
    }

    /** Who denies everything meanwhile denies no attack. */
    private void recheck(Draft good, List<Trial> group) {
        var after = pace.take() ? patiently(good) : baselines.getOrDefault(good, Answer.none(Fate.SILENT));
        if (!after.isSuccess()) {
            baselines.clear();
            var why = "afterwards the harmless request is answered " + after.shown();
            group.replaceAll(trial -> trial.fate() == Trial.Fate.DENIED ? trial.inconclusive(why) : trial);
        }
    }

    /** Tells whether there are requests left for the attack, and for the harmless one where it was not sent yet. */
    private boolean isLeft(Shot shot) throws IOException {
        if (!baselines.containsKey(shot.baseline())) {
            if (!pace.take()) {
                return false;
            }
            var answer = patiently(shot.baseline());
            if (answer.fate() == Fate.UNREACHABLE && trials.isEmpty()) {
                throw new IOException(
                        wire.isMistrusted()
                                ? "no TLS at " + target.origin() + " that is believed" + HINT
                                : "nothing answers at " + target.origin());
            }
            baselines.put(shot.baseline(), answer);
        }
        return pace.take();
    }

    private Answer baseline(Draft draft) {
        return baselines.getOrDefault(draft, Answer.none(Fate.SILENT));
    }

    private Trial.Verdict verdict(Shot shot) {
        var answer = patiently(shot.attack());
        if (answer.fate() == Fate.UNREACHABLE && isGone()) {
            gone = true;
            return new Trial.Verdict(answer.shown(), Judgement.passed("the application answers no more"));
        }
        if (answer.isLimited()) {
            return new Trial.Verdict(answer.shown(), Judgement.open(LIMITED));
        }
        return new Trial.Verdict(answer.shown(), shot.proof().judge(answer, baseline(shot.baseline())));
    }

    private boolean isGone() {
        return pace.await(BEFORE_GIVING_UP)
                && pace.take()
                && wire.send(Draft.of("GET", "/", target.authority())).fate() == Fate.UNREACHABLE;
    }

    /** Sends a request; where the application says when to come again, it comes again then, if that is soon. */
    private Answer patiently(Draft draft) {
        var answer = wire.send(draft);
        var after = answer.isLimited() ? answer.field("Retry-After") : "";
        if (after.matches("[0-9]{1,5}") && pace.await(Duration.ofSeconds(Long.parseLong(after))) && pace.take()) {
            return wire.send(draft);
        }
        return answer;
    }

    @Override
    public void close() {
        wire.close();
    }
}
