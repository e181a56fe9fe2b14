/**
 * Who calls: bearer tokens (JWT, RFC 7519) and API keys.
 *
 * <p>Start at {@link dev.portcullis.auth.Authentication}, the check, and at its ways to prove a caller:
 * {@link dev.portcullis.auth.Jwt}, which trusts {@link dev.portcullis.auth.Issuer}s, and {@link dev.portcullis.auth.ApiKeys}.
 * {@link dev.portcullis.auth.KeyRings} fetches and keeps the issuers' keys, and outlives the policies. This package says who
 * calls, and never what a caller may do.
 */
@NullMarked
package dev.portcullis.auth;

import org.jspecify.annotations.NullMarked;
