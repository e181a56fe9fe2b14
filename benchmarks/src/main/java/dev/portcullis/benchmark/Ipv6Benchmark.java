package dev.portcullis.benchmark;

import dev.portcullis.Address;
import dev.portcullis.ip.IpRange;
import dev.portcullis.ip.IpRanges;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Looking an IPv6 address up among a million networks of 32 to 64 bits, beside among ten. Half of the callers are in one of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Ipv6Benchmark {

    private static final long GLOBAL = 0x2000_0000_0000_0000L;

    private final SplittableRandom random = new SplittableRandom(7);

    /** How many callers come in turn. */
    @Param({"4096", "65536", "1048576"})
    public int distinct;

    /**
     * Who is in a network: by lot, or every other caller. A processor learns to foretell the latter, which helps where it has to wait for nothing
     * else.
     */
    @Param({"lot", "turns"})
    public String inside = "lot";

    private IpRanges ten = IpRanges.of(new ArrayList<>());
    private IpRanges million = ten;
    private Address[] ofTen = new Address[0];
    private Address[] ofMillion = ofTen;
    private int next;

    /** Draws the ranges and the callers. */
    @Setup
    public void build() {
        var few = new long[10];
        var many = new long[1_000_000];
        ten = ranges(few);
        million = ranges(many);
        ofTen = callers(few);
        ofMillion = callers(many);
    }

    private long drawn() {
        return GLOBAL | random.nextLong() >>> 3;
    }

    private IpRanges ranges(long[] networks) {
        var ranges = new ArrayList<IpRange>(networks.length);
        for (var i = 0; i < networks.length; i++) {
            var length = 32 + random.nextInt(33);
            networks[i] = drawn() & -1L << Long.SIZE - length;
            ranges.add(IpRange.parse(new Address(networks[i], 0) + "/" + length));
        }
        return IpRanges.of(ranges);
    }

    private Address[] callers(long[] networks) {
        var callers = new Address[distinct];
        for (var i = 0; i < distinct; i++) {
            var isIn = inside.equals("lot") ? random.nextBoolean() : i % 2 == 0;
            var high = isIn ? networks[random.nextInt(networks.length)] : drawn();
            callers[i] = new Address(high, random.nextLong());
        }
        return callers;
    }

    private Address caller(Address[] callers) {
        next = next + 1 & distinct - 1;
        return callers[next];
    }

    /** Among ten. */
    @Benchmark
    public boolean ten() {
        return ten.contains(caller(ofTen));
    }

    /** Among a million. */
    @Benchmark
    public boolean million() {
        return million.contains(caller(ofMillion));
    }
}
