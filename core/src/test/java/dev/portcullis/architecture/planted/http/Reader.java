package dev.portcullis.architecture.planted.http;

import dev.portcullis.architecture.planted.ip.Ranges;

/** A shared room that knows a capability. */
public record Reader(Ranges ranges) {}
