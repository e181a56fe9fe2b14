package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how many requests may be in flight at a time: of the method, or of all methods of the type together.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(ConcurrencyLimits.class)
public @interface ConcurrencyLimit {

    /** How many requests. */
    int permits();

    /**
     * What is counted separately: {@code global}, {@code route}, {@code client}, {@code tenant}, {@code address}, {@code
     * header:NAME}, or several joined by {@code +}.
     */
    String by() default "global";

    /** Among whom the permits are shared fairly: {@code tenant}, {@code client} or {@code address}; nobody unless told otherwise. */
    String shareBy() default "";

    /** The limit's name in logs and metrics; made of permits and key unless told otherwise. */
    String name() default "";
}
