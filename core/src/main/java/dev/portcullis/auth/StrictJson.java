package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.portcullis.http.Json;

/** Reads JSON objects of which all readers say the same. */
final class StrictJson {

    private StrictJson() {}

    /** The object; a missing node when the bytes are no such object. */
    static JsonNode object(byte[] bytes) {
        var read = Json.read(bytes) instanceof Json.Read document ? document.node() : MissingNode.getInstance();
        return read.isObject() ? read : MissingNode.getInstance();
    }
}
