package dev.portcullis.config;

import dev.portcullis.config.Tree.Member;
import dev.portcullis.config.Tree.Members;
import dev.portcullis.config.Tree.Text;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a Spring Boot application, of which what stands under {@code portcullis} is a configuration and the rest is the
 * application's. Immutable.
 *
 * <p>One file is read: profiles, other sources and relaxed names are Spring's own.
 *
 * @param root all of it
 * @param environment gives an environment variable's value, or null
 */
record ApplicationFile(Members root, UnaryOperator<@Nullable String> environment) {

    private static final Pattern NAME = Pattern.compile("application(?:-[A-Za-z0-9_.-]{1,60})?\\.ya?ml");
    private static final String ROOT = "portcullis";
    private static final int MAX_DEPTH = 5;

    /** What is in a file of this name; null when that is none of an application's. */
    static @Nullable ApplicationFile of(String file, Tree tree, UnaryOperator<@Nullable String> environment) {
        var ours = NAME.matcher(file).matches()
                && tree instanceof Members members
                && has(members, ROOT)
                && !has(members, "policies");
        return ours ? new ApplicationFile((Members) tree, environment) : null;
    }

    private static boolean has(Members members, String name) {
        return members.members().stream()
                .anyMatch(member -> member.key().value().equals(name));
    }

    /** What stands under {@code portcullis}. */
    Tree configuration() {
        return root.members().stream()
                .filter(member -> member.key().value().equals(ROOT))
                .map(Member::value)
                .findFirst()
                .orElse(root);
    }

    /** Variables of the environment, and other properties of the file. */
    Variables variables() {
        return variables(0);
    }

    private Variables variables(int depth) {
        return new Variables(environment, name -> property(name, depth));
    }

    private @Nullable String property(String name, int depth) {
        var variable =
                environment.apply(name.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_'));
        if (variable != null) {
            return variable;
        }
        var written = depth < MAX_DEPTH ? find(root, name) : null;
        if (written == null) {
            return null;
        }
        var missing = new ArrayList<String>();
        var value = variables(depth + 1).replace(written, missing);
        return missing.isEmpty() ? value : null;
    }

    /** The text at a property's name, of which each part may hold dots itself. */
    private static @Nullable String find(Members members, String name) {
        for (var member : members.members()) {
            var key = member.key().value();
            if (key.equals(name) && member.value() instanceof Text text) {
                return text.value();
            }
            var inner = name.startsWith(key + ".") && member.value() instanceof Members more
                    ? find(more, name.substring(key.length() + 1))
                    : null;
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }
}
