/**
 * Crawlers of search engines, and whether those who say that they are one can be believed.
 *
 * <p>Start at {@link dev.portcullis.crawler.Crawlers}. An agent's name proves nothing; the name service does, where its owner has
 * published it: the address has a name in the crawler's domain, and that name has this address. Names are looked up in the background
 * and never on the thread of a request. Here nobody is denied for being a crawler.
 */
@NullMarked
package dev.portcullis.crawler;

import org.jspecify.annotations.NullMarked;
