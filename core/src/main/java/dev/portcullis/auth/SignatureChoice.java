package dev.portcullis.auth;

import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which signatures of a message are meant (RFC 9421, section 4.3): those under the tag and the label that are asked for, by keys that are known.
 * Immutable.
 *
 * <p>Several are meant where one client has made them, as while its keys rotate; all of them must hold then. Those of two clients do not say who calls.
 *
 * @param keys the keys, by their ids
 * @param tag the tag asked for; null: any
 * @param label the label asked for; null: any
 */
@TrustedBase
record SignatureChoice(
        Map<String, SignatureKey> keys,
        @Nullable String tag,
        @Nullable String label) {

    /** What comes of it. */
    sealed interface Choice permits Chosen, Unchosen {}

    /** A signature with the key that it names. */
    record Signed(MessageSignature signature, SignatureKey key) {}

    /** Those that are meant, at least one, all by keys of one client. */
    record Chosen(List<Signed> all) implements Choice {

        SignatureKey key() {
            return all.get(0).key();
        }
    }

    /** Why none is. */
    record Unchosen(Verdict.Deny deny) implements Choice {}

    Choice of(Request request) {
        var all = MessageSignature.of(request);
        if (all == null) {
            return new Unchosen(SignatureDenials.MALFORMED);
        }
        var fitting = all.stream().filter(this::fits).toList();
        var known = fitting.stream().flatMap(one -> signed(one).stream()).toList();
        if (known.isEmpty()) {
            return new Unchosen(fitting.isEmpty() ? SignatureDenials.NONE_FITS : SignatureDenials.UNKNOWN_KEY);
        }
        var first = known.get(0).key();
        return known.stream().allMatch(one -> one.key().isOfTheCallerOf(first))
                ? new Chosen(known)
                : new Unchosen(SignatureDenials.SEVERAL);
    }

    private boolean fits(MessageSignature signature) {
        return (tag == null || tag.equals(signature.text("tag"))) && (label == null || label.equals(signature.label()));
    }

    private List<Signed> signed(MessageSignature signature) {
        var key = keys.get(String.valueOf(signature.text("keyid")));
        return key == null ? List.of() : List.of(new Signed(signature, key));
    }
}
