package dev.portcullis;

import static java.util.Objects.requireNonNull;

/**
 * One header field line. Immutable.
 *
 * @param name the field's name as it was written
 * @param value the field's value without the white space around it
 */
public record Header(String name, String value) {

    /** Checks that both parts are there. */
    public Header {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }

    /** Tells whether this line belongs to the field, whose names ignore case. */
    public boolean named(String field) {
        requireNonNull(field, "field");
        return name.equalsIgnoreCase(field);
    }
}
