package dev.portcullis.config;

import java.util.List;

/** A piece of a policy file, with the place where it is written. */
sealed interface Tree {

    /** The place, as {@code line:column}. */
    String place();

    /** A scalar; {@code plain} without quotes. */
    record Text(String value, boolean plain, String place) implements Tree {

        boolean isNothing() {
            return plain && (value.isEmpty() || value.equals("~") || value.equals("null"));
        }
    }

    /** A list. */
    record Items(List<Tree> items, String place) implements Tree {}

    /** Keys with their values, in order; the same key may stand here twice. */
    record Members(List<Member> members, String place) implements Tree {}

    /** One key with its value. */
    record Member(Text key, Tree value) {}
}
