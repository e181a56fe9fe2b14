package dev.portcullis.config;

import dev.portcullis.PolicySet;
import dev.portcullis.Rule.Mode;
import dev.portcullis.http.Forwarding;
import java.util.List;

/**
 * All that a configuration comes to. Immutable.
 *
 * @param set the rules
 * @param forwarding which proxies are believed
 * @param mode the default mode
 * @param uncovered the ids of handlers that neither annotations nor a path policy speak of
 */
record Compiled(PolicySet set, Forwarding forwarding, Mode mode, List<String> uncovered) {}
