package dev.portcullis.config;

import dev.portcullis.Rule.Mode;
import dev.portcullis.abuse.FailureLimits;
import dev.portcullis.abuse.Logins;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many failed authentications are borne, as written. Immutable.
 *
 * @param enabled whether they are counted at all
 * @param mode whether anybody is locked out
 * @param per how long failures are counted together
 * @param address how many of one address are borne
 * @param pair how many for one account from one address are borne
 * @param account how many for one account are borne without a pause
 * @param overall how many of all together are borne
 * @param lock how long the first lock lasts
 * @param maxLock how long a lock lasts at most
 * @param maxPause how long a pause lasts at most
 */
public record BruteForceSettings(
        @Key(
                description =
                        "Whether failed authentications are counted and lock out, wherever a policy says `authenticate`.",
                defaultValue = "true",
                type = Key.Type.SWITCH)
        @Nullable
        String enabled,

        @Key(
                description = "The mode of the rules that lock out; where authentication is observed they are too.",
                defaultValue = "the mode at the top",
                oneOf = {"enforce", "observe"})
        @Nullable
        String mode,

        @Key(
                description = "How long failures are counted together, from the first on.",
                defaultValue = "10m",
                type = Key.Type.DURATION)
        @Nullable
        String per,

        @Key(
                description = "How many failures of one address (IPv6: /64) lock it out.",
                defaultValue = "20",
                type = Key.Type.COUNT)
        @Nullable
        String address,

        @Key(
                description = "How many failures for one account from one address lock out the two together.",
                defaultValue = "10",
                type = Key.Type.COUNT)
        @Nullable
        String pair,

        @Key(
                description =
                        "From how many failures for one account on, from anywhere, whoever fails for it again has to pause; nobody else is held up.",
                defaultValue = "50",
                type = Key.Type.COUNT)
        @Nullable
        String account,

        @Key(
                description =
                        "From how many failures of all together on addresses and accounts have a quarter of their numbers.",
                defaultValue = "1000",
                type = Key.Type.COUNT)
        @Nullable
        String overall,

        @Key(
                description = "How long the first lock lasts; each further one lasts twice as long.",
                defaultValue = "1m",
                type = Key.Type.DURATION)
        @Nullable
        String lock,

        @Key(description = "How long a lock lasts at most.", defaultValue = "1h", type = Key.Type.DURATION) @Nullable
        String maxLock,

        @Key(description = "How long a pause lasts at most.", defaultValue = "30s", type = Key.Type.DURATION) @Nullable
        String maxPause) {

    private static final BruteForceSettings NONE =
            new BruteForceSettings(null, null, null, null, null, null, null, null, null, null);

    /** What holds for logins, and for all credentials. */
    static Logins.Terms compile(At at, @Nullable BruteForceSettings written, Mode outer) {
        var part = written == null ? NONE : written;
        var enabled = at.child("enabled").read(part.enabled(), Kind.SWITCH, true);
        var mode = at.child("mode").read(part.mode(), Kind.MODE, outer);
        var limits = at.make(
                "", "write numbers from 1 to a million, and times from `1s` to `7d`", unused -> part.limits(at));
        return new Logins.Terms(limits == null ? FailureLimits.USUAL : limits, mode, enabled);
    }

    private FailureLimits limits(At at) {
        var usual = FailureLimits.USUAL;
        var ofAddress = count(at.child("address"), address, usual.address());
        var ofPair = count(at.child("pair"), pair, usual.pair());
        var ofAccount = count(at.child("account"), account, usual.account());
        var ofAll = count(at.child("overall"), overall, usual.overall());
        var times = new FailureLimits.Times(
                time(at.child("per"), per, usual.times().per()),
                time(at.child("lock"), lock, usual.times().lock()),
                time(at.child("max-lock"), maxLock, usual.times().maxLock()),
                time(at.child("max-pause"), maxPause, usual.times().maxPause()));
        return new FailureLimits(ofAddress, ofPair, ofAccount, ofAll, times);
    }

    private static Duration time(At at, @Nullable String text, Duration usual) {
        return at.read(text, Kind.DURATION, usual);
    }

    private static int count(At at, @Nullable String text, int usual) {
        return at.read(text, Kind.COUNT, (long) usual).intValue();
    }
}
