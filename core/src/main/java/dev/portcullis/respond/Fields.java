package dev.portcullis.respond;

import java.util.List;

/** The names of the fields that are known here. Stateless. */
final class Fields {

    static final String POLICY = "Content-Security-Policy";
    static final String FRAMES = "X-Frame-Options";
    static final String REFERRER = "Referrer-Policy";
    static final String PERMISSIONS = "Permissions-Policy";
    static final String OPENER = "Cross-Origin-Opener-Policy";
    static final String RESOURCE = "Cross-Origin-Resource-Policy";
    static final String SNIFFING = "X-Content-Type-Options";
    static final String CACHING = "Cache-Control";

    /** What tells of the software behind a service, and helps nobody who uses it. */
    static final List<String> BANNERS = List.of(
            "Server",
            "X-Powered-By",
            "X-AspNet-Version",
            "X-AspNetMvc-Version",
            "X-Application-Context",
            "X-Generator",
            "X-Runtime",
            "X-SourceFiles",
            "X-Debug-Token",
            "X-Debug-Token-Link",
            "Liferay-Portal");

    private Fields() {}
}
