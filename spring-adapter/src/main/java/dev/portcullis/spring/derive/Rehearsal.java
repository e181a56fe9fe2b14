package dev.portcullis.spring.derive;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.portcullis.spring.derive.Mapping.Kind;
import dev.portcullis.spring.derive.Mapping.Member;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds out by trying what the application's own mapper and validator make of an object: constructors and setters may put something else
 * in place of what was sent, which no annotation tells.
 */
final class Rehearsal {

    private static final String TEXT = "  aB  ";

    private final Mapping mapping;
    private final Demands demands;

    Rehearsal(Mapping mapping, Demands demands) {
        this.mapping = mapping;
        this.demands = demands;
    }

    /** What is demanded of the member; nothing when the object does not keep what was sent. */
    Demand demand(Kind.Members kind, Member member, List<Class<?>> groups) {
        var demand = demands.of(kind.type(), member.property(), groups);
        return demand == Demand.NONE || isKept(kind, member) ? demand : Demand.NONE;
    }

    /** Tells whether an object without the member, or with null in its place, is found wanting. */
    boolean demanded(Kind.Members kind, Member member, List<Class<?>> groups, boolean sent) {
        if (member.property().isEmpty() || demands.of(kind.type(), member.property(), groups) == Demand.NONE) {
            return false;
        }
        var json = least(kind, member);
        if (sent) {
            json.putNull(member.name());
        }
        var tried = mapping.tried(kind.type(), json.toString());
        try {
            return tried.value() != null && demands.objects(tried.value(), member.property(), groups);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** A mapping that reads the member, whatever type it is asked for, as it stands in its object. */
    Mapping alone(Kind.Members kind, Member member) {
        return new Alone(mapping, kind.type(), json -> {
            var object = least(kind, member).putRawValue(member.name(), new RawValue(json));
            return object.toString();
        });
    }

    /** One member of an object, by itself. */
    private record Alone(Mapping mapping, Class<?> object, UnaryOperator<String> around) implements Mapping {

        @Override
        public Tried tried(Type type, String json) {
            return mapping.tried(object, around.apply(json));
        }

        @Override
        public @Nullable String written(Object value) {
            return mapping.written(value);
        }

        @Override
        public Class<?> raw(Type type) {
            return mapping.raw(type);
        }

        @Override
        public Kind kind(Type type) {
            return mapping.kind(type);
        }
    }

    private boolean isKept(Kind.Members kind, Member member) {
        var type = ClassUtils.resolvePrimitiveIfNecessary(mapping.raw(member.type()));
        if (type == String.class) {
            var json = least(kind, member).put(member.name(), TEXT);
            return TEXT.equals(kept(kind, member, json));
        }
        if (Number.class.isAssignableFrom(type)) {
            return isNumberKept(kind, member, 7) && isNumberKept(kind, member, -3);
        }
        return true;
    }

    private boolean isNumberKept(Kind.Members kind, Member member, int number) {
        var json = least(kind, member).put(member.name(), number);
        return kept(kind, member, json) instanceof Number own && own.doubleValue() == number;
    }

    private @Nullable Object kept(Kind.Members kind, Member member, ObjectNode json) {
        var value = mapping.tried(kind.type(), json.toString()).value();
        var field = value == null ? null : ReflectionUtils.findField(value.getClass(), member.property());
        try {
            if (value == null || field == null) {
                return null;
            }
            field.setAccessible(true);
            var kept = ReflectionUtils.getField(field, value);
            return isTold(value, member.property(), kept) ? kept : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Tells whether the accessor, if there is one, says what is in the field: what it says may be asked for too. */
    private static boolean isTold(Object value, String property, @Nullable Object kept) {
        var described = BeanUtils.getPropertyDescriptor(value.getClass(), property);
        var getter = described == null ? null : described.getReadMethod();
        if (getter == null && value.getClass().isRecord()) {
            getter = ReflectionUtils.findMethod(value.getClass(), property);
        }
        if (getter == null) {
            return true;
        }
        getter.setAccessible(true);
        return Objects.equals(kept, ReflectionUtils.invokeMethod(getter, value));
    }

    /** The least JSON that is read as the object, but for one member: scalars that cannot be absent. */
    private ObjectNode least(Kind.Members kind, Member but) {
        var json = JsonNodeFactory.instance.objectNode();
        for (var member : kind.members()) {
            var type = mapping.raw(member.type());
            if (member.name().equals(but.name()) || !type.isPrimitive() && !member.required()) {
                continue;
            }
            if (type == boolean.class || type == Boolean.class) {
                json.put(member.name(), false);
            } else if (type == String.class || type == char.class) {
                json.put(member.name(), "a");
            } else {
                json.put(member.name(), 0);
            }
        }
        return json;
    }
}
