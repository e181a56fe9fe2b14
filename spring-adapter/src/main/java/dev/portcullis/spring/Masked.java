package dev.portcullis.spring;

import dev.portcullis.respond.mask.Show;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Masks a property of what handlers return, for all callers but those who may see it: before Jackson writes it, whatever it is part of.
 *
 * <p>A caller of whom nothing is known sees the mask. So does everybody where a response is written on a thread that does not answer the
 * request, such as that of an emitter. What the application itself writes by its own {@code ObjectMapper} is not masked.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.RECORD_COMPONENT})
public @interface Masked {

    /** The roles that see the value, of which one suffices. */
    String[] plainForRoles() default {};

    /** The scopes that see the value, of which one suffices. */
    String[] plainForScopes() default {};

    /** What others see of a text; anything else is null. */
    Show show() default Show.NOTHING;
}
