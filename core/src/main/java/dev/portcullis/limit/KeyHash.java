package dev.portcullis.limit;

/** Makes the key of a meter out of what requests agree in. Implementations are not thread-safe. */
interface KeyHash {

    /** Adds a word. */
    void add(long word);

    /** Adds a sort of text, and the text with its length, so that no two sequences of texts are the same. */
    void add(int sort, String text);

    /** Adds a sort of texts, and two of them with their lengths. */
    void add(int sort, String one, String other);

    /** Ends with the key. Nothing is added afterwards. */
    MeterKey key(int rule);
}
