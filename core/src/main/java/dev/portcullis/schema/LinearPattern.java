package dev.portcullis.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import dev.portcullis.TrustedBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pattern that is searched in time linear in the text, and not at all in a text that would take too long. Immutable. */
@TrustedBase
final class LinearPattern implements RegularExpression {

    /** The most steps of one search: characters times the size of the pattern. */
    static final long MAX_WORK = 10_000_000;

    private final List<Branch> branches;
    private final long size;
    private final @Nullable PlainPattern plain;
    private final @Nullable LookingPattern looking;

    /** Something that must be found, or must not. */
    private record Search(Pattern pattern, boolean negated) {

        boolean holds(String text) {
            return pattern.matcher(text).find() != negated;
        }
    }

    /** What must hold of a text, and how long it may be. */
    private record Branch(List<Search> searches, int least, int most) {

        static Branch of(EcmaOutput.Branch branch) {
            var searches = branch.conditions().stream()
                    .map(condition -> new Search(Pattern.compile(condition.re2()), condition.negated()))
                    .toList();
            return new Branch(searches, branch.least(), branch.most());
        }

        boolean holds(String text) {
            if (least > 0 || most >= 0) {
                var length = text.codePointCount(0, text.length());
                if (length < least || most >= 0 && length > most) {
                    return false;
                }
            }
            for (var search : searches) {
                if (!search.holds(text)) {
                    return false;
                }
            }
            return true;
        }

        long size() {
            return searches.stream()
                    .mapToLong(search -> search.pattern.programSize())
                    .sum();
        }
    }

    private LinearPattern(List<Branch> branches, @Nullable PlainPattern plain) {
        this.branches = branches;
        this.plain = plain;
        this.looking = null;
        this.size = branches.stream().mapToLong(Branch::size).sum();
    }

    private LinearPattern(LookingPattern looking) {
        this.branches = List.of();
        this.plain = null;
        this.looking = looking;
        this.size = looking.size();
    }

    /**
     * The pattern of a schema, in the syntax of ECMA-262.
     *
     * @throws IllegalArgumentException when it is none, or none that can be matched in linear time
     */
    static LinearPattern compile(String text) {
        try {
            var read = EcmaPattern.parse(text);
            var looking = read.looking();
            if (looking != null) {
                return new LinearPattern(looking);
            }
            return new LinearPattern(read.branches().stream().map(Branch::of).toList(), read.plain());
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
        if (text.length() * size > MAX_WORK) {
            throw new TooCostly("a text is too long for a pattern");
        }
        if (looking != null) {
            return looking.isFound(text);
        }
        var told = plain == null ? PlainPattern.Told.NOTHING : plain.match(text);
        return told == PlainPattern.Told.NOTHING ? isFound(text) : told == PlainPattern.Told.MATCHES;
    }

    private boolean isFound(String text) {
        for (var branch : branches) {
            if (branch.holds(text)) {
                return true;
            }
        }
        return false;
    }
}
