package dev.portcullis.authz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition as it is written. Immutable. */
sealed interface Syntax {

    /** From which character to which it is written, counted from 0. */
    record Span(int start, int end) {}

    /** Where it is written. */
    Span span();

    default int start() {
        return span().start();
    }

    /** A text, a number, {@code true}, {@code false} or {@code null}. */
    record Literal(Span span, Type type, Object value) implements Syntax {}

    /** A list in brackets. */
    record Items(Span span, List<Syntax> items) implements Syntax {}

    /** A word by itself. */
    record Name(Span span, String name) implements Syntax {}

    /** What has a name in something else, after a dot or in brackets. */
    record Member(Span span, Syntax target, String name) implements Syntax {}

    /** What has a number in something else. */
    record Item(Span span, Syntax target, long index) implements Syntax {}

    /** A function of something, or by itself. */
    record Call(Span span, @Nullable Syntax target, String name, List<Syntax> arguments) implements Syntax {}

    /** What does not hold. */
    record Not(Span span, Syntax inner) implements Syntax {}

    /** Two things and the sign between them. */
    record Pair(Span span, String sign, Syntax left, Syntax right) implements Syntax {}
}
