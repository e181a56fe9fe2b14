package dev.portcullis.attack;

import dev.portcullis.Request.Proven;
import dev.portcullis.Request.Proven.Where;
import dev.portcullis.attack.Exclusion.In;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where in a request a text stands. */
enum Place {
    PATH("path"),
    QUERY_NAME("name of query parameter"),
    QUERY_VALUE("query parameter"),
    USER_AGENT("header"),
    REFERER("header"),
    HEADER("header"),
    COOKIE("cookie"),
    FORM_NAME("name of form parameter"),
    FORM_VALUE("form parameter"),
    FILE_NAME("name of uploaded file"),
    JSON_NAME("name of JSON member"),
    JSON_VALUE("JSON member"),
    XML_NAME("name of XML element"),
    XML_VALUE("XML element or attribute"),
    TEXT("body of text");

    private final String phrase;

    Place(String phrase) {
        this.phrase = phrase;
    }

    /** The place as a phrase for the operator. */
    String phrase() {
        return phrase;
    }

    /** Tells whether the text of this name is proven to be harmless; those of JSON are known by where they stand in it. */
    boolean isSpared(String name, Proven proven) {
        return !proven.names().isEmpty()
                && switch (this) {
                    case PATH -> proven.covers(Where.PATH, name);
                    case QUERY_VALUE -> proven.covers(Where.QUERY, name);
                    case FORM_VALUE -> proven.covers(Where.FORM, name);
                    case COOKIE -> proven.covers(Where.COOKIE, name);
                    case HEADER, USER_AGENT, REFERER -> proven.covers(Where.HEADER, name.toLowerCase(Locale.ROOT));
                    default -> false;
                };
    }

    /** Where an exclusion says that it stands; null for names, of which none are excluded. */
    @Nullable
    In in() {
        return switch (this) {
            case PATH -> In.PATH;
            case QUERY_VALUE -> In.QUERY;
            case FORM_VALUE, FILE_NAME -> In.FORM;
            case JSON_VALUE -> In.JSON;
            case XML_VALUE -> In.XML;
            case TEXT -> In.TEXT;
            case USER_AGENT, REFERER, HEADER -> In.HEADER;
            case COOKIE -> In.COOKIE;
            case QUERY_NAME, FORM_NAME, JSON_NAME, XML_NAME -> null;
        };
    }

    /** Tells whether the text is a value that the application takes from a parameter or a member. */
    boolean isValue() {
        return this == QUERY_VALUE || this == FILE_NAME || isField();
    }

    /** Tells whether the text is a value of a body, where people write several lines. */
    boolean isField() {
        return this == FORM_VALUE || this == JSON_VALUE || this == XML_VALUE || this == TEXT;
    }

    /** Tells whether the text is the name of a parameter, a member or an element. */
    boolean isName() {
        return this == QUERY_NAME || this == FORM_NAME || this == JSON_NAME || this == XML_NAME;
    }

    /** Tells whether the text is a parameter or a member, name or value, or a cookie. */
    boolean isArgument() {
        return isValue() || isName() || this == COOKIE;
    }

    /** Tells whether the text is an argument, or a header that is no program's word about itself. */
    boolean isTaken() {
        return isArgument() || this == HEADER;
    }

    /** Tells whether the text is one that programs send about themselves, in a form of its own. */
    boolean isAgent() {
        return this == USER_AGENT || this == REFERER;
    }
}
