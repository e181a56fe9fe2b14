package dev.portcullis.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import dev.portcullis.TrustedBase;
import org.jspecify.annotations.Nullable;

/** A pattern that is searched in time linear in the text, and not at all in a text that would take too long. Immutable. */
@TrustedBase
final class LinearPattern implements RegularExpression {

    /** The most steps of one search: characters times the size of the pattern. */
    static final long MAX_WORK = 10_000_000;

    private final Pattern pattern;
    private final @Nullable PlainPattern plain;

    private LinearPattern(Pattern pattern, @Nullable PlainPattern plain) {
        this.pattern = pattern;
        this.plain = plain;
    }

    /**
     * The pattern of a schema, in the syntax of ECMA-262.
     *
     * @throws IllegalArgumentException when it is none, or none that can be matched in linear time
     */
    static LinearPattern compile(String text) {
        try {
            var read = EcmaPattern.parse(text);
            return new LinearPattern(Pattern.compile(read.re2()), read.plain());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("pattern: `" + text + "` (" + e.getDescription() + ")", e);
        }
    }

    /**
     * Tells whether the pattern is found anywhere in the text.
     *
     * @throws TooCostly when that would take too long to tell
     */
    @Override
    public boolean matches(String text) {
        if ((long) text.length() * pattern.programSize() > MAX_WORK) {
            throw new TooCostly("a text is too long for a pattern");
        }
        var told = plain == null ? PlainPattern.Told.NOTHING : plain.match(text);
        return told == PlainPattern.Told.NOTHING ? pattern.matcher(text).find() : told == PlainPattern.Told.MATCHES;
    }
}
