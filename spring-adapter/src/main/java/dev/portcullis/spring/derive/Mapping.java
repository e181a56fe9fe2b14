package dev.portcullis.spring.derive;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the application's own mapper makes of JSON. Implementations are thread-safe. */
interface Mapping {

    /** What came of reading: whether it could be read, and as what. */
    record Tried(boolean read, @Nullable Object value) {

        static final Tried FAILED = new Tried(false, null);
    }

    /** Reads JSON as a type, as the application would. */
    Tried tried(Type type, String json);

    /** The JSON that the mapper writes for a value; null when it cannot. */
    @Nullable
    String written(Object value);

    /** The class of a type. */
    Class<?> raw(Type type);

    /** How the type is read. */
    Kind kind(Type type);

    /** How a type is read from JSON. */
    sealed interface Kind {

        /** A scalar of the platform's. */
        record Leaf(Class<?> type) implements Kind {}

        /**
         * Words of a list.
         *
         * @param listed whether it is certain that the constants are all there is
         */
        record Words(Class<?> type, boolean listed) implements Kind {}

        /** A list of elements. */
        record Many(Type element) implements Kind {}

        /** Members of any name. */
        record Named(Type value) implements Kind {}

        /** A value that may be absent. */
        record Held(Type content) implements Kind {}

        /**
         * Members of known names.
         *
         * @param unknown what becomes of others: {@code deny}, {@code ignore}, or empty when they are taken
         * @param ignored the names of which nothing is taken, and that are never denied
         * @param otherwise whether it may be read from what is no object
         */
        record Members(Class<?> type, List<Member> members, String unknown, List<String> ignored, boolean otherwise)
                implements Kind {}

        /**
         * One of several.
         *
         * @param telling how it is told which
         * @param member the member that tells, where one does
         * @param choices the types by what tells of them
         */
        record OneOf(Telling telling, String member, Map<String, Members> choices) implements Kind {}

        /** What nothing is known of. */
        record Open(String why) implements Kind {}
    }

    /**
     * A member of an object.
     *
     * @param name its name in JSON
     * @param aliases its other names in JSON
     * @param type its type
     * @param property its name in Java
     * @param required whether reading fails without it
     * @param reading how it is read
     */
    record Member(String name, List<String> aliases, Type type, String property, boolean required, Reading reading) {

        boolean open() {
            return reading == Reading.OPEN;
        }
    }

    /** How a member is read. */
    enum Reading {
        /** As its type is everywhere. */
        PLAIN,
        /** As its type is with a format of its own, so that trying tells what it may be. */
        FORMATTED,
        /** In a way of its own. */
        OPEN
    }
}
