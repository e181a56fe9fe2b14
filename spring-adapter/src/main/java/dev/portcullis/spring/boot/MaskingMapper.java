package dev.portcullis.spring.boot;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One generation of Jackson, taught to mask. */
interface MaskingMapper {

    /**
     * A mapper that writes as this one does, and masks.
     *
     * @throws RuntimeException when there can be none
     */
    Object masking(Object mapper);

    /** Lets a mapper that masks find out how it would write values of the type. */
    Noted probe(Object mapper, Class<?> type);

    /** The properties of types that masks were put before. Thread-safe. */
    final class Noted {

        private final Set<String> members = ConcurrentHashMap.newKeySet();

        void add(Class<?> type, String member) {
            members.add(type.getName() + "#" + property(member));
        }

        boolean has(Class<?> type, String member) {
            return members.contains(type.getName() + "#" + property(member));
        }

        /** The property behind a field, an accessor or a component. */
        private static String property(String member) {
            for (var prefix : new String[] {"get", "set", "is"}) {
                var length = prefix.length();
                if (member.startsWith(prefix)
                        && member.length() > length
                        && Character.isUpperCase(member.charAt(length))) {
                    return Character.toLowerCase(member.charAt(length)) + member.substring(length + 1);
                }
            }
            return member;
        }
    }
}
