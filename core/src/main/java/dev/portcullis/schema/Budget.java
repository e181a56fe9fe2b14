package dev.portcullis.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.annotation.Annotation;
import com.networknt.schema.annotation.Annotations;
import com.networknt.schema.path.NodePath;
import dev.portcullis.TrustedBase;
import java.util.List;
import java.util.Map;

/**
 * Counts what judging one body takes, and ends it when that is too much. Belongs to one body.
 *
 * <p>A schema with alternatives that refer back to it makes work that doubles with every level of a body.
 */
@TrustedBase
final class Budget extends ExecutionContext {

    /** How many steps may be taken: one for each keyword that is asked of a value, more where asking takes longer. */
    static final int MAX_STEPS = 500_000;

    /** How many keywords may be in the middle of being asked. */
    static final int MAX_DEPTH = 1_000;

    /** How many errors one alternative may have. */
    static final int MAX_ERRORS = 10_000;

    /** How many errors are looked for once the body cannot pass any more. */
    static final int ENOUGH_ERRORS = 100;

    private static final int PATHS_A_STEP = 8;

    private final List<Error> definite;
    private final Annotations annotations = new Counted();
    private final long most;
    private long steps;
    private int depth;

    Budget(ExecutionConfig config, long most) {
        super(config);
        this.most = most;
        this.definite = getErrors();
    }

    /** The errors that no alternative can make good. */
    List<Error> definite() {
        return definite;
    }

    @Override
    public void evaluationPathAddLast(String segment) {
        enter();
        super.evaluationPathAddLast(segment);
    }

    @Override
    public void evaluationPathAddLast(int segment) {
        enter();
        super.evaluationPathAddLast(segment);
    }

    @Override
    public void evaluationPathRemoveLast() {
        depth--;
        super.evaluationPathRemoveLast();
    }

    @Override
    public void addError(Error error) {
        super.addError(error);
        var errors = getErrors();
        if (errors.size() >= (errors == definite ? ENOUGH_ERRORS : MAX_ERRORS)) {
            throw new TooCostly("many errors");
        }
    }

    @Override
    public Annotations getAnnotations() {
        return annotations;
    }

    private void enter() {
        charge(1);
        if (++depth > MAX_DEPTH) {
            throw new TooCostly("more than " + MAX_DEPTH + " keywords in each other");
        }
    }

    private void charge(long count) {
        steps += count;
        if (steps > most) {
            throw new TooCostly("more than " + most + " steps");
        }
    }

    /** Charges for every search among what is known of a value, which goes through all of that. */
    private final class Counted extends Annotations {

        private int known;

        @Override
        public void put(Annotation annotation) {
            super.put(annotation);
            var all = super.asMap().getOrDefault(annotation.getInstanceLocation(), List.of());
            known = Math.max(known, all.size());
        }

        @Override
        public Map<NodePath, List<Annotation>> asMap() {
            charge((long) known * depth / PATHS_A_STEP);
            return super.asMap();
        }
    }
}
