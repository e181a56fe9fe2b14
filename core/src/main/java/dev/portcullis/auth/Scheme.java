package dev.portcullis.auth;

import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to prove who calls. Thread-safe. */
public abstract sealed class Scheme permits ApiKeys, Certificates, Sessions, Signatures, TokenScheme {

    /** The protection space that challenges name (RFC 9110, section 11.5). */
    static final String REALM = "realm=\"api\"";

    Scheme() {}

    /** In how many lines a field comes. */
    static int lines(Request request, String field) {
        var headers = request.headers();
        var lines = 0;
        for (var i = 0; i < headers.size(); i++) {
            lines += headers.get(i).named(field) ? 1 : 0;
        }
        return lines;
    }

    /** How many credentials of this scheme the request carries. */
    abstract int presented(Request request);

    /** The verdict on the one credential that the request carries. */
    abstract Verdict judge(Request request);

    /** The challenges to a client that sent no credential (RFC 9110, section 11.6.1). */
    abstract List<String> challenges();

    /**
     * What the one credential that the request carries says of itself, without proving it; null when nobody could guess one.
     */
    @Nullable
    Claim claim(Request request) {
        return Claim.UNKNOWN;
    }

    /** Tells whether its credential comes with every request, wanted or not, and so counts only where nothing else is sent. */
    boolean ambient() {
        return false;
    }

    /** The same scheme for requests whose bodies may be this long, in bytes, where it reads them. */
    Scheme within(long bound) {
        return this;
    }

    /** Tells whether it has credentials that are good only once. */
    boolean spends() {
        return false;
    }

    /**
     * The denial of a credential that was used before, of a caller whom it has proven; else a pass, and from now on it was.
     *
     * @param observed whether the denial changes nothing, so that enforced rules are not to know of the use
     */
    Verdict spend(Request request, boolean observed) {
        return Verdict.pass();
    }
}
