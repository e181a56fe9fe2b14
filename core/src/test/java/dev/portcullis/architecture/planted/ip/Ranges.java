package dev.portcullis.architecture.planted.ip;

import dev.portcullis.architecture.planted.cors.OriginManager;

/** A capability that knows another one. */
public record Ranges(OriginManager origins) {}
