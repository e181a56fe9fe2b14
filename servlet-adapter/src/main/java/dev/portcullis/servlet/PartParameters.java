package dev.portcullis.servlet;

import dev.portcullis.http.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a multipart form that was taken apart before the application asked: the query's, then the fields of text.
 *
 * <p>The application may have said in which charset they are after a rule has asked for the parts; it is heard all the same.
 */
final class PartParameters {

    private PartParameters() {}

    /**
     * Those of the query and of the parts.
     *
     * @param partsFirst whether the values of parts stand before those of the query
     */
    static Map<String, String[]> of(HttpServletRequest request, Collection<Part> parts, boolean partsFirst)
            throws IOException {
        var query = new LinkedHashMap<String, List<String>>();
        for (var pair : Parameters.query(request.getQueryString()).pairs()) {
            query.computeIfAbsent(pair.name(), any -> new ArrayList<>()).add(pair.value());
        }
        var fields = fields(request, parts);
        var all = partsFirst ? fields : query;
        (partsFirst ? query : fields)
                .forEach((name, values) ->
                        all.computeIfAbsent(name, any -> new ArrayList<>()).addAll(values));
        var map = new LinkedHashMap<String, String[]>();
        all.forEach((name, values) -> map.put(name, values.toArray(String[]::new)));
        return Collections.unmodifiableMap(map);
    }

    private static Map<String, List<String>> fields(HttpServletRequest request, Collection<Part> parts)
            throws IOException {
        var charset = FormParameters.charset(request);
        var fields = new LinkedHashMap<String, List<String>>();
        for (var part : parts) {
            if (part.getSubmittedFileName() == null) {
                try (var in = part.getInputStream()) {
                    var text = new String(in.readAllBytes(), charset);
                    fields.computeIfAbsent(part.getName(), any -> new ArrayList<>())
                            .add(text);
                }
            }
        }
        return fields;
    }
}
