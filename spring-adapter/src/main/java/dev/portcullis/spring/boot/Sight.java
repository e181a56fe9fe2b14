package dev.portcullis.spring.boot;

import dev.portcullis.Principal;
import dev.portcullis.respond.mask.Show;
import dev.portcullis.servlet.PortcullisFilter;
import dev.portcullis.spring.Masked;
import java.io.Serial;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Who sees a masked property, and what others see of it. Immutable. */
final class Sight implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private final String[] roles;
    private final String[] scopes;
    private final Show show;

    Sight(Masked masked) {
        this.roles = masked.plainForRoles().clone();
        this.scopes = masked.plainForScopes().clone();
        this.show = masked.show();
    }

    /** Tells whether who is answered now may see the value; nobody may where nobody is answered. */
    boolean isPlain() {
        var request = RequestContextHolder.getRequestAttributes();
        var caller = request == null
                ? null
                : request.getAttribute(PortcullisFilter.PRINCIPAL, RequestAttributes.SCOPE_REQUEST);
        return caller instanceof Principal known && (hasAny(known.roles(), roles) || hasAny(known.scopes(), scopes));
    }

    private static boolean hasAny(Set<String> held, String[] asked) {
        for (var one : asked) {
            if (held.contains(one)) {
                return true;
            }
        }
        return false;
    }

    /** What others see of a value; null where they see null. */
    @Nullable
    String shown(Object value) {
        return value instanceof CharSequence ? show.of(value.toString()) : null;
    }
}
