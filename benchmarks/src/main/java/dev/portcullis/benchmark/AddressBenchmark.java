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

/** Looking an address up among a million ranges, beside among ten. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AddressBenchmark {

    private final SplittableRandom random = new SplittableRandom(7);
    private Address[] callers = new Address[0];

    /** How many callers come in turn: with few, their part of the table stays in the cache; with many, none of it does. */
    @Param({"4096", "65536", "1048576"})
    public int distinct;

    private IpRanges ten = IpRanges.of(new ArrayList<>());
    private IpRanges million = ten;
    private int next;

    /** Draws the ranges and the callers. */
    @Setup
    public void build() {
        ten = ranges(10);
        million = ranges(1_000_000);
        callers = new Address[distinct];
        for (var i = 0; i < distinct; i++) {
            callers[i] = Address.ofIpv4(random.nextInt());
        }
    }

    private IpRanges ranges(int count) {
        var ranges = new ArrayList<IpRange>(count);
        for (var i = 0; i < count; i++) {
            ranges.add(IpRange.parse(Address.ofIpv4(random.nextInt() & ~0xf) + "/28"));
        }
        return IpRanges.of(ranges);
    }

    private Address caller() {
        next = next + 1 & distinct - 1;
        return callers[next];
    }

    /** Among ten. */
    @Benchmark
    public boolean ten() {
        return ten.contains(caller());
    }

    /** Among a million. */
    @Benchmark
    public boolean million() {
        return million.contains(caller());
    }
}
