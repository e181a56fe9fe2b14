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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Looking an address up among a million ranges, beside among ten. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AddressBenchmark {

    private static final int CALLERS = 1 << 12;

    private final SplittableRandom random = new SplittableRandom(7);
    private final Address[] callers = new Address[CALLERS];
    private IpRanges ten = IpRanges.of(new ArrayList<>());
    private IpRanges million = ten;
    private int next;

    /** Draws the ranges and the callers. */
    @Setup
    public void build() {
        ten = ranges(10);
        million = ranges(1_000_000);
        for (var i = 0; i < CALLERS; i++) {
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
        next = next + 1 & CALLERS - 1;
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
