package dev.portcullis.abuse;

import java.util.Locale;

/** What a caller does that others seldom do. */
public enum Signal {
    /** A credential was wrong. */
    FAILED_AUTHENTICATION(10, 100),
    /** A request was denied for what looked like an attack. */
    ATTACK(40, 100),
    /** A limit denied a request. */
    RATE_LIMITED(3, 60),
    /** The answer was 4xx, whatever else it was. */
    CLIENT_ERROR(2, 30),
    /** There is nothing where the request went, and it went there for the first time of late. */
    UNKNOWN_PATH(4, 80),
    /** There is nothing where the request went, and only who looks for holes would go there. */
    HONEYPOT(50, 100),
    /** One more of many values of path variables that the caller may not see, or that there is not. */
    ENUMERATION(1, 80),
    /** The agent's name is that of a tool that looks for holes. */
    SCANNER(25, 100),
    /** There is no {@code User-Agent}, or no {@code Accept}. */
    MISSING_HEADERS(1, 20),
    /** A detector that looks at some requests in the background found one suspicious, as much as it says. */
    DETECTED(40, 100);

    private final int points;
    private final int most;

    Signal(int points, int most) {
        this.points = points;
        this.most = most;
    }

    /** What one counts, unless told otherwise. */
    public int points() {
        return points;
    }

    /** What all of them count at most, unless told otherwise. */
    public int most() {
        return most;
    }

    /** The name in configurations and figures. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
