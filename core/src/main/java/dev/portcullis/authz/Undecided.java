package dev.portcullis.authz;

/** A condition of which a request leaves open whether it holds. It carries no trace, as clients can cause it. */
final class Undecided extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An open question about a part of the condition, as it is written. */
    Undecided(String source, String why) {
        super("`" + source + "` " + why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
