/**
 * How often callers may come: limits over windows of time, counted for each key by itself.
 *
 * <p>Start at {@link dev.portcullis.limit.Meters}, which holds the counts and makes the checks. Counts live outside of policy sets,
 * so that a reload does not refill them, and in a table of bounded size that cannot be flooded to get a fresh count. This package
 * counts in this process only and keeps nothing when it ends.
 */
@NullMarked
package dev.portcullis.limit;

import org.jspecify.annotations.NullMarked;
