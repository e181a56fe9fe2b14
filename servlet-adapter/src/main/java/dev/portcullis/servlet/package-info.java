/**
 * The gate as a {@code jakarta.servlet} filter.
 *
 * <p>Start at {@link dev.portcullis.servlet.PortcullisFilter}. This package translates between the container and the engine: it
 * shows the engine the request, writes its replies, gives the application the body that rules have read, and tells the engine how
 * the exchange ended. It decides nothing.
 */
@NullMarked
package dev.portcullis.servlet;

import org.jspecify.annotations.NullMarked;
