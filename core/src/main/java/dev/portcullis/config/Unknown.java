package dev.portcullis.config;

import java.util.List;
import java.util.Map;

/** What to tell somebody who wrote a key that there is not. */
final class Unknown {

    private static final Map<String, String> OFTEN_MEANT = Map.of(
            "portcullis",
            "nothing may stand beside it; a file that is named `application.yml` may hold other properties",
            "<<",
            "merge keys are not read; give a whole value an anchor and use it with `*`",
            "on-failure",
            "authentication and authorization always deny when they cannot tell",
            "unsafe-on-failure",
            "authentication and authorization always deny when they cannot tell");

    private Unknown() {}

    static String help(String name, List<String> known) {
        var meant = OFTEN_MEANT.get(name);
        if (meant != null) {
            return meant;
        }
        return Nearest.to(name, known)
                .map(word -> "did you mean `" + word + "`?")
                .orElse("keys here are `" + String.join("`, `", known) + "`");
    }
}
