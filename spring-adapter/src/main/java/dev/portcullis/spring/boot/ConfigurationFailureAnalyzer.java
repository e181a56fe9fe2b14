package dev.portcullis.spring.boot;

import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.Problem;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints every problem of the configuration with its key, its place and its fix. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ConfigurationException cause) {
        var count = cause.problems().size();
        var description = cause.problems().stream()
                .map(ConfigurationFailureAnalyzer::shown)
                .collect(Collectors.joining(
                        "\n", "Portcullis found " + count + (count == 1 ? " problem" : " problems") + ":\n\n", ""));
        return new FailureAnalysis(description, "Correct these keys. Nothing is let through until then.", cause);
    }

    private static String shown(Problem problem) {
        var key = isInCode(problem) ? problem.key() : key(problem.key());
        var place = problem.place().isEmpty() ? "" : "\n      at:   " + problem.place();
        var help = problem.help().isEmpty() ? "" : "\n      help: " + problem.help();
        return "  " + key + ": " + problem.message() + place + help;
    }

    private static String key(String key) {
        return key.isEmpty() ? "portcullis" : "portcullis." + key;
    }

    /** Tells whether it is about an annotation: handlers are called after their classes, and stand in no file. */
    private static boolean isInCode(Problem problem) {
        return problem.place().isEmpty()
                && !problem.key().isEmpty()
                && Character.isUpperCase(problem.key().charAt(0));
    }
}
