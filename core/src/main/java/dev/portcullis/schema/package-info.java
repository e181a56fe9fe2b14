/**
 * JSON bodies that are what a JSON Schema says.
 *
 * <p>Start at {@link dev.portcullis.schema.JsonBody}. A schema is one document, of draft 2020-12 or draft 7; everything in it that
 * could not be held against a body is an error when the check is built, and so is a reference to another document: nothing is
 * ever fetched. Patterns are matched in linear time, formats are asserted, and the work that one body can cause is bounded.
 */
@NullMarked
package dev.portcullis.schema;

import org.jspecify.annotations.NullMarked;
