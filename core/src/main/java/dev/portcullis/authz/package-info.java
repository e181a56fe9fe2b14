/**
 * What a caller may do: by scopes, roles, kind and tenant, by conditions, and by decisions of the application's own.
 *
 * <p>Start at {@link dev.portcullis.authz.Authorization}, {@link dev.portcullis.authz.Condition} and {@link
 * dev.portcullis.authz.Authorizer}. Who calls has been said before, by {@code Request.principal()}; this package proves nobody's
 * identity.
 */
@NullMarked
package dev.portcullis.authz;

import org.jspecify.annotations.NullMarked;
