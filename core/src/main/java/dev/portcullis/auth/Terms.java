package dev.portcullis.auth;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.Set;

/**
 * When a token may be used, and for whom it is. Immutable.
 *
 * @param expiry when it is over, in milliseconds of the epoch
 * @param begin when it may first be used, in milliseconds of the epoch; {@link #EVER} when it does not say
 * @param issued when it was issued, in milliseconds of the epoch; {@link #EVER} when it does not say
 * @param audience whom it is for; never empty
 */
@TrustedBase
record Terms(long expiry, long begin, long issued, Set<String> audience) {

    static final long EVER = 0;

    /**
     * Judges time and audience, which is done on every request.
     *
     * <p>No token lasts longer than the longest, be it from its issue or from now. The tolerance is for clocks that differ while a token is new. A token that is over is over.
     */
    Verdict judge(Set<String> audiences, long now, long tolerance, long longest) {
        if (now >= expiry) {
            return Denials.EXPIRED;
        }
        if (begin > now + tolerance) {
            return Denials.NOT_YET_VALID;
        }
        if (issued > now + tolerance) {
            return Denials.FROM_THE_FUTURE;
        }
        if (expiry - now - tolerance > longest || issued != EVER && expiry - issued > longest) {
            return Denials.LIFETIME;
        }
        for (var wanted : audiences) {
            if (audience.contains(wanted)) {
                return Verdict.pass();
            }
        }
        return Denials.AUDIENCE;
    }
}
