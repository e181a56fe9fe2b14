/**
 * What goes out: the header fields that tell browsers how to treat a response, and what a response must not give away.
 *
 * <p>Start at {@link dev.portcullis.respond.ResponseHeaders}, which sees every head before it is sent, and at {@link
 * dev.portcullis.respond.Sunset}, which says how long something will be there. Bodies are searched for leaks and masked in
 * rooms of their own below.
 */
@NullMarked
package dev.portcullis.respond;

import org.jspecify.annotations.NullMarked;
