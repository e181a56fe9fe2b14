/**
 * Callers who misbehave: failed authentications that lock out, and what they tell of.
 *
 * <p>Start at {@link dev.portcullis.abuse.Failures}, which counts failed authentications by address, by account, by both and over all,
 * and at {@link dev.portcullis.abuse.Logins}, by which an application reports its own. Counts live outside of policy sets, in tables of
 * bounded size in which nobody gets a fresh count by crowding others out. This package judges behaviour, and never what a request holds.
 */
@NullMarked
package dev.portcullis.abuse;

import org.jspecify.annotations.NullMarked;
