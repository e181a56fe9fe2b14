package dev.portcullis.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Resources that are texts. */
final class Schemas {

    private Schemas() {}

    static Resources of(Map<String, String> texts) {
        return location -> {
            var text = texts.get(location);
            if (text == null) {
                throw new IOException("nothing there");
            }
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        };
    }
}
