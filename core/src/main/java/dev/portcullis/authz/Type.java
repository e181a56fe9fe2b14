package dev.portcullis.authz;

/** What a part of a condition can be, as far as it is known when the condition is compiled. */
enum Type {
    TEXT("a text"),
    NUMBER("a number"),
    SWITCH("true or false"),
    NOTHING("null"),
    TEXTS("a list of texts"),
    ADDRESS("an address"),
    /** What is only known once the request is there. */
    ANY("a value of any type");

    private final String phrase;

    Type(String phrase) {
        this.phrase = phrase;
    }

    String phrase() {
        return phrase;
    }

    boolean isList() {
        return this == TEXTS;
    }

    /** Tells whether a value of this type could be one of the other. */
    boolean meets(Type other) {
        return this == other || this == ANY || other == ANY;
    }
}
