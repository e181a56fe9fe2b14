package dev.portcullis.attack;

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
    JSON_NAME("name of JSON member"),
    JSON_VALUE("JSON member"),
    XML_NAME("name of XML element"),
    XML_VALUE("XML element or attribute");

    private final String phrase;

    Place(String phrase) {
        this.phrase = phrase;
    }

    /** The place as a phrase for the operator. */
    String phrase() {
        return phrase;
    }

    /** Tells whether the text is a value that the application takes from a parameter or a member. */
    boolean isValue() {
        return this == QUERY_VALUE || isField();
    }

    /** Tells whether the text is a value of a body, where people write several lines. */
    boolean isField() {
        return this == FORM_VALUE || this == JSON_VALUE || this == XML_VALUE;
    }

    /** Tells whether the text is the name of a parameter, a member or an element. */
    boolean isName() {
        return this == QUERY_NAME || this == FORM_NAME || this == JSON_NAME || this == XML_NAME;
    }

    /** Tells whether the text is a parameter or a member, name or value, or a cookie. */
    boolean isArgument() {
        return isValue() || isName() || this == COOKIE;
    }

    /** Tells whether the text is one that programs send about themselves, in a form of its own. */
    boolean isAgent() {
        return this == USER_AGENT || this == REFERER;
    }
}
