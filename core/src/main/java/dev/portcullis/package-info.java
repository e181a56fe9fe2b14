/**
 * The vocabulary of the gate and its engine: what a request is, what a check answers, and what comes of it.
 *
 * <p>Start at {@link dev.portcullis.Check}, the one method that a check is, and {@link dev.portcullis.Engine}, which asks the
 * rules of a {@link dev.portcullis.PolicySet} in order. This package depends on nothing but the JDK. It holds no check, reads no
 * configuration and knows neither servlets nor Spring.
 */
@NullMarked
package dev.portcullis;

import org.jspecify.annotations.NullMarked;
