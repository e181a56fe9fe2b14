/**
 * Reads out of an application what its handlers take: of Spring how parameters are converted, of its own mapper how JSON is read, of its
 * own validator what must hold.
 *
 * <p>Start at {@link dev.portcullis.spring.derive.Signatures}. Nothing is guessed: what cannot be told is left open, and said.
 */
@NullMarked
package dev.portcullis.spring.derive;

import org.jspecify.annotations.NullMarked;
