package dev.portcullis.config;

import java.util.List;
import java.util.stream.Collectors;

/** Says everything that is wrong with a configuration, at once. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** All of these problems. */
    public ConfigurationException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    private static String message(List<Problem> problems) {
        var count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n", "the configuration has " + count + ":\n", ""));
    }

    /** What is wrong, in the order it was found. */
    public List<Problem> problems() {
        return problems;
    }
}
