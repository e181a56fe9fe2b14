/**
 * The audit trail: one line of JSON for every exchange.
 *
 * <p>Start with {@link dev.portcullis.audit.JsonLog}. It says who asked for what and what became of it, and never repeats tokens,
 * credentials, header values, query values or bodies. It decides nothing; where lines go is up to whoever hands in the sink.
 */
@NullMarked
package dev.portcullis.audit;

import org.jspecify.annotations.NullMarked;
