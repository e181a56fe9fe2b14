package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Leaves a method alone for a while when it fails: by an exception that nothing handles, or an answer of 5xx.
 *
 * <p>On a type, each of its methods has a circuit of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CircuitBreaker {

    /** The share of requests that fail at which nobody is let through any more, such as {@code 50%}. */
    String failureRate() default "50%";

    /** How many requests there must be within the window. */
    int minRequests() default 10;

    /** The time of which requests are counted. */
    String window() default "10s";

    /** How long nobody is let through. */
    String openFor() default "10s";

    /** How many requests are then let through to try; all of them must succeed. */
    int probes() default 3;
}
