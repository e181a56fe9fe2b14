package dev.portcullis.config;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration in which nothing denies because of what came before: limits, penalties and the like are observed. All else is as written.
 *
 * <p>So it can be asked what traffic uses of limits that it would exceed.
 */
public final class Uncounted {

    private static final String OBSERVE = "observe";
    private static final Set<Class<?>> COUNTING = Set.of(
            Rate.class,
            Allowance.class,
            ConcurrencyLimit.class,
            CircuitBreaker.class,
            PenaltyBox.class,
            BruteForceSettings.class);

    private Uncounted() {}

    /** The same file, in which nothing counts against anybody. */
    public static PolicyFile of(PolicyFile file) {
        var written = file.configuration();
        return new PolicyFile((Configuration) copy(written), file.places(), file.problems());
    }

    private static Object copy(Object part) {
        if (part instanceof Map<?, ?> parts) {
            var copies = new LinkedHashMap<Object, Object>();
            parts.forEach((name, one) -> copies.put(name, copy(one)));
            return copies;
        }
        var type = part.getClass();
        return holdsCounting(type) ? copyOf(part) : part;
    }

    private static boolean holdsCounting(Class<?> type) {
        return type == Configuration.class || type == Policy.class || COUNTING.contains(type);
    }

    private static Object copyOf(Object part) {
        var type = part.getClass();
        var components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        var values = new Object[components.length];
        for (var i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(part, components[i]);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record that cannot be copied: " + type, e);
        }
    }

    private static @Nullable Object value(Object part, RecordComponent component) {
        if (COUNTING.contains(part.getClass()) && component.getName().equals("mode")) {
            return OBSERVE;
        }
        try {
            var value = component.getAccessor().invoke(part);
            return value == null ? null : copy(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record that cannot be read: " + part.getClass(), e);
        }
    }
}
