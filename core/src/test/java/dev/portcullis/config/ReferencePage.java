package dev.portcullis.config;

import java.util.Locale;
import java.util.stream.Collectors;

/** The page that lists every key. */
final class ReferencePage {

    private static final String HEAD = """
      # Configuration

      <!-- Generated from the records in dev.portcullis.config; a test fails when it is stale and says how to write it anew. -->

      The same tree is written under `portcullis:` in a policy file (`portcullis.yml`) or under `portcullis.*` in an application's
      own properties. `*` stands for a name of your choice, `[]` for an item of a list. Sizes are bytes or numbers with `KB`, `MB`,
      `GB` (64KB is 65536 bytes); durations are numbers with `ms`, `s`, `m`, `h`, `d`, or ISO 8601 (`PT1M`). In a policy file
      `${NAME}` and `${NAME:default}` stand for environment variables. An unknown key, a key that is written twice and a value that
      cannot be read stop the start; all problems are reported at once, each with its place and what to do about it.
      `portcullis lint FILE` reports them without a start, and `portcullis.schema.json` beside this page lets editors complete keys.

      ## Modes

      The nearest `mode` holds: that of a part, else that of its policy, else that at the top, else `enforce`. So `mode: observe` at the
      top rehearses everything, but for what says `mode: enforce` itself. `authenticate` has the mode of its policy; authorization
      cannot be enforced where authentication is only observed. Ambiguous paths and malformed heads are denied wherever anything at
      all is enforced.

      ## Paths and methods

      The policy with the most specific path covers a request: text comes before `{name}` and `*`, and these before `**`, from the left.
      Two policies that cannot be told apart stop the start, unless they are for different methods. A method for which no policy
      covers a path that enforced policies cover for other methods is answered with 405, whatever `otherwise` says.

      ## Rules

      Operators see rules by these names: `protocol`, `POLICY.cors`, `POLICY.ip`, `POLICY.rate-limit.NAME`, `POLICY.cors-preflight`,
      `POLICY.authentication`, `POLICY.authorization`, `POLICY.condition`, `POLICY.authorizer`, `POLICY.body`, `POLICY.schema`,
      `POLICY.attacks`, `POLICY.revocation`, `denials`, `internal-paths`, `other-methods`, `otherwise`.
      Limits of one policy that count by the same key are one rule, whose name holds all of theirs: `POLICY.rate-limit.burst+hourly`.
      Limits by keys that need no identity (`address`, `route`, `header:NAME`, `global`) are asked before authentication.

      ## Keys

      | key | value | default | meaning |
      |---|---|---|---|
      """;

    private ReferencePage() {}

    static String text() {
        return HEAD + Keys.all().stream().map(ReferencePage::row).collect(Collectors.joining());
    }

    private static String row(Keys.Entry key) {
        return "| `%s` | %s | %s | %s |\n".formatted(key.path(), value(key), key.defaultValue(), key.description());
    }

    private static String value(Keys.Entry key) {
        if (!key.oneOf().isEmpty()) {
            return key.oneOf().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        }
        return key.type() == Key.Type.PART ? "" : key.type().name().toLowerCase(Locale.ROOT);
    }
}
