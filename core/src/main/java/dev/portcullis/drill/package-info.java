/**
 * Attack simulations against a running application of one's own, to see in a build that none gets through.
 *
 * <p>Start with {@link dev.portcullis.drill.Drill}. An {@link dev.portcullis.drill.Aim} is where attacks go, {@link dev.portcullis.drill.Tricks} are
 * the attacks of one class, and a {@link dev.portcullis.drill.Proof} says what an answer proves. Requests are written as bytes, because no client of
 * the JDK sends what attackers send. Nothing here judges requests, and nothing in a service needs it.
 */
@NullMarked
package dev.portcullis.drill;

import org.jspecify.annotations.NullMarked;
