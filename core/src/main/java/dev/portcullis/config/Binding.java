package dev.portcullis.config;

import dev.portcullis.config.Tree.Items;
import dev.portcullis.config.Tree.Member;
import dev.portcullis.config.Tree.Members;
import dev.portcullis.config.Tree.Text;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the tree of a policy file into the records of the configuration. Used once, by one thread. */
final class Binding implements Places {

    private final Problems problems;
    private final Map<String, String> places;
    private final Set<String> variable = new HashSet<>();
    private final Variables variables;
    private final String file;

    Binding(String file, Variables variables) {
        this.file = file;
        this.variables = variables;
        this.places = new TreeMap<>();
        this.problems = new Problems(this);
    }

    /** Where a key is written, or the nearest part around it; empty for what is no key of a configuration. */
    @Override
    public String of(String key) {
        for (var at = key; !at.isEmpty(); at = parentOf(at)) {
            var place = places.get(at);
            if (place != null) {
                return place;
            }
        }
        return Keys.isKnown(key) ? places.getOrDefault("", file + ":1:1") : "";
    }

    @Override
    public boolean isVariable(String key) {
        return variable.contains(key);
    }

    private static String parentOf(String key) {
        return key.substring(0, Math.max(0, Math.max(key.lastIndexOf('.'), key.lastIndexOf('['))));
    }

    List<Problem> problems() {
        return problems.found();
    }

    <T extends Record> @Nullable T bind(Class<T> type, Tree tree, String key) {
        places.putIfAbsent(key, file + ":" + tree.place());
        var members = membersOf(tree, key);
        return members == null ? null : record(type, members, key);
    }

    private @Nullable Map<String, Tree> membersOf(Tree tree, String key) {
        if (!(tree instanceof Members members)) {
            problems.add(key, "a " + (tree instanceof Items ? "list" : "single value"), "write keys with values here");
            return null;
        }
        var values = new LinkedHashMap<String, Tree>();
        for (var member : members.members()) {
            take(member, key, values);
        }
        return values;
    }

    private void take(Member member, String key, Map<String, Tree> values) {
        var name = member.key().value();
        var inner = key.isEmpty() ? name : key + "." + name;
        var before = of(inner);
        if (values.putIfAbsent(name, member.value()) != null) {
            note(inner, member.key().place());
            problems.add(inner, "written twice (first at " + before + ")", "remove one of the two");
            return;
        }
        note(
                inner,
                member.value() instanceof Text text && !text.isNothing()
                        ? text.place()
                        : member.key().place());
    }

    private <T extends Record> T record(Class<T> type, Map<String, Tree> values, String key) {
        var components = type.getRecordComponents();
        var arguments = new ArrayList<@Nullable Object>();
        var known = new ArrayList<String>();
        for (var component : components) {
            var name = Keys.nameOf(component);
            known.add(name);
            var tree = values.get(name);
            arguments.add(tree == null ? null : value(component.getGenericType(), tree, join(key, name)));
        }
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(join(key, name), "no such key", Unknown.help(name, known)));
        return make(type, components, arguments);
    }

    private static <T extends Record> T make(
            Class<T> type, RecordComponent[] components, List<@Nullable Object> arguments) {
        var types = new Class<?>[components.length];
        for (var i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the records of the configuration have public constructors", e);
        }
    }

    private @Nullable Object value(Type type, Tree tree, String key) {
        if (tree instanceof Text text && text.isNothing()) {
            problems.add(key, "no value", "give it a value, or remove the key");
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            var inner = generic.getActualTypeArguments();
            return inner.length == 1 ? list(inner[0], tree, key) : map(inner[1], tree, key);
        }
        return type == String.class ? text(tree, key) : bind(((Class<?>) type).asSubclass(Record.class), tree, key);
    }

    private @Nullable List<Object> list(Type type, Tree tree, String key) {
        if (!(tree instanceof Items list)) {
            problems.add(key, "not a list", "write a list: `[first, second]`, or one item a line after `- `");
            return null;
        }
        var values = new ArrayList<Object>();
        for (var i = 0; i < list.items().size(); i++) {
            var item = list.items().get(i);
            var inner = key + "[" + i + "]";
            note(inner, item.place());
            var value = value(type, item, inner);
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    private @Nullable Map<String, Object> map(Type type, Tree tree, String key) {
        var members = membersOf(tree, key);
        if (members == null) {
            return null;
        }
        var values = new LinkedHashMap<String, Object>();
        members.forEach((name, member) -> {
            var value = value(type, member, join(key, name));
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    private @Nullable String text(Tree tree, String key) {
        if (!(tree instanceof Text text)) {
            problems.add(key, tree instanceof Items ? "a list" : "more keys", "write a single value");
            return null;
        }
        if (Variables.areAlone(text.value())) {
            variable.add(key);
        }
        var missing = new ArrayList<String>();
        var value = variables.replace(text.value(), missing);
        if (!missing.isEmpty()) {
            problems.add(key, "no value for `" + String.join("`, `", missing) + "`", Variables.help(missing));
        }
        return value;
    }

    private static String join(String key, String name) {
        return key.isEmpty() ? name : key + "." + name;
    }

    private void note(String key, String place) {
        places.put(key, file + ":" + place);
    }
}
