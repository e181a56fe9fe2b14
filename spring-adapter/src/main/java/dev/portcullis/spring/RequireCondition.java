package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands that a condition holds, such as {@code path.userId == principal.id || hasRole('support')}, and with it a caller who proves
 * who he is.
 *
 * <p>It is written as {@code authorize.when} of a policy is. What it speaks of is checked when the application starts.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequireCondition {

    /** The condition. */
    String value();
}
