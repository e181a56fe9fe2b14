package dev.portcullis.ip;

import java.util.List;

/** How a feed is written. Implementations are immutable. */
public sealed interface FeedFormat permits PlainFeed, CsvFeed, JsonFeed {

    /** Hands on what the feed lists, one by one. */
    void read(byte[] bytes, Harvest harvest);

    /**
     * A range a line: an address, a network, or {@code first - last}. Comments begin with {@code #}, {@code ;} or {@code //}; behind a
     * range there may be one, or a number.
     */
    static FeedFormat plain() {
        return new PlainFeed("");
    }

    /** The exits of the Tor network as its exit list names them: lines that begin with {@code ExitAddress}. */
    static FeedFormat torExits() {
        return new PlainFeed("ExitAddress");
    }

    /**
     * A column of values that are separated by a character.
     *
     * @param column its number, from 1 on, or its name in the first line
     * @throws IllegalArgumentException when the column can be none
     */
    static FeedFormat csv(String column, char separator) {
        return new CsvFeed(column, separator);
    }

    /**
     * The texts at some places of one JSON document.
     *
     * @param pointers JSON Pointers (RFC 6901) in which {@code *} stands for every item or member
     * @throws IllegalArgumentException when there is none, or one that is no pointer
     */
    static FeedFormat json(List<String> pointers) {
        return new JsonFeed(pointers, false);
    }

    /** The same, of which every line is a document of its own. */
    static FeedFormat jsonLines(List<String> pointers) {
        return new JsonFeed(pointers, true);
    }
}
