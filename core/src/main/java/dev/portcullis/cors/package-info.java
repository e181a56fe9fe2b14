/**
 * Cross-origin resource sharing, as the Fetch standard has browsers enforce it.
 *
 * <p>Start at {@link dev.portcullis.cors.Cors}: one policy gives two checks, one that adds the headers which let pages of an
 * allowed origin read the response, whatever the response is, and one that answers preflights. Nothing here protects a service
 * from requests; it only tells browsers which pages may read answers.
 */
@NullMarked
package dev.portcullis.cors;

import org.jspecify.annotations.NullMarked;
