package dev.portcullis.schema;

/** A body would take more work to judge than any body may. */
final class TooCostly extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooCostly(String reason) {
        super(reason, null, false, false);
    }
}
