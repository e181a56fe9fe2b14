package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaConcernsTest {

    private static List<String> said(String schema) {
        var yaml = "policies: { a: { paths: [/a], body: { schema: '" + schema + "' } } }";
        return Lint.of(Gates.file(yaml), Resources.in(Path.of(""), SchemaConcernsTest.class.getClassLoader())).stream()
                .filter(finding -> finding.concern().id().equals("unknown-schema-word"))
                .map(finding -> finding.problem().key() + ": "
                        + finding.problem().message() + "; " + finding.problem().help())
                .toList();
    }

    @Test
    void findWordsThatDoNothing() {
        assertThat(
                        said(
                                "{\"properties\":{\"name\":{\"type\":\"string\",\"minLenght\":3}},\"items\":[{\"nullable\":true}]}"))
                .containsExactly(
                        "policies.a.body.schema: `/items/0/nullable` is no word of JSON Schema, and does nothing; remove"
                                + " it, or let it begin with `x-`",
                        "policies.a.body.schema: `/properties/name/minLenght` is no word of JSON Schema, and does"
                                + " nothing; did you mean `minLength`?");
    }

    @Test
    void leaveAloneWhatIsMeantSoAndWhatIsAName() {
        assertThat(said("{\"x-owner\":\"shop\",\"$comment\":\"minLenght\",\"example\":1,"
                        + "\"properties\":{\"minLenght\":{\"type\":\"string\",\"const\":{\"minLenght\":1}}}}"))
                .isEmpty();
    }

    @Test
    void areNoneWhereTheSchemaCannotBeRead() {
        assertThat(said("{\"type\":")).isEmpty();
        assertThat(said("{\"type\":7,\"minlength\":1}")).isEmpty();
    }
}
