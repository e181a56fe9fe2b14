package dev.portcullis.attack;

/**
 * One text of a request as the detectors see it. Immutable.
 *
 * @param place where it stands
 * @param name the name of the parameter, the header field or the member; empty when there is none
 * @param text one reading of it
 * @param traits what characters that reading has
 */
record Sample(Place place, String name, Text text, int traits) {

    private static final int NAME = 60;

    static Sample of(Place place, String name, String reading) {
        return new Sample(place, name, new Text(reading), Traits.of(reading));
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
