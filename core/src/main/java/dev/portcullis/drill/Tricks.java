package dev.portcullis.drill;

import java.util.List;

/** The attacks of one class. Implementations are immutable. */
interface Tricks {

    /** The class, in kebab-case. */
    String kind();

    /** What they are, in a line. */
    String about();

    /** The ids of all, for lists. */
    List<String> ids();

    /** The attacks on an aim; none where it has no room for them. */
    List<Shot> against(Scene scene);
}
