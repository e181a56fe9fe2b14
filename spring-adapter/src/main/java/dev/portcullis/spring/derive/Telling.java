package dev.portcullis.spring.derive;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** How JSON says which of several types an object is of. */
enum Telling {
    /** By the value of a member. */
    MEMBER,
    /** By the name of the only member, in which the object is. */
    WRAPPER,
    /** By the first of two elements, of which the object is the second. */
    PAIR,
    /** By which members it has. */
    SHAPE;

    /** How it is told; null when that is known to nobody beforehand. */
    static @Nullable Telling of(JsonTypeInfo.Value said) {
        var otherwise = said.getDefaultImpl();
        if (otherwise != null && otherwise != JsonTypeInfo.class) {
            return null;
        }
        if (said.getIdType() == JsonTypeInfo.Id.DEDUCTION) {
            return SHAPE;
        }
        return said.getIdType() == JsonTypeInfo.Id.NAME ? by(said.getInclusionType()) : null;
    }

    private static @Nullable Telling by(JsonTypeInfo.As inclusion) {
        return switch (inclusion) {
            case PROPERTY, EXISTING_PROPERTY -> MEMBER;
            case WRAPPER_OBJECT -> WRAPPER;
            case WRAPPER_ARRAY -> PAIR;
            default -> null;
        };
    }

    /** Why nothing is known of it, for operators. */
    static String why(JsonTypeInfo.Value said) {
        return switch (said.getIdType()) {
            case CLASS, MINIMAL_CLASS -> "whoever calls names the class (`" + said.getIdType() + "`)";
            case NAME, DEDUCTION -> "its subtypes are told apart in a way of their own, or there is one for all others";
            default -> "its subtypes are told apart in a way of their own";
        };
    }
}
