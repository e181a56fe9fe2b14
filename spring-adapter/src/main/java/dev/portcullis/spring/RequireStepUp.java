package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands that the caller has logged in well enough, and not too long ago, and with it a caller who proves who he is. Clients of
 * others are told what to ask the issuer for (RFC 9470).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequireStepUp {

    /** The contexts of which the claim {@code acr} must be one, the preferred first; any when empty. */
    String[] acr() default {};

    /** The methods of which one must be in the claim {@code amr}, such as {@code otp}; any when empty. */
    String[] amr() default {};

    /** How long ago the login may be, such as {@code 10m}; as long as the token lasts when empty. */
    String maxAge() default "";

    /** The sorts of callers of whom it is demanded: {@code user}, {@code service}, {@code client}; all when empty. */
    String[] kinds() default {};
}
