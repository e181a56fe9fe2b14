package dev.portcullis.attack;

/**
 * One text of a request as the detectors see it. Immutable.
 *
 * @param place where it stands
 * @param name the name of the parameter, the header field or the member; empty when there is none
 * @param text one reading of it
 * @param traits what characters that reading has
 * @param signs what stands in it, as {@link Signs}
 */
record Sample(Place place, String name, Text text, int traits, long signs) {

    private static final int NAME = 60;

    static Sample of(Place place, String name, String reading) {
        return of(place, name, reading, Traits.of(reading));
    }

    static Sample of(Place place, String name, String reading, int traits) {
        var text = new Text(reading);
        return new Sample(place, name, text, traits, Signs.of(text));
    }

    /** Tells whether one of the signs stands in the text. */
    boolean has(long some) {
        return ((signs | Signs.ANY) & some) != 0;
    }

    /** Tells whether it is a value of several lines. */
    boolean hasLines() {
        return place.isValue() && has(Signs.LINE) && text.first() < text.last() && Lines.isBroken(text);
    }

    /** Where the text stands. */
    String where() {
        var shortened = name.length() <= NAME ? name : name.substring(0, NAME);
        return shortened.isEmpty() ? place.phrase() : place.phrase() + " `" + shortened + "`";
    }

    /** Where the text stands and how it reads around an index, for the operator. */
    String detail(int at) {
        return where() + ": `" + Excerpt.of(name, text, at) + "`";
    }
}
