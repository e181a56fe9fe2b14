/**
 * What must not leave an application in the bodies of its responses: card numbers, keys, tokens, traces of its code.
 *
 * <p>Start at {@link dev.portcullis.respond.leak.Leaks}. Every pattern is a class, or a row of a table, with what it catches and what it
 * lets through. Text is read once, byte by byte, in any encoding that writes ASCII as ASCII.
 */
@NullMarked
package dev.portcullis.respond.leak;

import org.jspecify.annotations.NullMarked;
