package dev.portcullis.config;

import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import java.util.List;

/**
 * The rules of what operators deny, as one configuration wants them. Immutable.
 *
 * @param denying what is denied
 * @param mode whether denials are enforced
 */
record DenialRules(Denying denying, Mode mode) {

    /** The rule before authentication, for requests that meet these rules. */
    Rule suspension(List<String> names) {
        return denying.suspension(names, mode);
    }

    /** The rule behind authentication, which sees nobody whom authentication of another mode has found. */
    Rule revocation(String word, Mode authentication) {
        return denying.revocation(word, authentication == Mode.OBSERVE ? Mode.OBSERVE : mode);
    }
}
