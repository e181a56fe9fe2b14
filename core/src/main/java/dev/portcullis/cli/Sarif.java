package dev.portcullis.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.config.Lint;
import dev.portcullis.config.Lint.Concern;
import dev.portcullis.config.Lint.Finding;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Findings in the Static Analysis Results Interchange Format (SARIF 2.1.0).
 *
 * @param file the policy file, as it was named
 * @param findings what was found in it
 */
record Sarif(String file, List<Finding> findings) {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final Pattern PLACE = Pattern.compile(".*:(\\d+):(\\d+)");

    void write(PrintWriter out) throws IOException {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", SCHEMA).put("version", "2.1.0");
        var run = root.putArray("runs").addObject();
        run.put("columnKind", "unicodeCodePoints");
        var driver = run.putObject("tool").putObject("driver");
        driver.put("name", "portcullis");
        var rules = driver.putArray("rules");
        Lint.concerns().forEach(concern -> rules.add(rule(concern)));
        var results = run.putArray("results");
        findings.forEach(finding -> results.add(result(finding)));
        out.println(
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(root));
    }

    private static ObjectNode rule(Concern concern) {
        var rule = JsonNodeFactory.instance.objectNode();
        rule.put("id", concern.id());
        rule.putObject("shortDescription").put("text", concern.description());
        rule.putObject("defaultConfiguration").put("level", level(concern));
        return rule;
    }

    private ObjectNode result(Finding finding) {
        var result = JsonNodeFactory.instance.objectNode();
        var problem = finding.problem();
        result.put("ruleId", finding.concern().id()).put("level", level(finding.concern()));
        var key = problem.key().isEmpty() ? "" : "`" + problem.key() + "`: ";
        var help = problem.help().isEmpty() ? "" : "; " + problem.help();
        result.putObject("message").put("text", key + problem.message() + help);
        var physical = result.putArray("locations").addObject().putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", file.replace('\\', '/'));
        var place = PLACE.matcher(problem.place());
        if (place.matches()) {
            var region = physical.putObject("region");
            region.put("startLine", Integer.parseInt(place.group(1)))
                    .put("startColumn", Integer.parseInt(place.group(2)));
        }
        return result;
    }

    private static String level(Concern concern) {
        return concern.severity().name().toLowerCase(Locale.ROOT);
    }
}
