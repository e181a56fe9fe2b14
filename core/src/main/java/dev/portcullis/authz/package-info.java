/**
 * What a caller may do: scopes and roles.
 *
 * <p>Start at {@link dev.portcullis.authz.Authorization}. Who calls has been said before, by {@code Request.principal()}; this
 * package proves nobody's identity.
 */
@NullMarked
package dev.portcullis.authz;

import org.jspecify.annotations.NullMarked;
