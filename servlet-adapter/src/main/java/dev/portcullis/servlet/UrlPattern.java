package dev.portcullis.servlet;

/**
 * A pattern of paths as the Servlet specification has them: {@code /a/*}, {@code *.jsp}, {@code /a}, and {@code /} for what is left. Immutable.
 *
 * @param text the pattern as registered
 */
record UrlPattern(String text) {

    static final UrlPattern ALL = new UrlPattern("/*");

    /** Which of the forms a pattern has. */
    private enum Form {
        ALL,
        REST,
        PREFIX,
        ENDING,
        PATH
    }

    private Form form() {
        if (text.equals("/*")) {
            return Form.ALL;
        }
        if (text.equals("/")) {
            return Form.REST;
        }
        if (text.startsWith("*.")) {
            return Form.ENDING;
        }
        return text.endsWith("/*") ? Form.PREFIX : Form.PATH;
    }

    /** Tells whether it is for what no other pattern is for. */
    boolean isRest() {
        return form() == Form.REST;
    }

    private String folder() {
        return text.substring(0, text.length() - 2);
    }

    /** Tells whether each path of the other is one of this. Containers differ on {@code /} of a filter, so that it is no more than itself. */
    boolean covers(UrlPattern other) {
        return switch (form()) {
            case ALL -> true;
            case PREFIX -> other.isBelow(folder());
            case ENDING -> text.equals(other.text) || other.form() == Form.PATH && other.endsIn(this);
            case REST, PATH -> text.equals(other.text);
        };
    }

    private boolean isBelow(String folder) {
        var below = text.equals(folder) || text.startsWith(folder + "/");
        return below && (form() == Form.PATH || form() == Form.PREFIX);
    }

    private boolean endsIn(UrlPattern ending) {
        return text.endsWith(ending.text.substring(1));
    }

    /** Tells whether there may be a path of both. */
    boolean meets(UrlPattern other) {
        if (covers(other) || other.covers(this)) {
            return true;
        }
        return switch (form()) {
            case ALL, REST -> true;
            case ENDING -> other.form() == Form.PREFIX || other.form() == Form.REST;
            case PREFIX -> other.form() == Form.ENDING || other.form() == Form.REST;
            case PATH -> other.form() == Form.REST;
        };
    }
}
