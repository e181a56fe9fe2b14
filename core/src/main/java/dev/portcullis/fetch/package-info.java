/**
 * Getting what stands elsewhere, in the background: documents of other servers, and files that this service keeps for itself.
 *
 * <p>Start at {@link dev.portcullis.fetch.Answers}, {@link dev.portcullis.fetch.BoundedClient} and {@link dev.portcullis.fetch.WholeFile}. This package knows bounds of
 * time and size, and nothing of what a document means.
 */
@NullMarked
package dev.portcullis.fetch;

import org.jspecify.annotations.NullMarked;
