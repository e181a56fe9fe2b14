package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets pages of other origins call, as the Fetch standard has it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Cors {

    /** The origins, such as {@code https://app.example.com}. */
    String[] origins();

    /** The methods that pages may use; those of the handler's mapping need to be listed. */
    String[] methods() default {"GET", "HEAD", "POST"};

    /** The request headers that pages may send. */
    String[] headers() default {};

    /** The response headers that pages may read. */
    String[] expose() default {};

    /** Whether pages may send cookies and other credentials. */
    boolean credentials() default false;

    /** How long a browser may remember the answer to a preflight, such as {@code 10m}. */
    String maxAge() default "";
}
