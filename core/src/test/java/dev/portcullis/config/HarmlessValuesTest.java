package dev.portcullis.config;

import static dev.portcullis.config.Gates.gate;
import static dev.portcullis.config.Gates.get;
import static dev.portcullis.config.Gates.json;
import static dev.portcullis.config.Gates.outcome;
import static dev.portcullis.config.Gates.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.http.RecordedWire;
import org.junit.jupiter.api.Test;

/** What a contract has proven harmless is not looked at for attacks; the words are attacks, so that looking would show. */
class HarmlessValuesTest {

    private static final String WORD = "<script>alert(1)</script>";
    private static final String SENT = "%3Cscript%3Ealert(1)%3C/script%3E";
    private static final String DENIED = "shop.attacks 403 attack-detected";

    private static final String DOCUMENT = """
            {"openapi": "3.1.0", "paths": {
              "/find": {
                "get": {"parameters": [
                  {"name": "filter", "in": "query", "schema": {"enum": ["WORD", "none"]}},
                  {"name": "many", "in": "query", "schema": {"type": "array", "items": {"enum": ["WORD"]}}},
                  {"name": "text", "in": "query", "schema": {"type": "string"}},
                  {"name": "X-Filter", "in": "header", "schema": {"enum": ["WORD"]}},
                  {"name": "shown", "in": "cookie", "schema": {"enum": ["WORD"]}}]},
                "post": {"requestBody": {"content": {
                  "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {
                    "filter": {"enum": ["WORD"]}, "text": {"type": "string"},
                    "list": {"type": "array", "items": {"enum": ["WORD"]}},
                    "one": {"type": ["array", "string"], "items": {"enum": ["none"]}}}}},
                  "application/json": {"schema": {"type": "object", "properties": {
                    "filter": {"$ref": "#/components/schemas/Filter"}, "text": {"type": "string"},
                    "either": {"anyOf": [{"enum": ["WORD"]}, {"type": "string"}]},
                    "lines": {"type": "array", "items": {"type": "object", "properties": {
                      "filter": {"enum": ["WORD"]}}}}}}}}}}},
              "/of/{filter}": {"get": {"parameters": [
                {"name": "filter", "in": "path", "required": true, "schema": {"enum": ["WORD"]}}]}}},
             "components": {"schemas": {"Filter": {"enum": ["WORD"]}}}}
            """.replace("WORD", WORD.replace("/", "\\/"));

    private static Gate shop(String mode) {
        return gate("policies: { shop: { paths: [/**], public: true, attacks: {}, openapi: { mode: " + mode
                + ", unknown-parameters: ignore, document: '" + DOCUMENT + "' } } }\n");
    }

    private static RecordedWire form(String body) {
        return with("POST", "/find")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .body(body);
    }

    @Test
    void sparesWhatAnEnforcedContractHasProven() {
        try (var gate = shop("enforce")) {
            assertThat(outcome(gate, get("/find?filter=" + SENT))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/find?many=" + SENT + "&many=" + SENT)))
                    .isEqualTo("proceed");
            assertThat(outcome(gate, get("/find").with("x-filter", WORD))).isEqualTo("proceed");
            assertThat(outcome(gate, get("/find").with("Cookie", "shown=" + WORD)))
                    .isEqualTo("proceed");
            assertThat(outcome(gate, form("filter=" + SENT))).isEqualTo("proceed");
            assertThat(outcome(gate, json("/find", "{\"filter\": \"" + WORD + "\"}")))
                    .isEqualTo("proceed");
            assertThat(outcome(gate, json("/find", "{\"lines\": [{\"filter\": \"" + WORD + "\"}]}")))
                    .isEqualTo("proceed");
        }
    }

    @Test
    void looksAtEverythingElse() {
        try (var gate = shop("enforce")) {
            assertThat(outcome(gate, get("/find?text=" + SENT))).isEqualTo(DENIED);
            assertThat(outcome(gate, get("/find?other=" + SENT))).isEqualTo(DENIED);
            assertThat(outcome(gate, get("/find").with("X-Other", WORD))).isEqualTo(DENIED);
            assertThat(outcome(gate, form("text=" + SENT))).isEqualTo(DENIED);
            assertThat(outcome(gate, form("other=" + SENT))).isEqualTo(DENIED);
            assertThat(outcome(gate, json("/find", "{\"text\": \"" + WORD + "\"}")))
                    .isEqualTo(DENIED);
            assertThat(outcome(gate, json("/find", "{\"either\": \"" + WORD + "\"}")))
                    .isEqualTo(DENIED);
            assertThat(outcome(gate, json("/find", "{\"text\": {\"filter\": \"" + WORD + "\"}}")))
                    .startsWith("shop.");
        }
    }

    @Test
    void looksAtFieldsOfWhichElementsAreHarmlessAndTheWholeNeedBeNoList() {
        try (var gate = shop("enforce")) {
            assertThat(outcome(gate, form("list=" + SENT + "&list=" + SENT))).isEqualTo("proceed");
            assertThat(outcome(gate, form("one=" + SENT))).isEqualTo(DENIED);
        }
    }

    @Test
    void looksAtNamesThatAreWrittenInAnotherWay() {
        try (var gate = shop("enforce")) {
            assertThat(outcome(gate, get("/find?%66ilter=" + SENT))).isEqualTo(DENIED);
        }
    }

    @Test
    void deniesWhatIsSentTwice() {
        try (var gate = shop("enforce")) {
            assertThat(outcome(gate, get("/find?filter=none&filter=" + SENT)))
                    .isEqualTo("shop.openapi 400 invalid-parameter");
            assertThat(outcome(gate, get("/find?filter=none&%66ilter=" + SENT)))
                    .isEqualTo("shop.openapi 400 invalid-parameter");
        }
    }

    @Test
    void provesNothingWhileTheContractIsObserved() {
        try (var gate = shop("observe")) {
            assertThat(outcome(gate, get("/find?filter=" + SENT))).isEqualTo(DENIED);
            assertThat(outcome(gate, json("/find", "{\"filter\": \"" + WORD + "\"}")))
                    .isEqualTo(DENIED);
        }
    }
}
