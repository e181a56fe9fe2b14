package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Looks for attack patterns in what the request carries.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface InspectAttacks {

    /** How suspicious the detectors are: {@code low}, {@code balanced}, {@code strict}. */
    String level() default "balanced";

    /** Whether to {@code enforce} or to {@code observe}; the policy's mode unless told otherwise. */
    String mode() default "";
}
