package dev.portcullis.schema;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import dev.portcullis.TrustedBase;

/** Counts what judging one body takes, and ends it when that is too much. Belongs to one body. */
@TrustedBase
final class Budget extends ExecutionContext {

    /** How many keywords may be asked. */
    static final int MAX_STEPS = 1_000_000;

    /** How many keywords may be in the middle of being asked. */
    static final int MAX_DEPTH = 1_000;

    private int steps;
    private int depth;

    Budget(ExecutionConfig config) {
        super(config);
    }

    @Override
    public void evaluationPathAddLast(String segment) {
        step();
        super.evaluationPathAddLast(segment);
    }

    @Override
    public void evaluationPathAddLast(int segment) {
        step();
        super.evaluationPathAddLast(segment);
    }

    @Override
    public void evaluationPathRemoveLast() {
        depth--;
        super.evaluationPathRemoveLast();
    }

    private void step() {
        if (++steps > MAX_STEPS) {
            throw new TooCostly("more than " + MAX_STEPS + " steps");
        }
        if (++depth > MAX_DEPTH) {
            throw new TooCostly("more than " + MAX_DEPTH + " keywords in each other");
        }
    }
}
