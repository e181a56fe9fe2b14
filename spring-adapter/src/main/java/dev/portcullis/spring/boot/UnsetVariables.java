package dev.portcullis.spring.boot;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Finds what is written as {@code ${NAME}} and stands for nothing. Immutable. */
final class UnsetVariables {

    private static final Pattern WITHOUT_DEFAULT = Pattern.compile("\\$\\{([^${}:]{1,200})}");

    private final Environment environment;

    /**
     * What to say of a variable.
     *
     * @param message what is wrong
     * @param help what to do about it
     */
    record Missing(String message, String help) {}

    UnsetVariables(Environment environment) {
        this.environment = environment;
    }

    /** The variable in a value that nothing sets; null when there is none. */
    @Nullable
    Missing in(@Nullable Object value) {
        if (!(value instanceof CharSequence) || !value.toString().contains("${")) {
            return null;
        }
        try {
            environment.resolveRequiredPlaceholders(value.toString());
            return null;
        } catch (IllegalArgumentException e) {
            return missing(value.toString());
        }
    }

    /** The value is not shown, as parts of it may be secret. */
    private Missing missing(String value) {
        var written = WITHOUT_DEFAULT.matcher(value);
        while (written.find()) {
            var name = written.group(1);
            if (environment.getProperty(name) == null) {
                return new Missing(
                        "no value for `" + name + "`",
                        "set the property or the environment variable, or give a default: `${" + name + ":...}`");
            }
        }
        return new Missing("a variable without a value", "set it, or give a default: `${NAME:...}`");
    }
}
