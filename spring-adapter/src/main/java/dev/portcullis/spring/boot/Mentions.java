package dev.portcullis.spring.boot;

import dev.portcullis.spring.Guard;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.util.ReflectionUtils;

/**
 * Tells quickly of which types it is worth while to look for annotations of the gate: an application has a hundred beans and more, nearly
 * all of them of frameworks, and to search each of their methods costs more of a start than all else that the gate does then. Says of no
 * type that it has none while it has one. Lives for one start.
 */
final class Mentions {

    private final Map<Class<?>, Boolean> types = new HashMap<>();
    private final Map<Class<?>, Boolean> annotations = new HashMap<>();

    /** Tells whether an annotation of the gate may stand at the type, at a method or a parameter of it, or of what it extends or implements. */
    boolean in(Class<?> type) {
        var known = types.get(type);
        if (known == null) {
            known = look(type);
            types.put(type, known);
        }
        return known;
    }

    private boolean look(Class<?> type) {
        var above = type.getSuperclass();
        if (above != null && above != Object.class && in(above)) {
            return true;
        }
        for (var one : type.getInterfaces()) {
            if (in(one)) {
                return true;
            }
        }
        try {
            return at(type) || atMethods(type);
        } catch (RuntimeException | LinkageError e) {
            return true; // what cannot be read in a hurry is looked at as annotations are elsewhere
        }
    }

    private boolean atMethods(Class<?> type) {
        var found = new boolean[1];
        // Spring keeps the methods that it has read
        ReflectionUtils.doWithLocalMethods(type, method -> found[0] |= at(method) || atParameters(method));
        return found[0];
    }

    private boolean atParameters(Method method) {
        for (var parameter : method.getParameters()) {
            if (at(parameter)) {
                return true;
            }
        }
        return false;
    }

    private boolean at(AnnotatedElement element) {
        for (var one : element.getDeclaredAnnotations()) {
            if (leads(one.annotationType())) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether an annotation is one of the gate's, or carries one. */
    private boolean leads(Class<? extends Annotation> type) {
        var known = annotations.get(type);
        if (known == null) {
            known = leads(type, new HashSet<>());
            annotations.put(type, known);
        }
        return known;
    }

    private static boolean leads(Class<? extends Annotation> type, Set<Class<?>> seen) {
        if (type.getPackageName().equals(Guard.class.getPackageName())) {
            return true;
        }
        for (var one : type.getDeclaredAnnotations()) {
            if (seen.add(one.annotationType())
                    && leads(one.annotationType(), seen)) { // annotations may stand at each other
                return true;
            }
        }
        return false;
    }
}
