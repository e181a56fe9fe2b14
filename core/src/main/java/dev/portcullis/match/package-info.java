/**
 * Which requests a policy is for: path patterns, and scopes made of patterns and methods.
 *
 * <p>Start at {@link dev.portcullis.match.PathPattern}. Everything here looks at the path as it was decoded once, and takes it for
 * granted that ambiguous paths are denied elsewhere. It says nothing about what happens to a request.
 */
@NullMarked
package dev.portcullis.match;

import org.jspecify.annotations.NullMarked;
