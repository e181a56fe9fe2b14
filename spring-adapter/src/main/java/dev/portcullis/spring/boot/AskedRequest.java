package dev.portcullis.spring.boot;

import dev.portcullis.http.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that handler mappings may look at without leaving traces in the real one.
 *
 * <p>What they note stays here, and so does the body: parameters are those of the query alone. A preflight looks like the request
 * that it announces. Belongs to one request.
 */
final class AskedRequest extends HttpServletRequestWrapper {

    private static final String ANNOUNCED = "Access-Control-Request-Method";
    private static final String ORIGIN = "Origin";

    private final Map<String, @Nullable Object> noted = new HashMap<>();
    private final @Nullable String announced;
    private @Nullable Map<String, String[]> parameters;

    AskedRequest(HttpServletRequest request) {
        super(request);
        var preflight = "OPTIONS".equals(request.getMethod()) && request.getHeader(ORIGIN) != null;
        this.announced = preflight ? request.getHeader(ANNOUNCED) : null;
    }

    @Override
    public String getMethod() {
        return announced == null ? super.getMethod() : announced;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return hides(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return hides(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    private boolean hides(String name) {
        return announced != null && (name.equalsIgnoreCase(ORIGIN) || name.equalsIgnoreCase(ANNOUNCED));
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return noted.containsKey(name) ? noted.get(name) : super.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        noted.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        noted.put(name, null);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (parameters == null) {
            var all = new LinkedHashMap<String, List<String>>();
            for (var pair : Parameters.query(getQueryString()).pairs()) {
                all.computeIfAbsent(pair.name(), name -> new ArrayList<>()).add(pair.value());
            }
            var map = new LinkedHashMap<String, String[]>();
            all.forEach((name, values) -> map.put(name, values.toArray(String[]::new)));
            parameters = map;
        }
        return parameters;
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public @Nullable String getParameter(String name) {
        var values = getParameterValues(name);
        return values == null ? null : values[0];
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }
}
