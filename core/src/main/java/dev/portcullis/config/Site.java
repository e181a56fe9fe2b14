package dev.portcullis.config;

import dev.portcullis.ip.ProxyTally;
import dev.portcullis.limit.ConcurrencyRules;
import java.time.Clock;

/**
 * What compiled rules stand on and share, across reloads too. Thread-safe.
 *
 * @param clock by what time
 * @param counting what limits stand on
 * @param concurrency makes the checks of what may be in flight
 * @param contents what configurations point to
 * @param identities the issuers and clients
 * @param rights what demands on callers stand on
 * @param proxies counts what becomes of the headers of proxies
 * @param denying what operators deny
 * @param feeds the feeds that policies may name
 * @param conduct what is said of callers who behave badly
 * @param watching the detectors that look in the background
 */
record Site(
        Clock clock,
        Counting counting,
        ConcurrencyRules concurrency,
        Contents contents,
        Identities identities,
        Rights rights,
        ProxyTally proxies,
        Denying denying,
        Feeds feeds,
        Conduct conduct,
        Watching watching) {}
