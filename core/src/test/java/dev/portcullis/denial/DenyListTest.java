package dev.portcullis.denial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Address;
import dev.portcullis.Principal;
import dev.portcullis.denial.Target.What;
import dev.portcullis.fixture.HandClock;
import dev.portcullis.store.Ledger;
import dev.portcullis.store.LedgerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DenyListTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final HandClock clock = HandClock.at(START.toString());
    private final Ledger ledger = Ledger.memory(clock, 1000);
    private final DenyList here = DenyList.of(ledger, clock, DenyListTest::exactly);
    private final DenyList there = DenyList.of(ledger, clock, DenyListTest::exactly);

    private static Predicate<Address> exactly(Collection<String> texts) {
        var all = Set.copyOf(texts.stream().map(Address::parse).toList());
        return all::contains;
    }

    private static Principal jwt(String id, Map<String, Object> claims) {
        return new Principal(id, Principal.Kind.USER, "main", "web", "acme", null, Set.of(), Set.of(), claims, "jwt");
    }

    private static Principal alice() {
        return jwt("alice", Map.of("iss", "https://idp.example.com", "jti", "t1", "iat", START.getEpochSecond()));
    }

    private boolean revoked(DenyList list, Principal caller) {
        return list.fresh().revocation(caller, clock.instant()) != null;
    }

    private Denial deny(Target target) {
        return here.deny(target, "stolen", "ops", HOUR);
    }

    /** A ledger whose second page cannot be had for a while. */
    private final class Torn implements Ledger {

        boolean whole;

        @Override
        public boolean putIfAbsent(String space, String key, String value, Instant until) {
            return ledger.putIfAbsent(space, key, value, until);
        }

        @Override
        public Changes changes(String space, long since) {
            if (since > 0 && !whole) {
                throw new LedgerUnavailable("torn", null);
            }
            var all = ledger.changes(space, since);
            return since > 0 ? all : new Changes(all.entries(), 1);
        }

        @Override
        public void close() {}
    }

    @Test
    void whatWasRecalledHoldsUntilTheLedgerHasToldEverything() {
        var lost = new Denial("lost", Target.revoked(What.SUBJECT, "alice"), "stolen", "ops", START, START.plus(HOUR));
        for (var i = 0; i < Ledger.MAX_CHANGES - 1; i++) {
            deny(Target.revoked(What.SUBJECT, "other" + i));
        }
        var stays = deny(Target.revoked(What.SUBJECT, "bob"));
        var torn = new Torn();
        var list = DenyList.of(torn, clock, DenyListTest::exactly);

        list.recall(new KeptDenials(START, List.of(lost, stays)), true);
        list.refresh();
        assertThat(list.state().problem()).contains("torn");
        assertThat(list.made()).contains(lost, stays);

        torn.whole = true;
        list.refresh();
        assertThat(list.state().problem()).isNull();
        assertThat(list.made()).doesNotContain(lost).contains(stays);
        assertThat(revoked(list, alice())).isFalse();
        assertThat(revoked(list, jwt("bob", Map.of()))).isTrue();
    }

    @Test
    void whatWasRecalledHoldsWhereTheLedgerIsOfThisProcessAlone() {
        var kept = new Denial("kept", Target.revoked(What.SUBJECT, "alice"), "stolen", "ops", START, START.plus(HOUR));

        here.recall(new KeptDenials(START, List.of(kept)), false);
        here.refresh();

        assertThat(revoked(here, alice())).isTrue();
    }

    @Test
    void holdsHereAtOnceAndThereWhenTheLedgerIsAsked() {
        there.refresh();
        deny(Target.revoked(What.SUBJECT, "alice"));
        assertThat(revoked(here, alice())).isTrue();
        assertThat(revoked(there, alice())).isFalse();
        there.refresh();
        assertThat(revoked(there, alice())).isTrue();
        assertThat(revoked(there, jwt("bob", Map.of()))).isFalse();
    }

    @Test
    void isOverWhenItsTimeIsUp() {
        deny(Target.revoked(What.SUBJECT, "alice"));
        clock.advance(HOUR);
        assertThat(revoked(here, alice())).isFalse();
        assertThat(here.all()).isEmpty();
    }

    @Test
    void isLiftedEverywhereInWhicheverOrderItIsTold() {
        here.refresh();
        var denial = deny(Target.revoked(What.SUBJECT, "alice"));
        assertThat(there.lift(denial.id())).as("not known there yet").isNull();
        there.refresh();
        assertThat(there.lift(denial.id())).isEqualTo(denial);
        assertThat(revoked(there, alice())).isFalse();
        assertThat(revoked(here, alice())).isTrue();
        here.refresh();
        assertThat(revoked(here, alice())).isFalse();
        var late = DenyList.of(ledger, clock, DenyListTest::exactly);
        assertThat(revoked(late, alice())).isFalse();
        assertThat(here.lift(denial.id())).isNull();
    }

    @Test
    void knowsATokenByItsIssuerAndItsIdTogether() {
        deny(Target.token("https://idp.example.com", "t1"));
        assertThat(revoked(here, alice())).isTrue();
        assertThat(revoked(here, jwt("alice", Map.of("iss", "https://other.example.com", "jti", "t1"))))
                .isFalse();
        deny(Target.token("main", "t2"));
        assertThat(revoked(here, jwt("alice", Map.of("jti", "t2")))).isTrue();
        assertThat(revoked(here, jwt("alice", Map.of("jti", "t3")))).isFalse();
    }

    @Test
    void takesBackWhatWasIssuedBeforeAndWhatDoesNotSayWhenItWas() {
        deny(Target.revoked(What.SUBJECT, "alice").issuedBefore(START));
        assertThat(revoked(here, jwt("alice", Map.of("iat", START.getEpochSecond()))))
                .isFalse();
        assertThat(revoked(here, jwt("alice", Map.of("iat", START.getEpochSecond() - 1))))
                .isTrue();
        assertThat(revoked(here, jwt("alice", Map.of("iat", "soon")))).isTrue();
        assertThat(revoked(here, jwt("alice", Map.of()))).isTrue();
        deny(new Target(Target.Verb.REVOKE, What.ISSUER, "main", null, START));
        assertThat(revoked(here, jwt("bob", Map.of("iat", 1)))).isTrue();
    }

    @Test
    void knowsKeysOnlyByTheProofThatHasThem() {
        deny(Target.revoked(What.KEY, "k1"));
        var claims = Map.<String, Object>of("key", "k1", "keyid", "k1", "x5t#S256", "k1");
        for (var proof : Set.of("api-key", "signature", "certificate")) {
            assertThat(revoked(here, proven(proof, claims))).as(proof).isTrue();
            assertThat(revoked(here, proven(proof, Map.of("jti", "k1"))))
                    .as(proof)
                    .isFalse();
        }
        assertThat(revoked(here, proven("jwt", claims))).isFalse();
    }

    private static Principal proven(String proof, Map<String, Object> claims) {
        return new Principal(
                "acme", Principal.Kind.CLIENT, "clients", "acme", null, null, Set.of(), Set.of(), claims, proof);
    }

    @Test
    void deniesCallersByNameClientAndTenant() {
        for (var target : new Target[] {
            Target.denied(What.SUBJECT, "alice"), Target.denied(What.CLIENT, "web"), Target.denied(What.TENANT, "acme")
        }) {
            var denial = deny(target);
            assertThat(here.fresh().ofCaller(alice(), clock.instant())).isEqualTo(denial);
            assertThat(here.fresh().ofCaller(proven("api-key", Map.of()), clock.instant()))
                    .isNull();
            assertThat(here.lift(denial.id())).isNotNull();
        }
    }

    @Test
    void deniesAddressesAndForgetsThemWhenTheirTimeIsUp() {
        deny(Target.denied(What.ADDRESS, "192.0.2.1"));
        assertThat(here.lastKnown().ofAddress(Address.parse("192.0.2.1"), clock.instant()))
                .isNotNull();
        assertThat(here.lastKnown().ofAddress(Address.parse("192.0.2.2"), clock.instant()))
                .isNull();
        clock.advance(HOUR);
        assertThat(here.lastKnown().ofAddress(Address.parse("192.0.2.1"), clock.instant()))
                .isNull();
        assertThatThrownBy(() -> deny(Target.denied(What.ADDRESS, "everywhere")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ledger.changes(DenyList.SPACE, 0).entries()).isEmpty();
    }

    @Test
    void isBounded() {
        here.within(new DenyList.Bounds(2, HOUR));
        deny(Target.revoked(What.SUBJECT, "a"));
        deny(Target.revoked(What.SUBJECT, "b"));
        assertThatThrownBy(() -> deny(Target.revoked(What.SUBJECT, "c"))).isInstanceOf(DenyList.Full.class);
        clock.advance(HOUR);
        deny(Target.revoked(What.SUBJECT, "c"));
        assertThat(here.all()).hasSize(1);
        assertThatThrownBy(() -> here.deny(Target.revoked(What.SUBJECT, "a"), "r", "ops", Duration.ofDays(400)))
                .hasMessageContaining("ttl");
        assertThatThrownBy(() -> here.deny(Target.revoked(What.SUBJECT, "a"), "r", "ops", Duration.ZERO))
                .hasMessageContaining("ttl");
    }

    @Test
    void cannotTellWhenTheLedgerIsAwayForTooLong() {
        deny(Target.revoked(What.SUBJECT, "alice"));
        there.refresh();
        ledger.close();
        clock.advance(Duration.ofMinutes(5));
        assertThat(revoked(there, alice())).isTrue();
        there.refresh();
        assertThat(there.state().problem()).contains("closed");
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(there::fresh).isInstanceOf(LedgerUnavailable.class);
        assertThat(there.lastKnown().all()).hasSize(1);
        assertThatThrownBy(() -> there.deny(Target.revoked(What.SUBJECT, "b"), "r", "ops", HOUR))
                .isInstanceOf(LedgerUnavailable.class);
    }

    @Test
    void countsWhatItCannotReadAndReadsTheRest() {
        ledger.putIfAbsent(
                DenyList.SPACE, "odd", "{\"verb\":\"praise\"}", clock.instant().plus(HOUR));
        ledger.putIfAbsent(DenyList.SPACE, "none", "", clock.instant().plus(HOUR));
        deny(Target.revoked(What.SUBJECT, "alice"));
        there.refresh();
        assertThat(there.state().unreadable()).isEqualTo(2);
        assertThat(revoked(there, alice())).isTrue();
    }

    @Test
    void readsMoreThanTheLedgerTellsAtOnce() {
        var large = Ledger.memory(clock, 10_000);
        var one = DenyList.of(large, clock, DenyListTest::exactly);
        for (var i = 0; i < 2 * Ledger.MAX_CHANGES + 1; i++) {
            one.deny(Target.revoked(What.SUBJECT, "s" + i), "r", "ops", HOUR);
        }
        var other = DenyList.of(large, clock, DenyListTest::exactly);
        assertThat(revoked(other, jwt("s" + 2 * Ledger.MAX_CHANGES, Map.of()))).isTrue();
    }

    @Test
    void refusesTargetsThatMeanNothing() {
        assertThatThrownBy(() -> Target.revoked(What.ADDRESS, "192.0.2.1")).hasMessageContaining("what: `address`");
        assertThatThrownBy(() -> Target.denied(What.TOKEN, "t")).hasMessageContaining("what: `token`");
        assertThatThrownBy(() -> Target.revoked(What.TOKEN, "t")).hasMessageContaining("issuer: missing");
        assertThatThrownBy(() -> Target.revoked(What.ISSUER, "main")).hasMessageContaining("before: missing");
        assertThatThrownBy(() -> Target.revoked(What.KEY, "k").issuedBefore(START))
                .hasMessageContaining("before");
        assertThatThrownBy(() -> Target.denied(What.TENANT, "t").of("main")).hasMessageContaining("issuer: beside");
        assertThatThrownBy(() -> Target.revoked(What.SUBJECT, "a\nb")).hasMessageContaining("value");
        assertThatThrownBy(() -> Target.revoked(What.SUBJECT, "x".repeat(257))).hasMessageContaining("value");
        assertThatThrownBy(() -> Target.revoked(What.SUBJECT, " ")).hasMessageContaining("value");
    }
}
