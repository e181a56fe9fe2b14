package dev.portcullis.spring.derive;

import dev.portcullis.Request.Proven.Where;
import dev.portcullis.schema.Signature;
import dev.portcullis.schema.Signature.Parameter;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.Property;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ClassUtils;
import org.springframework.util.NumberUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.BindParam;

/**
 * An object that Spring makes of parameters of the query or a form: its properties, and those of objects in it. Not thread-safe.
 *
 * <p>What is demanded of a property counts only where the object keeps what was bound to it, which is found out by binding. Whether a
 * property may be absent is left to Spring: other parameters, the path and defaults have a say.
 */
final class FormObject {

    private static final int MAX_DEPTH = 4;
    private static final int MAX_PARAMETERS = 1_000;
    private static final String TEXT = "  aB  ";

    private final Binding binding;
    private final Demands demands;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<String> open = new LinkedHashSet<>();
    private boolean complete = true;

    /** An object that is bound, and whether what is in it is validated. */
    private record Place(
            Class<?> type, @Nullable BeanWrapper bound, String prefix, BodySchemas.Asked asked, int depth) {}

    FormObject(Binding binding, Demands demands) {
        this.binding = binding;
        this.demands = binding.isValidatedOtherwise() ? Demands.NONE : demands;
    }

    /** The parameters, as far as they are known. */
    List<Parameter> parameters() {
        return parameters;
    }

    /** The same parameters, whatever their values are. */
    List<Parameter> named() {
        return parameters.stream()
                .map(own -> new Parameter(own.place(), own.name(), false, CookieText.ANY))
                .toList();
    }

    /** What could not be told, as phrases. */
    Set<String> open() {
        return open;
    }

    /** Tells whether there are no others. */
    boolean isComplete() {
        return complete;
    }

    /** Reads the properties of a type; false when it is not known how it is made. */
    boolean read(Class<?> type, BodySchemas.Asked asked) {
        var members = members(type);
        if (members == null) {
            return false;
        }
        read(members, new Place(type, type.isRecord() ? null : bound(type), "", asked, 0));
        return true;
    }

    private static @Nullable BeanWrapper bound(Class<?> type) {
        try {
            var bound = new BeanWrapperImpl(BeanUtils.instantiateClass(type));
            bound.setAutoGrowNestedPaths(true);
            return bound;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private void read(Map<String, Optional<TypeDescriptor>> members, Place place) {
        members.forEach((name, own) -> {
            var descriptor = own.orElse(null);
            if (descriptor == null || parameters.size() >= MAX_PARAMETERS) {
                complete = false;
                return;
            }
            property(place, name, descriptor);
        });
    }

    private void property(Place place, String name, TypeDescriptor descriptor) {
        var path = place.prefix + name;
        var known =
                binding.takes(path) ? binding.of(descriptor, demand(place, name, descriptor), path) : CookieText.ANY;
        add(path, known == null ? CookieText.ANY : known);
        var holds = holdsElements(descriptor);
        if (holds) {
            elements(path, descriptor, 0);
        }
        if (known == null && !holds) {
            var before = parameters.size();
            within(place, name, descriptor.getType());
            if (parameters.size() == before) {
                open.add("`" + path + "`: how " + descriptor.getType().getName()
                        + " is read depends on more than its text");
                complete = false;
            }
        }
    }

    /** A parameter, with those by which forms say that it was there and left empty. */
    private void add(String path, Signature.Type type) {
        parameters.add(new Parameter(Where.QUERY, path, false, type));
        parameters.add(new Parameter(Where.QUERY, "_" + path, false, CookieText.ANY));
        parameters.add(new Parameter(Where.QUERY, "!" + path, false, CookieText.ANY));
    }

    /** Tells whether elements of it have names of their own, with an index or a key in brackets. */
    private static boolean holdsElements(TypeDescriptor descriptor) {
        return descriptor.isCollection() || descriptor.isArray() || descriptor.isMap();
    }

    /** Elements of a list or a map, each under an index or a key, and properties of elements that are beans. */
    private void elements(String path, TypeDescriptor holder, int depth) {
        var element = holder.isMap() ? holder.getMapValueTypeDescriptor() : holder.getElementTypeDescriptor();
        var each = path + Signature.INDEX;
        if (element == null || depth >= MAX_DEPTH || parameters.size() >= MAX_PARAMETERS) {
            complete = false;
            return;
        }
        var known = binding.takes(each) ? binding.of(element, Demand.NONE, each) : CookieText.ANY;
        add(each, known == null ? CookieText.ANY : known);
        if (!holder.isMap()) {
            parameters.add(new Parameter(Where.QUERY, path + "[]", false, CookieText.ANY));
        }
        if (holdsElements(element)) {
            elements(each, element, depth + 1);
        } else if (known == null) {
            ofBean(path, element.getType(), depth);
        }
    }

    private void ofBean(String path, Class<?> type, int depth) {
        var members = type.isRecord() || type.getName().startsWith("java.") ? null : members(type);
        if (members == null) {
            complete = false;
            open.add("elements of `" + path + "`");
            return;
        }
        members.forEach((name, own) -> ofElement(path + Signature.INDEX + "." + name, own.orElse(null), depth));
    }

    /** A property of an element; what is in one that is a bean is left to Spring. */
    private void ofElement(String path, @Nullable TypeDescriptor descriptor, int depth) {
        if (descriptor == null) {
            complete = false;
            return;
        }
        var known = binding.takes(path) ? binding.of(descriptor, Demand.NONE, path) : CookieText.ANY;
        add(path, known == null ? CookieText.ANY : known);
        if (holdsElements(descriptor)) {
            elements(path, descriptor, depth + 1);
        } else if (known == null) {
            complete = false;
            open.add("what is in `" + path + "`");
        }
    }

    /** What is in an object that Spring makes when something is bound to it. */
    private void within(Place place, String name, Class<?> type) {
        var members = type.getName().startsWith("java.") || type.isRecord() || place.depth == MAX_DEPTH
                ? null
                : members(type);
        if (members == null || place.bound == null || !isMade(place, name, type)) {
            return;
        }
        var validated = place.asked.validated()
                && demands.of(place.type, name, place.asked.groups()).cascades();
        read(
                members,
                new Place(
                        type,
                        place.bound,
                        place.prefix + name + ".",
                        new BodySchemas.Asked(validated, place.asked.groups()),
                        place.depth + 1));
    }

    /** Tells whether what is there, once something is bound to it, is of no other class than the property says. */
    private static boolean isMade(Place place, String name, Class<?> type) {
        var path = place.prefix + name;
        try {
            if (place.bound == null) {
                return false;
            }
            if (place.bound.getPropertyValue(path) == null) {
                place.bound.setPropertyValue(path, BeanUtils.instantiateClass(type));
            }
            var made = place.bound.getPropertyValue(path);
            return made != null && made.getClass() == type;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Demand demand(Place place, String name, TypeDescriptor descriptor) {
        if (!place.asked.validated()) {
            return Demand.NONE;
        }
        var demand = demands.of(place.type, name, place.asked.groups());
        return demand == Demand.NONE || isKept(place, name, descriptor) ? demand : Demand.NONE;
    }

    private static boolean isKept(Place place, String name, TypeDescriptor descriptor) {
        var type = descriptor.getObjectType();
        if (type == String.class) {
            return TEXT.equals(kept(place, name, TEXT));
        }
        return Number.class.isAssignableFrom(type)
                && isNumber(kept(place, name, "7"), 7)
                && isNumber(kept(place, name, "-3"), -3);
    }

    private static boolean isNumber(@Nullable Object kept, int number) {
        return kept instanceof Number own && own.doubleValue() == number;
    }

    /** What is in the field once the text was bound; null when the accessor says something else. */
    private static @Nullable Object kept(Place place, String name, String text) {
        try {
            var object = place.bound == null ? made(place.type, name, text) : set(place, place.bound, name, text);
            var field = ReflectionUtils.findField(place.type, name);
            var accessor = place.type.isRecord() ? place.type.getMethod(name) : null;
            if (field == null || object == null || !place.type.isInstance(object)) {
                return null;
            }
            field.setAccessible(true);
            var kept = ReflectionUtils.getField(field, object);
            var told =
                    accessor != null ? accessor(accessor, object) : new BeanWrapperImpl(object).getPropertyValue(name);
            return kept != null && kept.equals(told) ? kept : null;
        } catch (RuntimeException | ReflectiveOperationException e) {
            return null;
        }
    }

    private static @Nullable Object accessor(Method accessor, Object object) {
        accessor.setAccessible(true);
        return ReflectionUtils.invokeMethod(accessor, object);
    }

    private static @Nullable Object set(Place place, BeanWrapper bound, String name, String text) {
        bound.setPropertyValue(place.prefix + name, text);
        return place.prefix.isEmpty()
                ? bound.getWrappedInstance()
                : bound.getPropertyValue(place.prefix.substring(0, place.prefix.length() - 1));
    }

    /** A record with nothing in it but this. */
    private static Object made(Class<?> type, String name, String text) {
        var components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        var arguments = new Object[components.length];
        for (var i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            var own = components[i].getName().equals(name);
            arguments[i] = own || types[i].isPrimitive() ? converted(own ? text : "", types[i]) : null;
        }
        try {
            return BeanUtils.instantiateClass(type.getDeclaredConstructor(types), arguments);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record has a constructor of its components", e);
        }
    }

    private static Object converted(String text, Class<?> type) {
        var own = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (own == Boolean.class) {
            return false;
        }
        if (own == Character.class) {
            return 'a';
        }
        return own == String.class
                ? text
                : NumberUtils.parseNumber(text.isEmpty() ? "0" : text, own.asSubclass(Number.class));
    }

    private static @Nullable Map<String, Optional<TypeDescriptor>> components(Class<?> type) {
        var members = new LinkedHashMap<String, Optional<TypeDescriptor>>();
        for (var component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(BindParam.class)) {
                return null;
            }
            var own = new TypeDescriptor(
                    ResolvableType.forType(component.getGenericType()), null, component.getAnnotations());
            members.put(component.getName(), Optional.of(own));
        }
        return members;
    }

    /** The properties; nothing is known of what can only be read, in which something may be bound still. Null when it is made otherwise. */
    private static @Nullable Map<String, Optional<TypeDescriptor>> members(Class<?> type) {
        if (type.isRecord()) {
            return components(type);
        }
        var members = new LinkedHashMap<String, Optional<TypeDescriptor>>();
        var constructors = type.getConstructors().length > 0 ? type.getConstructors() : type.getDeclaredConstructors();
        if (type.isInterface() || constructors.length != 1 || constructors[0].getParameterCount() > 0) {
            return null;
        }
        for (var property : BeanUtils.getPropertyDescriptors(type)) {
            var setter = property.getWriteMethod();
            if (!property.getName().equals("class")) {
                members.put(
                        property.getName(),
                        setter == null
                                ? Optional.empty()
                                : Optional.of(new TypeDescriptor(
                                        new Property(type, property.getReadMethod(), setter, property.getName()))));
            }
        }
        return members;
    }
}
