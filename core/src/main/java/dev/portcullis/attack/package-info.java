/**
 * Attack patterns: what a value would have to look like to do harm in an interpreter that the application feeds it to.
 *
 * <p>Start at {@link dev.portcullis.attack.Attacks}, the one check of this package. Each kind of attack is found by one detector in
 * one file, whose comment says what it looks for and what it lets through. Detectors read what a careless application would make of
 * a value, in linear time and without a regular expression. This package repairs nothing: a request passes as it is or is denied.
 * It knows no single application's exploits and does not replace bound parameters, output encoding or validation against a schema.
 */
@NullMarked
package dev.portcullis.attack;

import org.jspecify.annotations.NullMarked;
