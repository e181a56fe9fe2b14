package dev.portcullis.crawler;

/** What is remembered of a network, whose further addresses are looked up accordingly. */
enum Repute {
    /** A crawler has proven itself from there. */
    PROVEN,
    /** Nothing was heard of it. */
    STRANGE,
    /** All that was heard of it lately is that an agent there was none. */
    BARREN
}
