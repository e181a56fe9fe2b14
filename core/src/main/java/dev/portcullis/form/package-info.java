/**
 * What forms and uploads may carry: how many fields of which names and sizes, and files whose names, declared types and bytes say the
 * same.
 *
 * <p>Start with {@link dev.portcullis.form.FormFields} and {@link dev.portcullis.form.Uploads}. Multipart bodies are taken apart by the
 * container ({@link dev.portcullis.Body#parts}); of a file, its beginning and its end are read where the container keeps it. Nothing is
 * repaired, nothing is stored, and no virus is looked for.
 */
@NullMarked
package dev.portcullis.form;

import org.jspecify.annotations.NullMarked;
