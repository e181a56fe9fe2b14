package dev.portcullis.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what is derived beside binders that the application sets, and of lists in forms, against Spring itself. */
class DerivedBindersTest {

    private static final Class<?>[] HANDLERS = {
        BinderHandlers.Plain.class,
        BinderHandlers.Named.class,
        BinderHandlers.Edited.class,
        BinderHandlers.Asking.class,
        BinderHandlers.Judged.class,
        BinderHandlers.Prepared.class
    };
    private static final String POLICY =
            "portcullis: { policies: { all: { paths: [/**], public: true, derive: { mode: %s } } } }\n";

    private static Booted open;
    private static Booted held;
    private static Booted strict;

    @BeforeAll
    static void start() throws IOException {
        open = Booted.with(POLICY.formatted("off"), HANDLERS);
        held = Booted.with(POLICY.formatted("enforce"), HANDLERS);
        strict = Booted.with(POLICY.formatted("enforce, unknown-parameters: deny"), HANDLERS);
    }

    @AfterAll
    static void stop() {
        open.close();
        held.close();
        strict.close();
    }

    private static int post(Booted app, String path, String body) throws IOException {
        return app.http().post(path, "application/x-www-form-urlencoded", body).status();
    }

    private static final List<String> PATHS =
            List.of("plain", "seen", "without", "only", "trimmed", "asking", "judged", "prepared", "beside");
    private static final List<String> NAMES = List.of(
            "id",
            "title",
            "rank",
            "rows[0].name",
            "rows[3].count",
            "rows[0].none",
            "rows",
            "rows[]",
            "marks",
            "marks[0]",
            "marks[]",
            "marks[x]",
            "_marks",
            "_rows[0].name",
            "!rows[0].count",
            "one",
            "one.name",
            "one.count",
            "_one.count",
            "none");
    private static final List<String> TEXTS =
            List.of("", "%20", "1", "7", "-3", "1,2", "a", "abc", "abcdef", "%20ab%20", "on");

    private static final List<String> WITHIN = List.of(
            "counts[a]",
            "counts['a.b']",
            "counts",
            "counts[a][b]",
            "_counts[a]",
            "named[a].count",
            "named[a].tags[1]",
            "named[a].tags",
            "named[a].none",
            "named[a]",
            "grid[0][1]",
            "grid[0]",
            "grid",
            "grid[0][]",
            "rows[1].tags[0]",
            "rows[1].tags",
            "rows[1].tags[]");

    @Test
    void whatSpringBindsToMapsAndListsOfListsIsLetThrough() throws IOException {
        var wrong = new ArrayList<String>();
        var taken = 0;
        for (var path : List.of("plain", "without")) {
            for (var name : WITHIN) {
                for (var text : TEXTS) {
                    var body = name + "=" + text;
                    if (post(open, "/sheets/" + path, body) == 200) {
                        taken++;
                        if (post(held, "/sheets/" + path, body) != 200) {
                            wrong.add(path + " " + body);
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(taken).isGreaterThan(100);
    }

    @Test
    void whatSpringBindsIsLetThrough() throws IOException {
        var wrong = new ArrayList<String>();
        var taken = 0;
        for (var path : PATHS) {
            for (var name : NAMES) {
                for (var text : TEXTS) {
                    for (var body : List.of(name + "=" + text, name + "=" + text + "&" + name + "=" + text)) {
                        if (post(open, "/sheets/" + path, body) == 200) {
                            taken++;
                            if (post(held, "/sheets/" + path, body) != 200) {
                                wrong.add(path + " " + body);
                            }
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(taken).isGreaterThan(1500);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, rows[0].count=x, rows[*].count",
        "plain, marks[1]=x, marks[*]",
        "plain, counts[a]=x, counts[*]",
        "plain, named[a].count=x, named[*].count",
        "plain, grid[0][1]=x, grid[*][*]",
        "plain, rows[1].tags[0]=x, rows[*].tags[*]",
        "plain, title=abcdef, title",
        "without, rank=x, rank",
        "without, rank=7, rank",
        "only, rank=x, rank",
        "number?number=ff&rank=x, a=b, rank",
        "trimmed, rank=x, rank",
        "prepared, rank=x, rank",
        "beside, title=abcdef, title"
    })
    void whatSpringWouldFindWantingIsDenied(String path, String body, String name) throws IOException {
        assertThat(post(open, "/sheets/" + path, body)).isEqualTo(400);
        var reply = held.http()
                .send("POST /sheets/" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
        assertThat(reply.text()).contains("invalid-parameter", "/query/" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "seen, rank=x, 200",
        "seen, title=abcdef, 200",
        "without, id=x, 200",
        "without, one.count=x, 200",
        "only, id=x, 200",
        "number?number=ff, a=b, 200",
        "trimmed, title=%20%20ab%20%20, 200",
        "prepared, title=abcdef, 200"
    })
    void whatTheApplicationBindsInAWayOfItsOwnIsLeftToIt(String path, String body, int status) throws IOException {
        assertThat(post(open, "/sheets/" + path, body)).isEqualTo(status);
        assertThat(post(held, "/sheets/" + path, body)).isEqualTo(status);
    }

    @Test
    void constraintsOfAValidatorThatWasReplacedAreNotAsked() throws IOException {
        assertThat(post(held, "/sheets/judged", "title=abcdef")).isEqualTo(200);
        for (var body : List.of("{\"title\":\"abcdef\"}", "{\"rank\":\"x\"}")) {
            var request = "POST /sheets/body HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            assertThat(held.http().send(request).status())
                    .isEqualTo(open.http().send(request).status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plain, title=a&rows[0].name=b&_rows[0].name=&marks[0]=1&marks[]=2&one.name=c&_one.name=on, 200",
        "plain, counts[a]=1&counts['b.c']=2&named[x].count=3&named[x].tags[0]=1&grid[1][0]=4&rows[0].tags[1]=5&rows[0].tags=6&rows[2].tags[]=7&grid[0][]=8&named[y].tags[]=9, 200",
        "plain, counts[a].admin=true, 400",
        "plain, named[x].admin=true, 400",
        "plain, admin=true, 400",
        "plain, rows[0].admin=true, 400",
        "seen, title=abcdef&rows[7].count=x, 200",
        "seen, admin=true, 400",
        "prepared, admin=true, 200"
    })
    void namesAreKnownWhateverTheValues(String path, String body, int status) throws IOException {
        assertThat(post(strict, "/sheets/" + path, body)).isEqualTo(status);
    }
}
