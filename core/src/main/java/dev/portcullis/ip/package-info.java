/**
 * Where requests come from: ranges of addresses, rules about them, and proxies that are trusted to name the caller.
 *
 * <p>Start at {@link dev.portcullis.ip.IpRange}, one range, and {@link dev.portcullis.ip.IpRules}, the check. {@link
 * dev.portcullis.ip.TrustedProxies} says which address a request has; everything else in the gate takes it from there. Names are
 * never looked up, and nobody is trusted who was not listed.
 */
@NullMarked
package dev.portcullis.ip;

import org.jspecify.annotations.NullMarked;
