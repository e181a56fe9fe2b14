package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands that a bean of the application permits it, and with it a caller who proves who he is.
 *
 * <p>The bean is a {@link dev.portcullis.authz.Authorizer}; a name that no such bean has stops the start.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AuthorizedBy {

    /** The bean's name. */
    String value();
}
