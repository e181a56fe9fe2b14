package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.portcullis.fixture.Seeds;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is printed and read again is what it was; and whatever is read, is read or is a problem. */
class RoundTripTest {

    private static final int ROUNDS = 500;
    private static final List<String> PIECES = List.of(
            "a", "B", "7", "-", "_", " ", ":", "#", "*", "&", "!", "|", ">", "'", "\"", "\\", "{", "}", "[", "]", ",",
            "?", "%", "@", "`", "$", "\n", "\t", "~", "null", "true", "ä", "€", "/", "<<", "---", "...");

    private final SplittableRandom random = Seeds.random(RoundTripTest.class);

    @Test
    void readsWhatWasPrinted() throws Exception {
        for (var i = 0; i < ROUNDS; i++) {
            var written = (Configuration) record(Configuration.class);
            var yaml = print(written);
            var file = PolicyFile.parse("p.yml", yaml, name -> null);
            assertThat(file.problems()).as(yaml).isEmpty();
            assertThat(file.configuration()).as(yaml).isEqualTo(written);
        }
    }

    @Test
    void readsOrFindsAProblemInWhateverIsWritten() {
        var gates = 0;
        for (var i = 0; i < ROUNDS; i++) {
            gates += build(mutated(DesignExampleTest.YAML.formatted("0".repeat(64))));
        }
        assertThat(gates).isPositive().isLessThan(ROUNDS);
    }

    private static int build(String yaml) {
        try {
            Gate.builder(PolicyFile.parse("p.yml", yaml, name -> null))
                    .resources(Schemas.of(Map.of("classpath:schemas/order.json", "{}")))
                    .build()
                    .close();
            return 1;
        } catch (ConfigurationException e) {
            assertThat(e.problems())
                    .isNotEmpty()
                    .allSatisfy(problem ->
                            assertThat(problem.message()).isNotBlank().doesNotContain("\n"));
            return 0;
        }
    }

    private String mutated(String yaml) {
        var text = new StringBuilder(yaml);
        for (var i = random.nextInt(4); i >= 0; i--) {
            var at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(6)));
                default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
            }
        }
        return text.toString();
    }

    private Object record(Class<?> type) throws ReflectiveOperationException {
        var components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        var values = new Object[components.length];
        for (var i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = random.nextInt(3) == 0 ? null : value(components[i].getGenericType());
        }
        return type.getDeclaredConstructor(types).newInstance(values);
    }

    private Object value(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            var list = new ArrayList<Object>();
            var map = new LinkedHashMap<String, Object>();
            for (var i = random.nextInt(3); i > 0; i--) {
                var inner = value(arguments[arguments.length - 1]);
                list.add(inner);
                map.put(text(), inner);
            }
            return generic.getRawType() == Map.class ? map : list;
        }
        return type == String.class ? text() : record((Class<?>) type);
    }

    private String text() {
        var text = new StringBuilder();
        for (var i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString().replace("${", "$ {");
    }

    private static String print(Object value) throws ReflectiveOperationException {
        if (value instanceof String text) {
            return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
        }
        if (value instanceof List<?> list) {
            var items = new ArrayList<String>();
            for (var item : list) {
                items.add(print(item));
            }
            return "[" + String.join(", ", items) + "]";
        }
        var members = value instanceof Map<?, ?> map ? map : parts((Record) value);
        var lines = new ArrayList<String>();
        for (var member : members.entrySet()) {
            lines.add(print(String.valueOf(member.getKey())) + ": " + print(member.getValue()));
        }
        return lines.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    private static Map<?, ?> parts(Record written) throws ReflectiveOperationException {
        var parts = new LinkedHashMap<String, Object>();
        for (var component : written.getClass().getRecordComponents()) {
            var value = component.getAccessor().invoke(written);
            if (value != null) {
                parts.put(Keys.nameOf(component), value);
            }
        }
        return parts;
    }
}
