/**
 * What is in a request: target, path, query, media types, bodies, JSON and forms, and the headers that proxies add.
 *
 * <p>Doors hand in a {@link dev.portcullis.http.Wire}; {@link dev.portcullis.http.View} makes of it the request that checks see.
 * Everything that may be read differently by different readers is found here, once, for all checks. This package decides nothing
 * about who may call.
 */
@NullMarked
package dev.portcullis.http;

import org.jspecify.annotations.NullMarked;
