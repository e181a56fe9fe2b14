/**
 * What is in a request: target, path, query, media types, bodies, JSON and forms, and the headers that proxies add.
 *
 * <p>Doors hand in a {@link dev.portcullis.http.Wire}; {@link dev.portcullis.http.View} makes of it the request that checks see.
 * Everything that may be read differently by different readers is found here, once, for all checks: {@link
 * dev.portcullis.http.Protocol} denies such a head, {@link dev.portcullis.http.Json} and {@link dev.portcullis.http.Parameters}
 * tell of such content. {@link dev.portcullis.http.BodyLimit} and {@link dev.portcullis.http.StreamedBody} bound what is read.
 * This package decides nothing about who may call.
 */
@NullMarked
package dev.portcullis.http;

import org.jspecify.annotations.NullMarked;
