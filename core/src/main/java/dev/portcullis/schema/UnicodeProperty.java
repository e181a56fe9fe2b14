package dev.portcullis.schema;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Unicode properties as ECMA-262 names them, and what RE2 calls them. */
final class UnicodeProperty {

    private static final Map<String, String> CATEGORIES = Map.ofEntries(
            Map.entry("Other", "C"),
            Map.entry("Control", "Cc"),
            Map.entry("cntrl", "Cc"),
            Map.entry("Format", "Cf"),
            Map.entry("Private_Use", "Co"),
            Map.entry("Surrogate", "Cs"),
            Map.entry("Letter", "L"),
            Map.entry("Lowercase_Letter", "Ll"),
            Map.entry("Modifier_Letter", "Lm"),
            Map.entry("Other_Letter", "Lo"),
            Map.entry("Titlecase_Letter", "Lt"),
            Map.entry("Uppercase_Letter", "Lu"),
            Map.entry("Mark", "M"),
            Map.entry("Combining_Mark", "M"),
            Map.entry("Spacing_Mark", "Mc"),
            Map.entry("Enclosing_Mark", "Me"),
            Map.entry("Nonspacing_Mark", "Mn"),
            Map.entry("Number", "N"),
            Map.entry("Decimal_Number", "Nd"),
            Map.entry("digit", "Nd"),
            Map.entry("Letter_Number", "Nl"),
            Map.entry("Other_Number", "No"),
            Map.entry("Punctuation", "P"),
            Map.entry("punct", "P"),
            Map.entry("Connector_Punctuation", "Pc"),
            Map.entry("Dash_Punctuation", "Pd"),
            Map.entry("Close_Punctuation", "Pe"),
            Map.entry("Final_Punctuation", "Pf"),
            Map.entry("Initial_Punctuation", "Pi"),
            Map.entry("Other_Punctuation", "Po"),
            Map.entry("Open_Punctuation", "Ps"),
            Map.entry("Symbol", "S"),
            Map.entry("Currency_Symbol", "Sc"),
            Map.entry("Modifier_Symbol", "Sk"),
            Map.entry("Math_Symbol", "Sm"),
            Map.entry("Other_Symbol", "So"),
            Map.entry("Separator", "Z"),
            Map.entry("Line_Separator", "Zl"),
            Map.entry("Paragraph_Separator", "Zp"),
            Map.entry("Space_Separator", "Zs"));
    private static final Set<String> SHORT = Set.copyOf(CATEGORIES.values());

    private UnicodeProperty() {}

    /** The property in RE2; null when RE2 does not have it. */
    static @Nullable String translate(String property, boolean negated, boolean inClass) {
        if (property.equals("ASCII") || property.equals("Any")) {
            return range(property.equals("Any") ? Character.MAX_CODE_POINT : 0x7f, negated, inClass);
        }
        var equals = property.indexOf('=');
        var name = property.substring(0, Math.max(equals, 0));
        var value = property.substring(equals + 1);
        var known = switch (name) {
            case "", "gc", "General_Category" -> SHORT.contains(value) ? value : CATEGORIES.get(value);
            case "sc", "Script" -> value;
            default -> null;
        };
        return known == null ? null : (negated ? "\\P{" : "\\p{") + known + "}";
    }

    private static @Nullable String range(int last, boolean negated, boolean inClass) {
        if (negated && last == Character.MAX_CODE_POINT) {
            return null;
        }
        var hex = Integer.toHexString(negated ? last + 1 : last);
        var members = negated ? "\\x{" + hex + "}-\\x{10ffff}" : "\\x{0}-\\x{" + hex + "}";
        return inClass ? members : "[" + members + "]";
    }
}
