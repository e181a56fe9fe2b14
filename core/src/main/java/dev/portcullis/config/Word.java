package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Something that annotations say of a handler. Immutable.
 *
 * <p>Words that meet are conjoined: all are asked, and none takes back what another demands.
 */
public sealed interface Word {

    /** Where an annotation stands. The method's words are nearer than the type's. */
    enum Level {
        /** On a class or an interface. */
        TYPE,
        /** On a method. */
        METHOD
    }

    /** Where the annotation stands. */
    Level level();

    /**
     * The name of a policy of the configuration.
     *
     * @param level where the annotation stands
     * @param place the annotated element, for operators
     * @param policy the policy's name
     */
    record Guard(Level level, String place, String policy) implements Word {

        /** Checks that all parts are there. */
        public Guard {
            requireNonNull(level, "level");
            requireNonNull(place, "place");
            requireNonNull(policy, "policy");
        }
    }

    /**
     * A policy that the annotations of one element wrote.
     *
     * @param level where the annotations stand
     * @param name the annotated element, such as {@code Orders.create}; its rules' names begin with it
     * @param policy what the annotations say; without paths
     */
    record Written(Level level, String name, Policy policy) implements Word {

        /** Checks that all parts are there. */
        public Written {
            requireNonNull(level, "level");
            requireNonNull(name, "name");
            requireNonNull(policy, "policy");
        }
    }

    /**
     * What parameters and fields of a handler say of detectors of attacks.
     *
     * @param level where the annotations stand
     * @param place the annotated element, for operators
     * @param parameters what parameters say, which must have an effect
     * @param fields what fields of their types say, which other handlers may take too
     */
    record Spared(Level level, String place, List<ExclusionSettings> parameters, List<ExclusionSettings> fields)
            implements Word {

        /** Copies the lists. */
        public Spared {
            requireNonNull(level, "level");
            requireNonNull(place, "place");
            parameters = List.copyOf(parameters);
            fields = List.copyOf(fields);
        }
    }
}
