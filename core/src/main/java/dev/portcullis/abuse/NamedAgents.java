package dev.portcullis.abuse;

import java.util.List;
import java.util.Locale;

/** Parts of agents' names, whatever their case. Immutable. */
record NamedAgents(List<String> parts) {

    /** How much of a name is looked at, in characters. */
    static final int MAX_NAME = 512;

    static NamedAgents of(List<String> parts) {
        return new NamedAgents(parts.stream()
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .toList());
    }

    boolean match(String agent) {
        var name = (agent.length() > MAX_NAME ? agent.substring(0, MAX_NAME) : agent).toLowerCase(Locale.ROOT);
        for (var i = 0; i < parts.size(); i++) {
            if (name.contains(parts.get(i))) {
                return true;
            }
        }
        return false;
    }
}
