package dev.portcullis.abuse;

/**
 * How it stands with scores. Immutable.
 *
 * @param denied how many requests were denied for their caller's score, or would have been
 * @param kept how many callers have, or had, a score of their own
 */
public record RiskReport(long denied, long kept) {}
