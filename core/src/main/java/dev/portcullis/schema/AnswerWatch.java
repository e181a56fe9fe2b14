package dev.portcullis.schema;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch;
import dev.portcullis.http.DeclaredText;
import dev.portcullis.http.MediaType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Holds one response against what was agreed. */
final class AnswerWatch implements Watch {

    /** Why a response is denied, for operators. */
    static final String VIOLATION = "response-schema-violation";

    private static final int NOT_MODIFIED = 304;
    private static final int MAX_DEPTH = 256;
    private static final Reply DENIED = Reply.problem(502, "response-denied");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final Answers answers;
    private final int maxBytes;
    private String told = "";

    AnswerWatch(Answers answers, int maxBytes) {
        this.answers = answers;
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean asksHead() {
        return true;
    }

    @Override
    public Verdict sending(Request request, Head head) {
        if (!head.ofApplication() || head.status() == NOT_MODIFIED) {
            return Verdict.pass();
        }
        var answer = answers.of(head.status());
        if (answer == null) {
            return deny("status " + head.status());
        }
        return answer.takes(head.header("Content-Type")) ? Verdict.pass() : deny("media type");
    }

    /** A head that is seen twice is told once. */
    private Verdict deny(String what) {
        var again = told.equals(what);
        told = what;
        return again ? Verdict.pass() : Verdict.deny(DENIED, Evidence.of(VIOLATION, what));
    }

    @Override
    public @Nullable Hold holding(Request request, Head head) {
        return agreed(head) == null && !isUntyped(head) ? null : new Content();
    }

    /** Tells whether it does not say of which type it is, though types were agreed: there must be nothing in it then. */
    private boolean isUntyped(Head head) {
        var answer = answers.of(head.status());
        return head.header("Content-Type") == null
                && answer != null
                && !answer.types().isEmpty();
    }

    private Answer.@Nullable Agreed agreed(Head head) {
        var answer = answers.of(head.status());
        return answer == null ? null : answer.agreed(head.header("Content-Type"));
    }

    /** The JSON of the response. */
    private final class Content implements Hold {

        @Override
        public int bound() {
            return maxBytes;
        }

        @Override
        public Verdict judge(Held body) {
            var agreed = agreed(body.head());
            if (agreed == null) {
                var untyped = isUntyped(body.head()) && body.bytes().length > 0;
                return untyped ? Verdict.deny(DENIED, Evidence.of(VIOLATION, "no media type")) : Verdict.pass();
            }
            try {
                var tree = tree(body);
                return tree == null ? broken() : judge(agreed, tree);
            } catch (JacksonException e) {
                return broken();
            } catch (IOException e) {
                throw new IllegalStateException("bytes in memory can be read", e);
            }
        }

        /** What it says; null where it is not in the charset that it states. UTF-8 is read as it is. */
        private static @Nullable JsonNode tree(Held body) throws IOException {
            var stated = body.head().header("Content-Type");
            var type = stated == null ? null : MediaType.parseOrNull(stated);
            if (type == null || type.charset() == null || type.charset().equals("utf-8")) {
                return JSON.readTree(body.bytes());
            }
            var text = DeclaredText.ofJson(body.bytes(), type);
            return text == null ? null : JSON.readTree(text.text());
        }

        private static Verdict broken() {
            return Verdict.deny(DENIED, Evidence.of(VIOLATION, "broken JSON"));
        }

        private Verdict judge(Answer.Agreed agreed, JsonNode value) {
            var errors = agreed.schema().errors(value);
            if (errors.isEmpty()) {
                return Verdict.pass();
            }
            return Verdict.deny(
                    DENIED,
                    Evidence.of(VIOLATION, agreed.violations().evidence(errors).detail()));
        }
    }
}
