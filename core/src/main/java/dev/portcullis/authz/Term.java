package dev.portcullis.authz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.Request;
import org.jspecify.annotations.Nullable;

/** A part of a condition, compiled. Thread-safe. */
@FunctionalInterface
interface Term {

    /**
     * The value; null when it is absent.
     *
     * @param body the request's JSON; a missing node for conditions that do not read it
     * @throws Undecided when the request leaves it open
     */
    @Nullable
    Object find(Request request, JsonNode body);
}
