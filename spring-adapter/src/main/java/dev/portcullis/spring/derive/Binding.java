package dev.portcullis.spring.derive;

import dev.portcullis.schema.Signature;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.PatternMatchUtils;
import org.springframework.validation.DataBinder;

/**
 * How texts become one argument: by conversion, but for what methods with {@code @InitBinder} have set. Immutable, as long as nobody changes
 * the binder.
 */
final class Binding {

    private final ValueTypes values;
    private final @Nullable DataBinder binder;

    /**
     * A binding.
     *
     * @param binder the binder as the application has set it; null where it sets none
     */
    Binding(ValueTypes values, @Nullable DataBinder binder) {
        this.values = values;
        this.binder = binder;
    }

    /** What a value of the type may be; null when that cannot be told. */
    Signature.@Nullable Type of(TypeDescriptor written, Demand demand, @Nullable String path) {
        return isEdited(written, path) ? null : values.of(written, demand);
    }

    private boolean isEdited(TypeDescriptor written, @Nullable String path) {
        if (binder == null) {
            return false;
        }
        var element = written.isArray() || written.isCollection() ? written.getElementTypeDescriptor() : null;
        return binder.findCustomEditor(written.getObjectType(), path) != null
                || binder.findCustomEditor(written.getType(), path) != null
                || element != null && binder.findCustomEditor(element.getType(), path) != null;
    }

    /** Tells whether the application has validators of its own for it. */
    boolean isValidatedOtherwise() {
        return binder != null && !binder.getValidators().isEmpty();
    }

    /** Tells whether something is bound under this path; what is not is neither read nor denied. */
    boolean takes(String path) {
        if (binder == null) {
            return true;
        }
        var allowed = binder.getAllowedFields();
        var disallowed = binder.getDisallowedFields();
        var some = allowed != null && allowed.length > 0;
        if (path.indexOf('[') >= 0 && (some || disallowed != null && disallowed.length > 0)) {
            return false;
        }
        return (!some || PatternMatchUtils.simpleMatch(allowed, path))
                && (disallowed == null || !isAmong(disallowed, path.toLowerCase(Locale.ROOT)));
    }

    private static boolean isAmong(String[] patterns, String path) {
        for (var pattern : patterns) {
            if (PatternMatchUtils.simpleMatch(pattern.toLowerCase(Locale.ROOT), path)) {
                return true;
            }
        }
        return false;
    }
}
