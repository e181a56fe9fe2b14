package dev.portcullis.spring.derive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.springframework.util.ClassUtils;

/**
 * Constraints in words of JSON Schema. A word never denies what the constraint allows: lengths are counted in characters there and in
 * halves of them here, and patterns of Java are left out where they could mean something else.
 */
final class ConstraintWords {

    /** Patterns that mean the same in Java and in ECMA-262. */
    private static final java.util.regex.Pattern COMMON = java.util.regex.Pattern.compile(
            "(?:[A-Za-z0-9_ \\-@#%=!~;'\"<>,:/^$.|]|\\\\[dwbDW.\\-+*?(){}|\\[\\]^$/\\\\]|\\((?!\\?)|\\(\\?:|\\)|\\[\\^?+(?:[^\\[\\]\\\\&]|\\\\[dw.\\-+*?(){}|^$/\\\\\\]\\[])++\\]|[+*?](?![+])|\\{[0-9]++(?:,[0-9]*+)?\\}(?![+]))*+");

    private ConstraintWords() {}

    static void add(Annotation constraint, ObjectNode schema, Class<?> type) {
        if (constraint instanceof Size size) {
            addSize(schema, type, size.min(), size.max());
        } else if (constraint instanceof NotEmpty || constraint instanceof NotBlank) {
            addSize(schema, type, 1, Integer.MAX_VALUE);
        } else if (constraint instanceof Pattern pattern) {
            addPattern(schema, type, pattern);
        } else if (constraint instanceof AssertTrue || constraint instanceof AssertFalse) {
            addTruth(schema, constraint instanceof AssertTrue);
        } else if (Number.class.isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(type))) {
            addBound(constraint, schema);
        }
    }

    /** Nothing is said where other types are read as truth values too. */
    private static void addTruth(ObjectNode schema, boolean truth) {
        var types = schema.path("type");
        if (types.isTextual() || types.size() == 2 && types.get(1).asText().equals("null")) {
            schema.remove("type");
            schema.putArray("enum").add(truth).addNull();
        }
    }

    private static void addBound(Annotation constraint, ObjectNode schema) {
        if (constraint instanceof Min min) {
            least(schema, BigDecimal.valueOf(min.value()), true);
        } else if (constraint instanceof Max max) {
            most(schema, BigDecimal.valueOf(max.value()), true);
        } else if (constraint instanceof DecimalMin min) {
            least(schema, new BigDecimal(min.value()), min.inclusive());
        } else if (constraint instanceof DecimalMax max) {
            most(schema, new BigDecimal(max.value()), max.inclusive());
        } else if (constraint instanceof Positive || constraint instanceof PositiveOrZero) {
            least(schema, BigDecimal.ZERO, constraint instanceof PositiveOrZero);
        } else if (constraint instanceof Negative || constraint instanceof NegativeOrZero) {
            most(schema, BigDecimal.ZERO, constraint instanceof NegativeOrZero);
        }
    }

    private static void least(ObjectNode schema, BigDecimal bound, boolean inclusive) {
        var word = inclusive ? "minimum" : "exclusiveMinimum";
        var before = schema.path(word);
        if (!before.isNumber() || before.decimalValue().compareTo(bound) < 0) {
            schema.put(word, bound);
        }
    }

    private static void most(ObjectNode schema, BigDecimal bound, boolean inclusive) {
        var word = inclusive ? "maximum" : "exclusiveMaximum";
        var before = schema.path(word);
        if (!before.isNumber() || before.decimalValue().compareTo(bound) > 0) {
            schema.put(word, bound);
        }
    }

    private static void addSize(ObjectNode schema, Class<?> type, int min, int max) {
        var least = "minItems";
        var most = "maxItems";
        var smallest = min;
        if (CharSequence.class.isAssignableFrom(type)) {
            least = "minLength";
            most = "maxLength";
            smallest = (min + 1) / 2;
        } else if (Map.class.isAssignableFrom(type)) {
            least = "minProperties";
            most = "maxProperties";
        } else if (!type.isArray() && !Collection.class.isAssignableFrom(type)) {
            return;
        }
        if (smallest > 0) {
            schema.put(least, Math.max(smallest, schema.path(least).asInt(0)));
        }
        // equal elements are one in a set
        if (max < Integer.MAX_VALUE && !Set.class.isAssignableFrom(type)) {
            schema.put(most, Math.min(max, schema.path(most).asInt(Integer.MAX_VALUE)));
        }
    }

    private static void addPattern(ObjectNode schema, Class<?> type, Pattern pattern) {
        if (CharSequence.class.isAssignableFrom(type)
                && pattern.flags().length == 0
                && !schema.has("pattern")
                && COMMON.matcher(pattern.regexp()).matches()) {
            var text = pattern.regexp();
            var anchored = text.startsWith("^") && text.endsWith("$") && !text.contains("|") && !text.endsWith("\\$");
            schema.put("pattern", anchored ? text : "^(?:" + text + ")$");
        }
    }
}
