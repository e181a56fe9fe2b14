package dev.portcullis.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a key of the configuration means.
 *
 * <p>The reference page, the JSON Schema of policy files and the completion in editors are made from these.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

    /** What a value is, once it is read. All values are written as text. */
    enum Type {
        /** Any text. */
        TEXT,
        /** A whole number. */
        COUNT,
        /** A number of bytes, such as {@code 64KB}. */
        SIZE,
        /** A span of time, such as {@code 30s}. */
        DURATION,
        /** {@code true} or {@code false}. */
        SWITCH,
        /** A text that only this application and somebody else may know. */
        SECRET,
        /** More keys. */
        PART
    }

    /** One sentence for the operator. */
    String description();

    /** What holds where the key is absent; empty when there is no default. */
    String defaultValue() default "";

    /** What a value is. */
    Type type() default Type.TEXT;

    /** All values there are; empty when there are too many to list. */
    String[] oneOf() default {};
}
