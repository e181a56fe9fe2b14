package dev.portcullis.benchmark;

import dev.portcullis.Address;
import dev.portcullis.ip.Feed;
import dev.portcullis.ip.FeedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long it takes to load a feed of 100 000 networks from a file: for the first time in a JVM, and later. */
public final class FeedLoad {

    private static final int NETWORKS = 100_000;
    private static final int ROUNDS = 15;

    private FeedLoad() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws IOException {
        var random = new SplittableRandom(7);
        var file = Files.createTempFile("feed", ".txt");
        var text = IntStream.range(0, NETWORKS)
                .mapToObj(i -> network(random) + " ; SBL" + i)
                .collect(Collectors.joining("\n"));
        Files.writeString(file, text);
        var millis = new double[ROUNDS];
        for (var round = 0; round < ROUNDS; round++) {
            var feed = Feed.of("feed", FeedSource.file(file)).build(Clock.systemUTC(), ForkJoinPool.commonPool());
            var start = System.nanoTime();
            feed.fetched().join();
            millis[round] = (System.nanoTime() - start) / 1e6;
            if (feed.report().entries() != NETWORKS) {
                throw new IllegalStateException(String.valueOf(feed.report()));
            }
        }
        var first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "a feed of %d networks: %.0f ms for the first time in a JVM, then %.0f ms (median of %d, from %.0f to %.0f)%n",
                NETWORKS,
                first,
                millis[ROUNDS / 2],
                ROUNDS,
                millis[0],
                millis[ROUNDS - 1]);
        Files.delete(file);
    }

    private static String network(SplittableRandom random) {
        while (true) {
            var bits = random.nextInt() & ~0xff;
            if (bits >>> 24 != 127) {
                return Address.ofIpv4(bits) + "/24";
            }
        }
    }
}
