/**
 * Values in JSON that not every caller may see, masked on their way out.
 *
 * <p>Start at {@link dev.portcullis.respond.mask.Masking}. Everything that is not masked goes out byte for byte as the application wrote it.
 */
@NullMarked
package dev.portcullis.respond.mask;

import org.jspecify.annotations.NullMarked;
