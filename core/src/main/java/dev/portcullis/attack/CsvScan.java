package dev.portcullis.attack;

import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a table apart that is text: values that stand between commas, semicolons or tabs, in quotes or not (RFC 4180). Each is looked at as a value of
 * its own, with the name that the first line gives its column. Reads any text.
 */
@TrustedBase
final class CsvScan {

    /** How many columns have a name. */
    private static final int MOST_NAMES = 256;

    private static final int LONGEST_NAME = 64;

    private final Inspection inspection;
    private final String text;
    private final char separator;
    private final List<String> names = new ArrayList<>();
    private int at;

    private CsvScan(Inspection inspection, String text, char separator) {
        this.inspection = inspection;
        this.text = text;
        this.separator = separator;
    }

    static Verdict.@Nullable Deny of(Inspection inspection, String text, boolean tabs) {
        return new CsvScan(inspection, text, tabs ? '\t' : separator(text)).read();
    }

    /** The first of the marks, of those that separate, which stands outside of quotes in the first line. */
    private static char separator(String text) {
        for (var mark : ",;\t".toCharArray()) {
            var quoted = false;
            for (var i = 0; i < text.length() && (quoted || text.charAt(i) != '\n'); i++) {
                quoted ^= text.charAt(i) == '"';
                if (!quoted && text.charAt(i) == mark) {
                    return mark;
                }
            }
        }
        return ',';
    }

    private Verdict.@Nullable Deny read() {
        Verdict.Deny deny = null;
        for (int line = 0, column = 0; at < text.length() && deny == null; at++) {
            var cell = cell();
            deny = inspection.look(Place.TEXT, line > 0 && column < names.size() ? names.get(column) : "", cell);
            if (line == 0 && column < MOST_NAMES) {
                names.add(cell.length() > LONGEST_NAME ? "" : cell.strip());
            }
            var more = at < text.length() && text.charAt(at) == separator;
            column = more ? column + 1 : 0;
            line += more ? 0 : 1;
        }
        return deny;
    }

    /** The value that begins here; behind it stands a separator, the end of the line or of the text. */
    private String cell() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        var from = at;
        end();
        var to = at > from && text.charAt(at - 1) == '\r' ? at - 1 : at;
        return text.substring(from, to);
    }

    private void end() {
        while (at < text.length() && text.charAt(at) != separator && text.charAt(at) != '\n') {
            at++;
        }
    }

    /** The value in quotes, of which two in a row mean one, with what stands behind them as many readers take it. */
    private String quoted() {
        var value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) == '"' && (++at >= text.length() || text.charAt(at) != '"')) {
                break;
            }
            value.append(text.charAt(at));
        }
        var from = Math.min(at, text.length());
        end();
        return value.append(text, from, at).toString();
    }
}
