package dev.portcullis.config;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the values of environment variables in the place of {@code ${NAME}} and {@code ${NAME:default}}. */
final class Variables {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{[^:}]*:[^}]");

    private static final Pattern PROPERTY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final UnaryOperator<@Nullable String> environment;
    private final @Nullable UnaryOperator<@Nullable String> properties;

    Variables(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
        this.properties = null;
    }

    /** Those of the environment, and properties, whose names may have dots. */
    Variables(UnaryOperator<@Nullable String> environment, UnaryOperator<@Nullable String> properties) {
        this.environment = environment;
        this.properties = properties;
    }

    /** The text with all variables replaced; each one that cannot be is added to the missing. */
    String replace(String text, List<String> missing) {
        var out = new StringBuilder();
        var from = 0;
        for (var start = text.indexOf("${"); start >= 0; start = text.indexOf("${", from)) {
            var end = text.indexOf('}', start);
            if (end < 0) {
                missing.add(text.substring(start + 2));
                return text;
            }
            out.append(text, from, start).append(valueOf(text.substring(start + 2, end), missing));
            from = end + 1;
        }
        return out.append(text, from, text.length()).toString();
    }

    private String valueOf(String inner, List<String> missing) {
        var colon = inner.indexOf(':');
        var name = colon < 0 ? inner : inner.substring(0, colon);
        var value = lookUp(name);
        if (value != null) {
            return value;
        }
        if (colon < 0 || !(properties == null ? NAME : PROPERTY).matcher(name).matches()) {
            missing.add(name);
            return "";
        }
        return inner.substring(colon + 1);
    }

    private @Nullable String lookUp(String name) {
        var value = NAME.matcher(name).matches() ? environment.apply(name) : null;
        return value == null && properties != null && PROPERTY.matcher(name).matches() ? properties.apply(name) : value;
    }

    /** Tells whether there are variables in the text, and what stands for none of them when it is not set. */
    static boolean areAlone(String text) {
        return text.contains("${") && !DEFAULT.matcher(text).find();
    }

    /** How an operator sets what is missing. */
    static String help(List<String> missing) {
        var name = missing.get(0);
        return NAME.matcher(name).matches()
                ? "set the environment variable, or give a default: `${" + name + ":...}`"
                : "write `${NAME}` or `${NAME:default}`, where a name is letters, digits and underscores";
    }
}
