package dev.portcullis.architecture.planted;

import dev.portcullis.architecture.planted.ip.Ranges;

/** A word that knows a capability. */
record Vocabulary(Ranges ranges) {}
