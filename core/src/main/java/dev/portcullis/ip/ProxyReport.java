package dev.portcullis.ip;

/**
 * What became of the headers by which proxies name the caller, since the start. Immutable.
 *
 * @param ignored how many requests from peers that are not trusted carried one, which was not read
 * @param unreadable how many headers of trusted peers could not be read, or named fewer hops than there should be, so that the last
 *     hop that was understood stood in for the caller
 * @param missing how many requests of trusted peers did not say whose they were, as the proxies' own probes do
 */
public record ProxyReport(long ignored, long unreadable, long missing) {

    /** Nothing so far. */
    public static final ProxyReport NONE = new ProxyReport(0, 0, 0);
}
