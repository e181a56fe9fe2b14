package dev.portcullis.spring.boot;

import dev.portcullis.config.Word;
import dev.portcullis.spring.AllowFrom;
import dev.portcullis.spring.Authenticated;
import dev.portcullis.spring.AuthorizedBy;
import dev.portcullis.spring.CircuitBreaker;
import dev.portcullis.spring.ConcurrencyLimit;
import dev.portcullis.spring.Cors;
import dev.portcullis.spring.DenyFrom;
import dev.portcullis.spring.Guard;
import dev.portcullis.spring.InspectAttacks;
import dev.portcullis.spring.Public;
import dev.portcullis.spring.RateLimit;
import dev.portcullis.spring.RequireCondition;
import dev.portcullis.spring.RequireRole;
import dev.portcullis.spring.RequireScope;
import dev.portcullis.spring.RequireStepUp;
import dev.portcullis.spring.Sunset;
import dev.portcullis.spring.ValidBody;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.annotation.RepeatableContainers;

/**
 * What the annotations of the application say, as the configuration's words.
 *
 * <p>Annotations are found on the method and on its type, on what they override and implement, and on annotations of these. Those
 * of one element make one policy, but for a stereotype of the application's own, which makes one by itself. Immutable.
 */
final class Words {

    /** All annotations that say something. */
    static final List<Class<? extends Annotation>> TYPES = List.of(
            AllowFrom.class,
            Authenticated.class,
            AuthorizedBy.class,
            CircuitBreaker.class,
            ConcurrencyLimit.class,
            Cors.class,
            DenyFrom.class,
            Guard.class,
            InspectAttacks.class,
            Public.class,
            RateLimit.class,
            RequireCondition.class,
            RequireRole.class,
            RequireScope.class,
            RequireStepUp.class,
            Sunset.class,
            ValidBody.class);

    private final List<String> ways;
    private final Set<String> sharedNames;

    /**
     * A reader of annotations.
     *
     * @param ways the ways to authenticate that are configured
     * @param sharedNames the simple names that several controllers have, so that their rules need the whole name
     */
    Words(List<String> ways, Set<String> sharedNames) {
        this.ways = List.copyOf(ways);
        this.sharedNames = Set.copyOf(sharedNames);
    }

    /** What is said of a handler, the farthest first. */
    List<Word> of(HandlerMethods.Mapped mapped) {
        var words = new ArrayList<Word>();
        words.addAll(of(mapped.type(), mapped));
        words.addAll(of(mapped.written(), mapped));
        return words;
    }

    private List<Word> of(AnnotatedElement element, HandlerMethods.Mapped mapped) {
        var bySource = new LinkedHashMap<Source, List<MergedAnnotation<?>>>();
        for (var annotation : on(element)) {
            if (TYPES.contains(annotation.getType())) {
                bySource.computeIfAbsent(Source.of(annotation), any -> new ArrayList<>())
                        .add(annotation);
            }
        }
        var words = new ArrayList<Word>();
        bySource.forEach((source, annotations) -> words.addAll(words(source, annotations, mapped)));
        Collections.reverse(words);
        return words;
    }

    static MergedAnnotations on(AnnotatedElement element) {
        return MergedAnnotations.from(
                element, SearchStrategy.TYPE_HIERARCHY, RepeatableContainers.standardRepeatables());
    }

    /** Where an annotation was found: the element, and the stereotype that carries it, if any. */
    private record Source(Object element, Class<? extends Annotation> root) {

        static Source of(MergedAnnotation<?> annotation) {
            var root = annotation.getRoot().getType();
            var own = TYPES.contains(root) || root.getPackage().equals(Guard.class.getPackage());
            return new Source(String.valueOf(annotation.getSource()), own ? Guard.class : root);
        }
    }

    private List<Word> words(Source source, List<MergedAnnotation<?>> annotations, HandlerMethods.Mapped mapped) {
        var level = annotations.get(0).getSource() instanceof Method ? Word.Level.METHOD : Word.Level.TYPE;
        var place = place(annotations.get(0));
        var name = source.root == Guard.class ? place : place + "@" + source.root.getSimpleName();
        var words = new ArrayList<Word>();
        var writing = new Writing(ways, mapped.method());
        for (var annotation : annotations) {
            if (annotation.getType() == Guard.class) {
                words.add(new Word.Guard(level, name, annotation.getString("value")));
            } else {
                writing.add(annotation.synthesize());
            }
        }
        if (words.size() < annotations.size()) {
            words.add(new Word.Written(level, name, writing.policy()));
        }
        return words;
    }

    /** The method's name, with its parameters where it is overloaded. */
    private static String nameOf(Method method) {
        var overloads = Stream.of(method.getDeclaringClass().getDeclaredMethods())
                .filter(other -> !other.isBridge() && other.getName().equals(method.getName()));
        return overloads.count() < 2
                ? method.getName()
                : Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    private String place(MergedAnnotation<?> annotation) {
        if (annotation.getSource() instanceof Method method) {
            return nameOf(method.getDeclaringClass()) + "." + nameOf(method);
        }
        return annotation.getSource() instanceof Class<?> type ? nameOf(type) : String.valueOf(annotation.getSource());
    }

    private String nameOf(Class<?> type) {
        return sharedNames.contains(type.getSimpleName()) ? type.getName() : type.getSimpleName();
    }
}
