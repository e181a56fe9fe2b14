package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.store.Ledger.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every ledger promises, as demands that fail by an assertion. */
enum LedgerLaw {
    MAKES_AN_ENTRY_ONCE {
        @Override
        void demand(Site site) {
            assertThat(site.one().putIfAbsent(site.space(), "nonce", "a", site.in(60)))
                    .isTrue();
            assertThat(site.one().putIfAbsent(site.space(), "nonce", "b", site.in(600)))
                    .isFalse();
            assertThat(site.other().putIfAbsent(site.space(), "nonce", "c", site.in(60)))
                    .isFalse();
            assertThat(site.other().putIfAbsent(site.space(), "Nonce", "a", site.in(60)))
                    .isTrue();
        }
    },
    KEEPS_SPACES_APART {
        @Override
        void demand(Site site) {
            assertThat(site.one().putIfAbsent(site.space(), "key", "a", site.in(60)))
                    .isTrue();
            assertThat(site.one().putIfAbsent(site.space() + ".b", "key", "a", site.in(60)))
                    .isTrue();
            assertThat(site.one().changes(site.space() + ".c", 0).entries()).isEmpty();
            assertThat(site.one().changes(site.space(), 0).entries()).hasSize(1);
        }
    },
    LETS_EXPIRED_ENTRIES_GIVE_WAY {
        @Override
        void demand(Site site) {
            site.one().putIfAbsent(site.space(), "key", "old", site.in(60));
            site.clock().advance(Duration.ofSeconds(60).minusMillis(1));
            assertThat(site.other().putIfAbsent(site.space(), "key", "new", site.in(60)))
                    .isFalse();
            site.clock().advance(Duration.ofMillis(1));
            assertThat(site.other().changes(site.space(), 0).entries()).isEmpty();
            assertThat(site.other().putIfAbsent(site.space(), "key", "new", site.in(60)))
                    .isTrue();
            assertThat(site.one().changes(site.space(), 0).entries())
                    .extracting(Entry::value)
                    .containsExactly("new");
        }
    },
    KEEPS_NOTHING_THAT_IS_OVER {
        @Override
        void demand(Site site) {
            assertThat(site.one().putIfAbsent(site.space(), "key", "a", site.in(0)))
                    .isTrue();
            assertThat(site.one().putIfAbsent(site.space(), "key", "b", site.in(-60)))
                    .isTrue();
            assertThat(site.one().putIfAbsent(site.space(), "key", "c", site.in(1)))
                    .isTrue();
        }
    },
    TELLS_EVERY_CHANGE {
        @Override
        void demand(Site site) {
            var first = site.put(0, 3);
            var seen = site.other().changes(site.space(), 0);
            assertThat(seen.entries()).containsExactlyElementsOf(first);
            var second = site.put(3, 5);
            var later = site.other().changes(site.space(), seen.cursor());
            assertThat(later.entries()).containsAll(second);
            assertThat(site.other().changes(site.space(), later.cursor()).entries())
                    .isSubsetOf(second);
        }
    },
    TELLS_MANY_CHANGES_IN_PARTS {
        @Override
        void demand(Site site) {
            var all = site.put(0, Ledger.MAX_CHANGES + 5);
            var told = new ArrayList<Entry>();
            var part = site.other().changes(site.space(), 0);
            assertThat(part.entries()).hasSize(Ledger.MAX_CHANGES);
            for (var turns = 0; turns < 3 && !part.entries().isEmpty(); turns++) {
                told.addAll(part.entries());
                part = site.other().changes(site.space(), part.cursor());
            }
            assertThat(told).containsAll(all);
        }
    },
    LETS_EXACTLY_ONE_OF_MANY_SUCCEED {
        @Override
        void demand(Site site) {
            for (var round = 0; round < 20; round++) {
                var key = "key" + round;
                assertThat(Race.of(
                                8,
                                turn -> (turn % 2 == 0 ? site.one() : site.other())
                                        .putIfAbsent(site.space(), key, "value" + turn, site.in(60))))
                        .as(key)
                        .containsOnlyOnce(true);
            }
            assertThat(site.one().changes(site.space(), 0).entries()).hasSize(20);
        }
    },
    TELLS_WHAT_IS_MADE_WHILE_IT_TELLS {
        @Override
        void demand(Site site) {
            var seen = new HashSet<String>();
            var through = new CountDownLatch(3);
            var cursors =
                    Race.of(4, turn -> turn == 0 ? site.watch(seen, through) : site.fill(turn + ".", 50, through));
            site.look(seen, cursors.get(0));
            assertThat(seen).hasSize(150);
        }
    },
    KEEPS_ANY_TEXT {
        @Override
        void demand(Site site) {
            var odd = List.of(
                    "", " ", "a:b{c}d", "'; drop table x --", "ü\u0000\u0001\u2028\"\\", "x".repeat(Ledger.MAX_KEY));
            for (var text : odd) {
                assertThat(site.one().putIfAbsent(site.space(), text, text, site.in(60)))
                        .isTrue();
                assertThat(site.other().putIfAbsent(site.space(), text, text, site.in(60)))
                        .isFalse();
            }
            var until = site.in(60);
            assertThat(site.other().changes(site.space(), 0).entries())
                    .containsExactlyElementsOf(odd.stream()
                            .map(text -> new Entry(text, text, until))
                            .toList());
        }
    },
    DEMANDS_BOUNDS {
        @Override
        void demand(Site site) {
            var until = site.in(60);
            demandIllegal("key", () -> site.one().putIfAbsent(site.space(), "k".repeat(Ledger.MAX_KEY + 1), "", until));
            demandIllegal(
                    "value", () -> site.one().putIfAbsent(site.space(), "k", "v".repeat(Ledger.MAX_VALUE + 1), until));
            demandIllegal("space", () -> site.one().putIfAbsent("s".repeat(Ledger.MAX_SPACE + 1), "k", "v", until));
            demandIllegal("space", () -> site.one().putIfAbsent("{s} *", "k", "v", until));
            demandIllegal("until", () -> site.one().putIfAbsent(site.space(), "k", "v", Instant.MAX));
            demandIllegal("space", () -> site.one().changes("", 0));
            demandIllegal("since", () -> site.one().changes(site.space(), -1));
        }
    },
    CANNOT_TELL_ONCE_CLOSED {
        @Override
        void demand(Site site) {
            site.one().close();
            assertThatThrownBy(() -> site.one().putIfAbsent(site.space(), "k", "v", site.in(60)))
                    .isInstanceOf(LedgerUnavailable.class);
            assertThatThrownBy(() -> site.one().changes(site.space(), 0)).isInstanceOf(LedgerUnavailable.class);
            site.one().close();
        }
    };

    private static void demandIllegal(String what, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(what);
    }

    /** Asserts that the law holds for these ledgers. */
    abstract void demand(Site site);
}
