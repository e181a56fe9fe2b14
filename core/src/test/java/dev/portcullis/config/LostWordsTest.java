package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.LostWords.Word;
import org.junit.jupiter.api.Test;

class LostWordsTest {

    @Test
    void findWhatIsLostAndWhereItStands() {
        var documents = LostWords.of("""
                other: { a: {} }
                portcullis:
                  policies.a:
                    cross-site: {}
                    "[x/y]": Off
                    scopes: [yes, "no", 'on']
                ---
                portcullis.policies.b.attacks: {}
                """);

        assertThat(documents).hasSize(2);
        assertThat(documents.get(0).words())
                .containsExactly(
                        new Word("portcullis.policies.a.cross-site", "", 3, 16),
                        new Word("portcullis.policies.a[x/y]", "Off", 4, 13),
                        new Word("portcullis.policies.a.scopes[0]", "yes", 5, 13));
        assertThat(documents.get(1).words()).containsExactly(new Word("portcullis.policies.b.attacks", "", 7, 31));
        assertThat(documents.get(1).first())
                .isGreaterThan(documents.get(0).words().get(2).line());
    }

    @Test
    void findNothingInWhatIsNoYamlOrTooMuchOfIt() {
        assertThat(LostWords.of("a: [")).isEmpty();
        assertThat(LostWords.of("x".repeat(YamlReader.MAX_LENGTH + 1))).isEmpty();
        var doubled = new StringBuilder("portcullis:\n  a0: &a0 [off, off]\n");
        for (var i = 1; i < 40; i++) {
            doubled.append("  a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(LostWords.of(doubled.toString())).isEmpty();
    }

    @Test
    void findThemWhereverAPlainWordMayStand() {
        for (var yaml : new String[] {
            "portcullis: {mode: off}",
            "portcullis: {a: [b,NO]}",
            "portcullis:\n  a: yes",
            "portcullis:\n  a: on\n",
            "portcullis:\n- on\n",
            "portcullis: {a: { # nothing\n  # at all\n }}",
            "portcullis: {a: {\t}}",
            "portcullis:\r\n  a: !!str off\r\n",
            "portcullis: [off]",
            "portcullis: {a: &b off}",
            "portcullis:\n  ? a\n  :\n    off # so\n"
        }) {
            assertThat(LostWords.of(yaml)).as(yaml).hasSize(1);
            assertThat(LostWords.of(yaml).get(0).words()).as(yaml).hasSize(1);
        }
    }
}
