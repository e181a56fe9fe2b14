package dev.portcullis.architecture.planted.config;

import org.springframework.stereotype.Planted;

/** A configuration that knows Spring. */
@Planted
public record Settings() {}
