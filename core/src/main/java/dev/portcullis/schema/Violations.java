package dev.portcullis.schema;

import com.networknt.schema.Error;
import dev.portcullis.Reply;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict.Evidence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells what is wrong with a body: the client in the schema's own words, the operator in the client's. */
@TrustedBase
final class Violations {

    /** The most that are told. */
    static final int MAX_COUNT = 20;

    private static final int MAX_DETAIL = 1_000;
    private static final Set<String> MISSING = Set.of("required", "dependentRequired");
    private static final String ANY_NAME = "*";

    private final Set<String> names;

    Violations(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** What the client sees: places as far as the schema names them, {@code *} for other names, and keywords. */
    List<Reply.Violation> told(List<Error> errors) {
        var told = new LinkedHashSet<Reply.Violation>();
        for (var i = 0; i < errors.size() && told.size() < MAX_COUNT; i++) {
            var error = errors.get(i);
            told.add(new Reply.Violation(pointer(error), error.getKeyword()));
        }
        return List.copyOf(told);
    }

    private String pointer(Error error) {
        var pointer = new StringBuilder();
        var place = error.getInstanceLocation();
        for (var i = 0; i < place.getNameCount(); i++) {
            pointer.append('/').append(segment(place.getElement(i)));
        }
        if (MISSING.contains(error.getKeyword()) && error.getProperty() != null) {
            pointer.append('/').append(segment(error.getProperty()));
        }
        return pointer.toString();
    }

    private String segment(Object element) {
        if (element instanceof Integer index) {
            return index.toString();
        }
        var name = element.toString();
        return names.contains(name) ? name.replace("~", "~0").replace("/", "~1") : ANY_NAME;
    }

    /** What the operator sees: the places as the client named them, and the keywords. */
    Evidence evidence(List<Error> errors) {
        var detail = new StringBuilder();
        for (var i = 0; i < errors.size() && i < MAX_COUNT && detail.length() < MAX_DETAIL; i++) {
            var error = errors.get(i);
            detail.append(i == 0 ? "" : "; ")
                    .append(error.getInstanceLocation())
                    .append(error.getProperty() == null ? "" : "/" + error.getProperty())
                    .append(' ')
                    .append(error.getKeyword());
        }
        detail.setLength(Math.min(detail.length(), MAX_DETAIL));
        return Evidence.of(JsonBody.SCHEMA_VIOLATION, detail.toString());
    }
}
