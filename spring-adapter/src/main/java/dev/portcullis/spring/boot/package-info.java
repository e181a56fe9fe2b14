/**
 * The gate in a Spring Boot application: configuration from its properties, policies from its controllers.
 *
 * <p>{@link dev.portcullis.spring.boot.PortcullisAutoConfiguration} puts the filter in front of everything and an interceptor in
 * front of every handler. The filter judges the handler method that Spring will choose; the interceptor holds the method that does
 * run against it. Nothing here decides about a request.
 */
@NullMarked
package dev.portcullis.spring.boot;

import org.jspecify.annotations.NullMarked;
