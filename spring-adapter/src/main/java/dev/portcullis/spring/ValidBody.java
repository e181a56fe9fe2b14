package dev.portcullis.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Demands a JSON body that obeys a JSON Schema.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface ValidBody {

    /**
     * Where the schema is, such as {@code classpath:schemas/order.json}. Unless told otherwise it is in {@code
     * classpath:schemas/}, by the name of the body's type: {@code new-order.json} for {@code NewOrder}.
     */
    String schema() default "";

    /** How long the body may be, such as {@code 64KB}; 1 MiB unless told otherwise. */
    String maxSize() default "";
}
