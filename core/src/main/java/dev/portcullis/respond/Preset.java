package dev.portcullis.respond;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields that suit a kind of endpoint. */
public enum Preset {
    /** Answers for programs: nothing in them is ever shown as a page. */
    API(
            "no-store",
            entry(Fields.POLICY, "default-src 'none'; frame-ancestors 'none'"),
            entry(Fields.FRAMES, "DENY"),
            entry(Fields.REFERRER, "no-referrer"),
            entry(Fields.RESOURCE, "same-origin")),
    /** Pages for people: everything in them comes from where they come from. */
    PAGE(
            "private, no-cache",
            entry(
                    Fields.POLICY,
                    "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"),
            entry(Fields.FRAMES, "SAMEORIGIN"),
            entry(Fields.REFERRER, "strict-origin-when-cross-origin"),
            entry(
                    Fields.PERMISSIONS,
                    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
            entry(Fields.OPENER, "same-origin"),
            entry(Fields.RESOURCE, "same-origin")),
    /** Files that others may have brought: they are saved, and never shown as part of this site. */
    DOWNLOAD(
            "no-store",
            entry(Fields.POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"),
            entry(Fields.FRAMES, "DENY"),
            entry(Fields.REFERRER, "no-referrer"),
            entry(Fields.RESOURCE, "same-origin"),
            entry("Content-Disposition", "attachment")),
    /** Scripts, styles and pictures of pages, which all may keep. */
    ASSET(null, entry(Fields.REFERRER, "strict-origin-when-cross-origin"), entry(Fields.RESOURCE, "same-site")),
    /** Nothing but what is said. */
    NONE(null);

    private final Map<String, String> fields;
    private final @Nullable String caching;

    @SafeVarargs
    Preset(@Nullable String caching, Map.Entry<String, String>... entries) {
        this.caching = caching;
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var one : entries) {
            all.put(one.getKey(), one.getValue());
        }
        if (entries.length > 0) {
            all.put(Fields.SNIFFING, "nosniff");
        }
        this.fields = Collections.unmodifiableMap(all);
    }

    /** The fields with their values. */
    public Map<String, String> fields() {
        return fields;
    }

    /** Tells whether one of the presets has the field, so that leaving it out means something. */
    public static boolean isPreset(String name) {
        return name.equalsIgnoreCase(Fields.CACHING)
                || Arrays.stream(values()).anyMatch(preset -> preset.fields.containsKey(name));
    }

    /** What caches are told of an answer to a known caller; null for nothing. */
    @Nullable
    String caching() {
        return caching;
    }
}
