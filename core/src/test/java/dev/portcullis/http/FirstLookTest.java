package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Header;
import dev.portcullis.fixture.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first look at a head, which spares most heads the second one, tells nothing else than that would. */
class FirstLookTest {

    private static final int ROUNDS = 50_000;
    private static final List<String> NAMES = List.of(
            "Host",
            "Content-Length",
            "Transfer-Encoding",
            "Content-Type",
            "Content-Encoding",
            "Origin",
            "Accept",
            "Cookie",
            "X-HTTP-Method-Override",
            "X-Method-Override",
            "X_Real_IP",
            "X-Custom",
            "Sec-Fetch-Site",
            "Bad Name",
            "\u0141ist",
            "");
    private static final List<String> VALUES =
            List.of("a", "1", "chunked", "shop.example.com", "a\tb", "a\nb", "\u007f", "\u0100", "\u00e9", "gzip", "");

    /** A look at something; null of what is fine. */
    private interface Look {

        @Nullable
        String at(String text);
    }

    private static @Nullable String difference(String alphabet, String prefix, Look first, Look second) {
        var random = Seeds.random(FirstLookTest.class);
        for (var i = 0; i < ROUNDS; i++) {
            var text = new StringBuilder(prefix);
            for (var left = random.nextInt(8); left > 0; left--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            if (!Objects.equals(first.at(text.toString()), second.at(text.toString()))) {
                return text.toString();
            }
        }
        return null;
    }

    private static String printable() {
        return IntStream.range(' ', 0x7f).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static @Nullable String inPaths(Look first) {
        return difference(
                printable() + "a".repeat(60) + "....///%2e\\\u0001\u007f\u00e9\u0161\u0261",
                "/",
                first,
                Ambiguity::closely);
    }

    private static @Nullable String inQueries(Look first) {
        return difference(
                printable() + "a".repeat(60) + "==&&___%5f\t\u0001\u007f\u00e9\u0161\u0261",
                "",
                first,
                QueryText::closely);
    }

    @Test
    void tellsOfPathsWhatTheSecondTells() {
        assertThat(inPaths(Ambiguity::of)).isNull();
        assertThat(Ambiguity.of("/a\u0261")).isNotNull();
    }

    @Test
    void aLookAtPathsThatPassesDotsIsFoundOut() {
        assertThat(inPaths(path -> path.contains("/.") ? null : Ambiguity.of(path)))
                .isNotNull();
    }

    @Test
    void tellsOfQueriesWhatTheSecondTells() {
        assertThat(inQueries(QueryText::trouble)).isNull();
        assertThat(QueryText.trouble("_method=PUT")).isEqualTo(QueryText.closely("_method=PUT"));
        assertThat(QueryText.trouble("a_method=PUT")).isNull();
        assertThat(QueryText.trouble("a&".repeat(Parameters.MAX_PAIRS))).isNull();
        assertThat(QueryText.trouble("a&".repeat(Parameters.MAX_PAIRS + 1))).isNotNull();
    }

    @Test
    void aLookAtQueriesThatPassesWhatIsNotEncodedIsFoundOut() {
        assertThat(inQueries(query -> query.matches("[^%]*") ? null : QueryText.trouble(query)))
                .isNotNull();
    }

    @Test
    void tellsOfFieldsTheSameHoweverTheirNamesAreWritten() {
        assertThat(inFields(FirstLookTest::strange)).isNull();
    }

    @Test
    void fieldsUnderOtherNamesAreFoundOut() {
        assertThat(inFields(name -> name.startsWith("Host") ? "Guest" : name)).isNotNull();
    }

    /** A name in letters of a size in which nobody writes it. */
    private static String strange(String name) {
        return name.isEmpty()
                ? name
                : name.substring(0, 1).toLowerCase(Locale.ROOT)
                        + name.substring(1).toUpperCase(Locale.ROOT);
    }

    private static @Nullable String inFields(UnaryOperator<String> written) {
        var random = Seeds.random("FirstLookTest.fields");
        for (var i = 0; i < ROUNDS; i++) {
            var usual = new ArrayList<Header>();
            var other = new ArrayList<Header>();
            for (var left = random.nextInt(5); left > 0; left--) {
                var name = pick(NAMES, random);
                var value = pick(VALUES, random);
                usual.add(new Header(name, value));
                other.add(new Header(written.apply(name), value));
            }
            if (!Objects.equals(HeaderLines.trouble(usual), HeaderLines.trouble(other))) {
                return usual.toString();
            }
        }
        return null;
    }

    private static String pick(List<String> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }

    @Test
    void knowsOnlyNamesThatNothingIsWrongWith() {
        assertThat(FieldNames.find("Accept")).isNotNull();
        assertThat(FieldNames.find("accept")).isNotNull();
        assertThat(FieldNames.find("aCCEPT")).isNull();
        for (var name : FieldNames.all()) {
            assertThat(Token.is(name) && !name.contains("_")).as(name).isTrue();
        }
    }
}
