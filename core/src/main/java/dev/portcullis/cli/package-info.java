/**
 * The command line: lint, explain and replay policies without a server.
 *
 * <p>Start with {@link dev.portcullis.cli.Main}. Requests come as lines of recorded traffic, see
 * {@link dev.portcullis.cli.TrafficLine}; policies come as files. Nothing here decides about requests: the engine of
 * {@code dev.portcullis.config.Gate} does, as it does in a server.
 */
@NullMarked
package dev.portcullis.cli;

import org.jspecify.annotations.NullMarked;
