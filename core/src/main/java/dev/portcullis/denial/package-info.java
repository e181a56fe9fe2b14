/**
 * What operators take back or deny at once, while the gate runs: credentials, callers, addresses, tenants, routes, rules.
 *
 * <p>Start at {@link dev.portcullis.denial.DenyList}. Every denial has a reason, an author and an end, and is known to all nodes that
 * share a {@link dev.portcullis.store.Ledger}. Lasting lists of addresses are the business of policies.
 */
@NullMarked
package dev.portcullis.denial;

import org.jspecify.annotations.NullMarked;
