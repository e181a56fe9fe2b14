/**
 * The configuration: what an operator can write, and how it becomes rules.
 *
 * <p>Start with {@link dev.portcullis.config.Configuration}, the records of what is written, and
 * {@link dev.portcullis.config.Gate}, which makes an engine of them or says everything that is wrong.
 * {@link dev.portcullis.config.PolicyFile} reads the records from YAML; frameworks bind them from their own properties. This is the
 * only package that knows all checks by name. It decides nothing about requests: that is what the checks do.
 */
@NullMarked
package dev.portcullis.config;

import org.jspecify.annotations.NullMarked;
