package dev.portcullis.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parameters of a form whose body a rule has read, so that the container can no longer read it: the query's as the container
 * reads them, then the body's.
 */
final class FormParameters {

    private static final Logger LOG = LoggerFactory.getLogger(FormParameters.class);
    private static final String FORM = "application/x-www-form-urlencoded";

    /** How many parameters a form may have: the most that containers allow. */
    private static final int MAX_PARAMETERS = 10_000;

    private FormParameters() {}

    /** Tells whether the container would have taken parameters from the body. */
    static boolean carriedBy(HttpServletRequest request) {
        var type = request.getContentType();
        if (type == null || !"POST".equals(request.getMethod())) {
            return false;
        }
        var end = type.indexOf(';');
        return FORM.equals((end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT));
    }

    static Map<String, String[]> of(HttpServletRequest request, byte[] body) {
        var all = new LinkedHashMap<String, List<String>>();
        request.getParameterMap().forEach((name, values) -> all.put(name, new ArrayList<>(List.of(values))));
        var charset = charset(request);
        var text = new String(body, StandardCharsets.ISO_8859_1);
        if (text.chars().filter(c -> c == '&').count() >= MAX_PARAMETERS) {
            throw new IllegalStateException("form: more than " + MAX_PARAMETERS + " parameters");
        }
        for (var pair : text.split("&")) {
            if (isJetty(request) || !pair.isEmpty() && pair.charAt(0) != '=') {
                add(pair, charset, all);
            }
        }
        var map = new LinkedHashMap<String, String[]>();
        all.forEach((name, values) -> map.put(name, values.toArray(String[]::new)));
        return Collections.unmodifiableMap(map);
    }

    /** Containers leave out a pair whose encoding is broken, and so do we. */
    private static void add(String pair, Charset charset, Map<String, List<String>> all) {
        var equals = pair.indexOf('=');
        try {
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals), charset);
            var value = equals < 0 ? "" : decoded(pair.substring(equals + 1), charset);
            all.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        } catch (IllegalArgumentException e) {
            LOG.debug("left out a parameter with a broken encoding");
        }
    }

    /** Decodes text whose characters are bytes. */
    private static String decoded(String text, Charset charset) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0 && text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        var bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, charset);
    }

    /** The charset that the container reads forms with: the one that was set, else its own default. */
    static Charset charset(HttpServletRequest request) {
        var named = request.getCharacterEncoding();
        try {
            if (named != null) {
                return Charset.forName(named);
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("a form in a charset that there is not");
        }
        return isJetty(request) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }

    /** Jetty takes forms for UTF-8 and keeps parameters without a name; others take ISO 8859-1 and leave those out. */
    static boolean isJetty(HttpServletRequest request) {
        return request.getServletContext().getServerInfo().startsWith("jetty");
    }
}
