package dev.portcullis.servlet;

import org.jspecify.annotations.Nullable;

/** Looks into objects of containers by the names of their methods and fields, since the gate needs no container to be compiled. */
final class Inside {

    private Inside() {}

    /** What the method without arguments returns; null when there is none. */
    static @Nullable Object call(@Nullable Object target, String method) {
        if (target == null) {
            return null;
        }
        try {
            var found = target.getClass().getMethod(method);
            found.setAccessible(true);
            return found.invoke(target);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /** Tells whether there is a method without arguments of this name. */
    static boolean has(Object target, String method) {
        try {
            return target.getClass().getMethod(method).getParameterCount() == 0;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** What the field holds; null when there is none. */
    static @Nullable Object field(@Nullable Object target, String name) {
        if (target == null) {
            return null;
        }
        try {
            var found = target.getClass().getDeclaredField(name);
            found.setAccessible(true);
            return found.get(target);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
