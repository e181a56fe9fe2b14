package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that people write prose, markup or code there, so that detectors of attacks must be nearly certain.
 *
 * <p>It stands on a parameter of a handler that takes a query or form parameter, a path variable, a header, a cookie or the body; or on a
 * field or a record component of a body's type, as deep as it may be. There a member of JSON has the field's name, or that of {@code
 * JsonProperty}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface FreeText {}
