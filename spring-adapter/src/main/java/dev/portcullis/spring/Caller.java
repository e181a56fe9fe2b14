package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The caller, as an argument of a handler, however he was proven.
 *
 * <p>The parameter is a {@link dev.portcullis.Principal}, a {@link java.security.Principal}, or an {@link java.util.Optional} of one of
 * them. Where nobody need say who calls it is an {@code Optional}, or carries an annotation named {@code Nullable}; any other parameter
 * demands a caller: a request without one is denied with 401 {@code authentication-required}, and the application does not start when
 * nothing in front of the handler ever asks who calls.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Caller {}
