package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how often the same caller may call.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(RateLimits.class)
public @interface RateLimit {

    /** How many requests. */
    long permits();

    /** In which period, such as {@code 1m}. */
    String per();

    /**
     * What is counted separately: {@code client}, {@code address}, {@code route}, {@code tenant}, {@code header:NAME}, {@code
     * global}, or several joined by {@code +}.
     */
    String by() default "client";

    /** When permits come back: at the end of the {@code period}, or {@code smooth}ly. */
    String refill() default "period";

    /** The limit's name in headers, logs and metrics; made of permits and period unless told otherwise. */
    String name() default "";
}
