/**
 * Numbers for operators: what became of requests, which rules objected, who could prove who he is, and how long the gate took.
 *
 * <p>Start at {@link dev.portcullis.metric.Metrics}. It counts; whoever wants the numbers elsewhere, in a registry of metrics or on a
 * page, reads its {@link dev.portcullis.metric.Series}. Every label has few values, and none of them is chosen by a client.
 */
@NullMarked
package dev.portcullis.metric;

import org.jspecify.annotations.NullMarked;
