/**
 * What of a request goes along with the calls that the application makes because of it.
 *
 * <p>Start at {@link dev.portcullis.outbound.Outbound}: hosts that are named, and what they are sent. It makes no calls and decides about no
 * request; adapters put what it says into the application's own HTTP clients.
 */
@NullMarked
package dev.portcullis.outbound;

import org.jspecify.annotations.NullMarked;
