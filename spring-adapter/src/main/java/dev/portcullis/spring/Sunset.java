package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says how long a handler will be there: its answers carry {@code Deprecation} and {@code Sunset}, and when its time is over they are
 * 410 {@code sunset}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Sunset {

    /** When it is over: a day such as {@code 2027-01-01}, or a time; nobody says when empty. */
    String value() default "";

    /** Since when, or from when on, nobody should use it; nobody says when empty. */
    String deprecated() default "";

    /** Where to read more; nowhere when empty. */
    String link() default "";
}
