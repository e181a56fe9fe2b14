package org.springframework.stereotype;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for anything of Spring in a planted violation. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Planted {}
