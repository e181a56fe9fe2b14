/**
 * State that several nodes share: what is entered once, until it expires.
 *
 * <p>Start at {@link dev.portcullis.store.Ledger}. It holds nonces, revocations and the like; counters of rate limits are not its
 * business. What a ledger cannot tell it says by an exception, and never by a guess.
 */
@NullMarked
package dev.portcullis.store;

import org.jspecify.annotations.NullMarked;
