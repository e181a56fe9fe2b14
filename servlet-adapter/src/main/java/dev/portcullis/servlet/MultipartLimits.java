package dev.portcullis.servlet;

import dev.portcullis.fetch.CannotTell;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a servlet's container was told of multipart bodies, where that can be found out.
 *
 * <p>The container takes a body apart as soon as a rule asks for its parts, and keeps files on disk: how much it takes must be bounded,
 * by the length of the body or by {@code max-request-size}.
 */
final class MultipartLimits {

    private static final String HELP = " (give it a multipart-config with `max-request-size`)";

    /** What Tomcat's wrappers and Jetty's registrations tell it by. */
    private static final String CONFIG = "getMultipartConfigElement";

    /** Whether a servlet takes multipart bodies. */
    private enum Told {
        UNKNOWN,
        NOTHING,
        NO_BOUND,
        BOUND
    }

    private MultipartLimits() {}

    /** Tells whether it is known that the container takes multipart bodies apart for the servlet. */
    static boolean areTold(HttpServletRequest request) {
        var told = told(request, request.getHttpServletMapping().getServletName());
        return told == Told.BOUND || told == Told.NO_BOUND;
    }

    private static Told told(HttpServletRequest request, @Nullable String name) {
        return name == null ? Told.UNKNOWN : told(request.getServletContext().getServletRegistration(name));
    }

    /** Throws where the container would take nothing apart, or without any bound. */
    static void demand(HttpServletRequest request, boolean bounded) {
        var name = request.getHttpServletMapping().getServletName();
        var told = told(request, name);
        if (told == Told.NOTHING) {
            throw new CannotTell("the servlet `" + name + "` takes no multipart bodies" + HELP);
        }
        if (told == Told.NO_BOUND && !bounded) {
            throw new CannotTell("the servlet `" + name + "` takes multipart bodies of any length" + HELP);
        }
    }

    /** Tells whether it is known of every servlet that it takes no multipart bodies. */
    static boolean takenByNobody(ServletContext context) {
        var all = context.getServletRegistrations().values();
        return !all.isEmpty() && all.stream().allMatch(servlet -> told(servlet) == Told.NOTHING);
    }

    private static Told told(@Nullable ServletRegistration servlet) {
        if (servlet == null) {
            return Told.UNKNOWN;
        }
        var tomcat = Inside.field(servlet, "wrapper");
        var place = tomcat == null ? servlet : tomcat;
        if (!Inside.has(place, CONFIG)) {
            return Told.UNKNOWN;
        }
        if (!(Inside.call(place, CONFIG) instanceof MultipartConfigElement config)) {
            return Told.NOTHING;
        }
        return config.getMaxRequestSize() < 0 ? Told.NO_BOUND : Told.BOUND;
    }
}
