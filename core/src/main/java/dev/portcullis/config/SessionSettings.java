package dev.portcullis.config;

import dev.portcullis.auth.Scheme;
import dev.portcullis.auth.Sessions;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sessions of the container or the framework are asked, as written. Immutable.
 *
 * @param roles the roles that a user may have
 * @param attributes the attributes that become claims
 * @param tenant the attribute with the user's tenant
 */
public record SessionSettings(
        @Key(description = "The roles that the container or Spring Security is asked for, each by its exact name.")
        @Nullable
        List<String> roles,

        @Key(
                description =
                        "The session's attributes that become claims of the caller: texts, numbers and truth values.")
        @Nullable
        List<String> attributes,

        @Key(description = "The session's attribute with the caller's tenant.") @Nullable
        String tenant) {

    static Scheme compile(At at, @Nullable SessionSettings written) {
        if (written == null) {
            return Sessions.asking(List.of(), List.of(), null);
        }
        var tenant = written.tenant();
        if (tenant != null && tenant.isBlank()) {
            at.child("tenant").problem("blank (expected: an attribute)", "name an attribute, or remove the key");
        }
        return Sessions.asking(
                words(at.child("roles"), written.roles()), words(at.child("attributes"), written.attributes()), tenant);
    }

    private static List<String> words(At at, @Nullable List<String> written) {
        var words = written == null ? List.<String>of() : written;
        var seen = new HashSet<String>();
        for (var i = 0; i < words.size(); i++) {
            if (words.get(i).isBlank() || !seen.add(words.get(i))) {
                at.item(i).problem("blank or written before", "write each name once");
            }
        }
        return words;
    }
}
