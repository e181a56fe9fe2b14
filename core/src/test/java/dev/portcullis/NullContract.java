package dev.portcullis;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hands null to a public constructor or method where none may stand, with samples in all other places, and tells who took it.
 *
 * <p>Who objects to a sample before it sees the null is not judged.
 */
final class NullContract {

    private final Map<Class<?>, Object> samples = new HashMap<>(Map.ofEntries(
            Map.entry(String.class, "a"),
            Map.entry(CharSequence.class, "a"),
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(double.class, 1.0),
            Map.entry(boolean.class, true),
            Map.entry(char.class, 'a'),
            Map.entry(byte[].class, new byte[1]),
            Map.entry(List.class, List.of()),
            Map.entry(Collection.class, List.of()),
            Map.entry(Set.class, Set.of()),
            Map.entry(Map.class, Map.of()),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(ZoneId.class, ZoneOffset.UTC),
            Map.entry(URI.class, URI.create("https://example.com")),
            Map.entry(Path.class, Path.of("a")),
            Map.entry(Clock.class, Clock.systemUTC()),
            Map.entry(InputStream.class, new ByteArrayInputStream(new byte[0])),
            Map.entry(Executor.class, (Executor) Runnable::run)));

    private final List<String> taken = new ArrayList<>();
    private int judged;

    /** How often somebody objected to null as is right. */
    int judged() {
        return judged;
    }

    /** Who took null, as {@code Type.member(place)}. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    /** Tries all that is public of a type. */
    void hold(Class<?> type) {
        for (var maker : type.getDeclaredConstructors()) {
            if (Modifier.isPublic(maker.getModifiers()) && !Modifier.isAbstract(type.getModifiers())) {
                hold(type, maker, null);
            }
        }
        var self = sample(type, 3);
        for (var method : type.getDeclaredMethods()) {
            var isStatic = Modifier.isStatic(method.getModifiers());
            if (Modifier.isPublic(method.getModifiers())
                    && !method.isBridge()
                    && !method.isSynthetic()
                    && !method.getName().equals("equals")
                    && !Modifier.isAbstract(method.getModifiers())
                    && (isStatic || self != null && !Proxy.isProxyClass(self.getClass()))) {
                hold(type, method, isStatic ? null : self);
            }
        }
    }

    private void hold(Class<?> type, Executable member, @Nullable Object self) {
        var parameters = member.getParameters();
        for (var place = 0; place < parameters.length; place++) {
            if (mayBeNull(parameters[place])) {
                continue;
            }
            var arguments = arguments(parameters, place);
            if (arguments == null) {
                continue;
            }
            switch (outcome(member, self, arguments)) {
                case OBJECTED -> judged++;
                case TOOK ->
                    taken.add(type.getName().substring("dev.portcullis.".length()) + "."
                            + (member instanceof Constructor<?> ? "new" : member.getName()) + "(" + place + ")");
                case OTHER -> {}
            }
        }
    }

    private enum Outcome {
        OBJECTED,
        TOOK,
        OTHER
    }

    private static Outcome outcome(Executable member, @Nullable Object self, Object[] arguments) {
        try {
            call(member, self, arguments);
            return Outcome.TOOK;
        } catch (InvocationTargetException e) {
            return e.getCause() instanceof NullPointerException ? Outcome.OBJECTED : Outcome.OTHER;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Outcome.OTHER;
        }
    }

    private static @Nullable Object call(Executable member, @Nullable Object self, Object[] arguments)
            throws ReflectiveOperationException {
        member.setAccessible(true);
        return member instanceof Constructor<?> maker
                ? maker.newInstance(arguments)
                : ((Method) member).invoke(self, arguments);
    }

    private static boolean mayBeNull(Parameter parameter) {
        AnnotatedType type = parameter.getAnnotatedType();
        return parameter.getType().isPrimitive()
                || parameter.getType().isArray()
                || parameter.isVarArgs()
                || type.isAnnotationPresent(Nullable.class)
                || Stream.of(parameter.getAnnotations()).anyMatch(one -> one instanceof Nullable);
    }

    private Object @Nullable [] arguments(Parameter[] parameters, int without) {
        var arguments = new Object[parameters.length];
        for (var i = 0; i < parameters.length; i++) {
            if (i == without) {
                continue;
            }
            arguments[i] = sample(parameters[i].getType(), 3);
            if (arguments[i] == null && !mayBeNull(parameters[i])) {
                return null;
            }
        }
        return arguments;
    }

    /** Something of the type; null when nobody knows how to make one. */
    private @Nullable Object sample(Class<?> type, int depth) {
        var known = samples.get(type);
        if (known != null || depth == 0) {
            return known;
        }
        var made = made(type, depth);
        if (made != null) {
            samples.put(type, made);
        }
        return made;
    }

    private @Nullable Object made(Class<?> type, int depth) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isInterface() && !type.isSealed()) {
            return Proxy.newProxyInstance(
                    NullContract.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
        }
        return Stream.concat(
                        Stream.of(type.getDeclaredMethods())
                                .filter(method -> Modifier.isStatic(method.getModifiers())
                                        && type.isAssignableFrom(method.getReturnType())),
                        Stream.of(type.getDeclaredConstructors()))
                .filter(maker -> Modifier.isPublic(maker.getModifiers()))
                .map(maker -> made(maker, depth))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Object made(Executable maker, int depth) {
        var parameters = maker.getParameters();
        var arguments = new Object[parameters.length];
        for (var i = 0; i < parameters.length; i++) {
            arguments[i] = sample(parameters[i].getType(), depth - 1);
            if (arguments[i] == null && !mayBeNull(parameters[i])) {
                return null;
            }
        }
        try {
            return call(maker, null, arguments);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
