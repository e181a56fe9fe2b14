package dev.portcullis.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A ledger in Redis. Thread-safe.
 *
 * <p>A space is two sorted sets, a hash and a number, which scripts keep in step. Redis runs one script at a time, so that turns are
 * given and told in one order. Entries stay for {@link Terms#GRACE} beyond their end, for nodes whose clocks are behind.
 */
final class RedisLedger implements Ledger {

    private static final RedisScript PUT = RedisScript.named("put-if-absent.lua", ScriptOutputType.INTEGER);
    private static final RedisScript CHANGES = RedisScript.named("changes.lua", ScriptOutputType.MULTI);
    private static final int WIDTH = 4;

    private final RedisLink link;
    private final Patience patience;
    private final Clock clock;
    private final String prefix;
    private final long maxEntries;
    private volatile boolean closed;

    RedisLedger(RedisLink link, Patience patience, Clock clock, Terms terms) {
        this.link = link;
        this.patience = patience;
        this.clock = clock;
        this.prefix = terms.prefix();
        this.maxEntries = terms.maxEntries();
    }

    /** All keys of a space carry its name in braces, so that they lie together in a cluster. */
    private String[] keys(String space, String... parts) {
        var keys = new String[parts.length];
        for (var i = 0; i < parts.length; i++) {
            keys[i] = prefix + ":ledger:{" + space + "}:" + parts[i];
        }
        return keys;
    }

    @Override
    public boolean putIfAbsent(String space, String key, String value, Instant until) {
        Entered.demand(space, key, value, until);
        var keys = keys(space, "turns", "ends", "values", "last");
        var made = this.<Long>ask(commands -> PUT.run(
                commands,
                keys,
                PlainText.of(key).getBytes(UTF_8),
                PlainText.of(value).getBytes(UTF_8),
                bytes(until.toEpochMilli()),
                bytes(clock.millis()),
                bytes(Terms.GRACE.toMillis()),
                bytes(maxEntries)));
        if (made < 0) {
            throw new LedgerUnavailable("full: " + maxEntries + " entries have not expired", null);
        }
        return made == 1;
    }

    @Override
    public Changes changes(String space, long since) {
        Entered.demandSpace(space);
        Entered.demandCursor(since);
        var now = clock.instant();
        var entries = new ArrayList<Entry>();
        var cursor = since;
        var full = true;
        while (full && entries.size() < MAX_CHANGES) {
            var room = MAX_CHANGES - entries.size();
            var told = told(space, cursor, room);
            for (var i = 0; i < told.size(); i += WIDTH) {
                cursor = (long) Double.parseDouble(text(told.get(i + 3)));
                entries.add(entry(told.subList(i, i + WIDTH)));
            }
            entries.removeIf(entry -> !entry.until().isAfter(now));
            full = told.size() == room * WIDTH;
        }
        return new Changes(entries, cursor);
    }

    private static Entry entry(List<Object> told) {
        var until = Instant.ofEpochMilli((long) Double.parseDouble(text(told.get(2))));
        return new Entry(PlainText.back(text(told.get(0))), PlainText.back(text(told.get(1))), until);
    }

    private List<Object> told(String space, long since, int most) {
        var keys = keys(space, "turns", "ends", "values");
        return ask(commands -> CHANGES.run(commands, keys, bytes(since), bytes(most)));
    }

    private <T> T ask(Function<RedisAsyncCommands<String, byte[]>, CompletableFuture<T>> question) {
        if (closed) {
            throw new LedgerUnavailable("closed", null);
        }
        try {
            return patience.await(
                    patience.ask(() -> link.open().thenCompose(connection -> question.apply(connection.async()))));
        } catch (StoreUnavailable e) {
            throw new LedgerUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] bytes(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, UTF_8);
    }

    @Override
    public void close() {
        closed = true;
    }
}
