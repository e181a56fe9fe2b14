package dev.portcullis.respond.leak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeaksTest {

    private static final String CARD = "4111111111111111";

    /** A text with the kind of leak that is in it; empty where there is none. */
    record Row(String id, String text) {

        /** The secrets are put together here, or whoever scans this repository would find them. */
        static Row of(String id, String... parts) {
            return new Row(id, String.join("", parts));
        }
    }

    static List<Row> caught() {
        return List.of(
                Row.of("payment-card", "4111 1111 1111 1111"),
                Row.of("payment-card", "{\"pan\":\"5555-5555-5555-4444\"}"),
                Row.of("payment-card", "{\"pan\":4111111111111111}"),
                Row.of("payment-card", "Amex 378282246310005."),
                Row.of("payment-card", "3782 822463 10005"),
                Row.of("payment-card", "6011111111111117,30569309025904"),
                Row.of("payment-card", "<td>3530111333300000</td>"),
                Row.of("payment-card", "{\"cardId\":\"2223003122003222\"}"),
                Row.of("payment-card", "\\n4111111111111111\\n"),
                Row.of("payment-card", "{\"paid\":4111111111111111}"),
                Row.of("private-key", "-----BEGIN ", "PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END "),
                Row.of("private-key", "\"-----BEGIN RSA ", "PRIVATE KEY-----\\r\\nMIIEvQIBADANBgkqhkiG9w0\""),
                Row.of("private-key", "-----BEGIN OPENSSH ", "PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA"),
                Row.of("jwt", "eyJhbGciOiJub25lIn0", ".eyJzdWIiOiJhbm4ifQ", ".c2lnbmF0dXJl"),
                Row.of("jwt", "Bearer eyJhbGciOiJkaXIiLCJlbmMi", "..aXZpdml2aXZpdg.Y2lwaGVydGV4dA.dGFn"),
                Row.of("own-api-key", "key=", ownKey()),
                Row.of("url-password", "postgresql://shop:s3cr3t", "@db.internal:5432/orders"),
                Row.of("stack-trace", "\tat com.example.Orders.find(Orders.java:42)\n"),
                Row.of("stack-trace", "{\"trace\":\"x\\n\\tat java.base/java.lang.Thread.run(Thread.java:840)\"}"),
                Row.of("stack-trace", "    at com.example.Orders$$Lambda/0x01.get(Unknown Source)"),
                Row.of("stack-trace", "   at Shop.Orders.Find(Int32 id) in C:\\app\\Orders.cs:line 12"),
                Row.of("stack-trace", "    at find (/app/orders.js:12:5)"),
                Row.of("stack-trace", "Traceback (most recent call last):"),
                Row.of("stack-trace", "  File \"/app/orders.py\", line 42, in find"),
                Row.of(
                        "stack-trace",
                        "{\"e\":\"\\n  File \\\"/app/orders.py\\\", line 42, in find\"}".replace("\\\\\"", "\\\"")),
                Row.of("stack-trace", "#0 /app/orders.php(42): find()"),
                Row.of("database-error", "ORA-00942: table or view does not exist"),
                Row.of("database-error", "ERROR: syntax error at or near \"x\""),
                Row.of("database-error", "SQLSTATE[42S02]: Base table or view not found"),
                Row.of("aws-key", "AKIA", "IOSFODNN7EXAMPLE"),
                Row.of("github-token", "ghp_", "a".repeat(36)),
                Row.of("gitlab-token", "glpat-", "a".repeat(20)),
                Row.of("slack-token", "xoxb-", "1".repeat(24)),
                Row.of("stripe-key", "sk_live_", "a".repeat(24)),
                Row.of("google-key", "AIza", "b".repeat(35)),
                Row.of("npm-token", "npm_", "c".repeat(36)),
                Row.of("pypi-token", "pypi-AgE", "d".repeat(60)),
                Row.of("sendgrid-key", "SG.", "e".repeat(22), ".", "f".repeat(43)),
                Row.of("ai-key", "sk-ant-", "g".repeat(40)),
                Row.of("azure-key", "AccountKey=", "h".repeat(86), "=="),
                Row.of("digitalocean-token", "dop_v1_", "a".repeat(64)),
                Row.of("shopify-token", "shpat_", "b".repeat(32)),
                Row.of("vault-token", "hvs.", "j".repeat(24)));
    }

    /** A key as the command line makes them. */
    private static String ownKey() {
        var letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        var text = "pcl_0123456789ab." + "A".repeat(32);
        var crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        var check = new StringBuilder();
        for (var rest = crc.getValue(); check.length() < 6; rest /= letters.length()) {
            check.insert(0, letters.charAt((int) (rest % letters.length())));
        }
        return text + check;
    }

    static List<String> letThrough() {
        return List.of(
                "4111 1111 1111 1112",
                "1753142400000",
                "1753142400000000",
                "1753142400000000000",
                "20260722120000123456",
                "{\"id\":4111111111111111}",
                "{\"orderId\": \"4111111111111111\"}",
                "{\"order_id\":4111111111111111}",
                "{\"orderID\":4111111111111111}",
                "{\"href\":\"/orders/4111111111111111\"}",
                "0.4111111111111111",
                "4111111111111111.5",
                "x4111111111111111",
                "41111111111111111",
                "9f8e7d6c-4111-1111-1111-111111111111",
                "+4111111111111111",
                "4444 4444 4444 4444",
                "4111 1111-1111 1111",
                "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
                "a file with -----BEGIN PRIVATE KEY----- in its first line",
                "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
                "eyJhbGciOiJub25lIn0",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ",
                ownKey().substring(0, ownKey().length() - 1) + "?",
                ownKey() + "x",
                ownKey().replace("AAA", "AAB"),
                "https://shop.example.com:8443/@ann",
                "mailto:ann@example.com",
                "at noon (see Orders.java)",
                "we met at com.example.Orders.find(Orders.java:42)",
                "#0 is the first, and {main} another",
                "we moved from ORA to PostgreSQL",
                "ORA-1",
                "AKIA is how they begin",
                "pk_live_" + "a".repeat(24),
                "ghp_short",
                "a sentence about xoxb- tokens",
                "task_live_" + "a".repeat(24));
    }

    @Test
    void everyKindHasARowThatIsCaught() {
        var caught = new TreeSet<String>();
        caught().forEach(row -> caught.add(row.id()));

        assertThat(caught).isEqualTo(Leaks.ids());
        assertThat(letThrough()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("caught")
    void finds(Row row) {
        assertThat(look(row.text()).ids()).containsExactly(row.id());
    }

    @ParameterizedTest
    @MethodSource("letThrough")
    void letsThrough(String text) {
        assertThat(look(text).ids()).isEmpty();
    }

    /** Of what nobody makes for payment, hardly anything looks like a card. */
    @Test
    void takesUuidsAndTimesForNoCards() {
        var random = new Random(1);
        for (var i = 0; i < 50_000; i++) {
            var id = new UUID(random.nextLong(), random.nextLong());
            var at = 1_600_000_000_000_000L + Math.floorMod(random.nextLong(), 300_000_000_000_000L);
            assertThat(look("{\"key\":\"" + id + "\",\"at\":" + at + ",\"ns\":" + at * 1000 + "}")
                            .ids())
                    .as(id + " " + at)
                    .isEmpty();
        }
    }

    @Test
    void masksAllButTheLastFourDigits() {
        assertThat(masked("payment-card", "pay 4111 1111 1111 1111 now", false))
                .isEqualTo("pay **** **** **** 1111 now");
    }

    @Test
    void masksEveryKindAndKeepsTheLength() {
        for (var row : caught()) {
            var masked = masked(row.id(), row.text(), false);

            assertThat(masked).hasSameSizeAs(row.text()).contains("*").isNotEqualTo(row.text());
        }
    }

    @Test
    void jsonStaysJson() throws Exception {
        var json = new ObjectMapper();
        var texts = new ArrayList<String>();
        for (var row : caught()) {
            // What is JSON already is not written as JSON once more.
            if (row.text().indexOf('\\') < 0) {
                texts.add(json.writeValueAsString(Map.of("text", row.text(), "list", List.of(row.text(), 1))));
            }
        }
        texts.add("{\"a\":[4111111111111111,378282246310005],\"b\": 30569309025904}");
        for (var text : texts) {
            var found = Leaks.all(Action.MASK).build().look(text.getBytes(UTF_8), true);

            assertThat(found.masked()).as(text).isNotNull();
            assertThat(json.readTree(found.masked())).as(text).isNotNull();
            assertThat(new String(found.masked(), UTF_8)).doesNotContain("4111111111111111", "37828224631");
        }
    }

    @Test
    void doesAboutEachKindWhatIsSaid() {
        var leaks = Leaks.all(Action.COUNT)
                .kind("payment-card", Action.STOP)
                .without("aws-key")
                .build();

        assertThat(look(leaks, CARD).stops()).isTrue();
        assertThat(look(leaks, "AKIAIOSFODNN7EXAMPLE").isEmpty()).isTrue();
        assertThat(look(leaks, "ORA-00942: no").stops()).isFalse();
    }

    /** What is let through for one kind is still masked for another. */
    @Test
    void aCardInsideOfATraceIsMasked() {
        var leaks = Leaks.all(Action.COUNT).kind("payment-card", Action.MASK).build();
        var masked = look(leaks, "ORA-00001: " + CARD + " twice").masked();

        assertThat(new String(masked, UTF_8)).isEqualTo("ORA-00001: ************1111 twice");
    }

    @Test
    void tellsNothingSecret() {
        var found = look("4111 1111 1111 1111 and 5555-5555-5555-4444, postgresql://shop:s3cr3t@db");

        assertThat(found.detail()).isEqualTo("payment-card 2 (***1111), url-password 1 (://shop:***)");
    }

    @Test
    void refusesToBuildWithUnknownKinds() {
        var leaks = Leaks.all(Action.COUNT);

        assertThatThrownBy(() -> leaks.kind("cards", Action.COUNT)).hasMessage("no kind of leak `cards`");
        assertThatThrownBy(() -> leaks.within(0)).hasMessage("maxBytes: 0 (expected: >= 1)");
        Leaks.ids().forEach(leaks::without);
        assertThatThrownBy(leaks::build).hasMessageStartingWith("leaks: none");
    }

    private static Found look(String text) {
        return look(Leaks.all(Action.COUNT).build(), text);
    }

    private static Found look(Leaks leaks, String text) {
        return leaks.look(text.getBytes(UTF_8), false);
    }

    private static String masked(String id, String text, boolean json) {
        var masked = Leaks.all(Action.COUNT)
                .kind(id, Action.MASK)
                .build()
                .look(text.getBytes(UTF_8), json)
                .masked();
        return masked == null ? text : new String(masked, UTF_8);
    }
}
