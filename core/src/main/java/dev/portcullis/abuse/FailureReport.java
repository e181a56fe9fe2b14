package dev.portcullis.abuse;

/**
 * How it stands with failed authentications. Immutable.
 *
 * @param failed how many failed
 * @param locked how often an address, or an account at an address, was locked out
 * @param denied how many requests were denied for it; those that would have been are counted apart
 * @param wouldHaveDenied how many requests would have been denied where it is only observed
 * @param kept how many addresses, pairs and accounts have, or had, a count of their own
 * @param crowded how often a count was shared because there was no room
 * @param unshared how often other nodes could not be asked or told
 */
public record FailureReport(
        long failed, long locked, long denied, long wouldHaveDenied, long kept, long crowded, long unshared) {}
