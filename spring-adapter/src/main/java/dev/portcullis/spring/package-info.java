/**
 * What controllers say about who may call them.
 *
 * <p>The annotations stand on controllers, on their methods, on the interfaces and super classes of either, and on annotations of
 * your own. Where several speak of one method, all are asked; none takes back what another demands. An annotation that cannot take
 * effect stops the start. Start at {@link dev.portcullis.spring.Guard}.
 */
@NullMarked
package dev.portcullis.spring;

import org.jspecify.annotations.NullMarked;
