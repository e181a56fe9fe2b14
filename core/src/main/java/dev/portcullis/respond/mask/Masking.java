package dev.portcullis.respond.mask;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Principal;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch;
import dev.portcullis.http.DeclaredText;
import dev.portcullis.http.MediaType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Masks fields of the JSON that goes out, for all callers but those who may see them. Immutable.
 *
 * <p>A response whose fields cannot be told, since it is no JSON, broken, too long, encoded or streamed, is denied with 502: it may hold
 * what the caller must not see. So is nothing for a caller who may see all fields.
 */
@TrustedBase
public final class Masking implements Check {

    private static final String NOT_MASKED = "response-not-masked";
    private static final List<String> DIGESTS = List.of("Content-Digest", "Repr-Digest", "Digest", "Content-MD5");

    private final List<Field> fields;
    private final Pointers places = new Pointers();
    private final int maxBytes;

    /**
     * A field, and who may see it.
     *
     * @param pointers where it is: JSON Pointers, in which {@code *} is every member and every item
     * @param roles the roles that see it, of which one suffices
     * @param scopes the scopes that see it, of which one suffices
     * @param show what others see of it
     */
    public record Field(List<String> pointers, Set<String> roles, Set<String> scopes, Show show) {

        /** Copies the collections. */
        public Field {
            pointers = List.copyOf(pointers);
            roles = Set.copyOf(roles);
            scopes = Set.copyOf(scopes);
            requireNonNull(show, "show");
        }

        boolean isFor(@Nullable Principal caller) {
            return caller != null
                    && (roles.stream().anyMatch(caller.roles()::contains)
                            || scopes.stream().anyMatch(caller.scopes()::contains));
        }
    }

    /**
     * Masks these fields.
     *
     * @param maxBytes the longest body, in bytes
     * @throws IllegalArgumentException when there is none, or a pointer is none
     */
    public Masking(List<Field> fields, int maxBytes) {
        if (fields.isEmpty() || maxBytes < 1) {
            throw new IllegalArgumentException("masking: nothing (expected: a field, and a body of a byte or more)");
        }
        this.fields = List.copyOf(fields);
        this.maxBytes = maxBytes;
        for (var i = 0; i < fields.size(); i++) {
            for (var pointer : fields.get(i).pointers()) {
                places.add(pointer, i);
            }
        }
    }

    @Override
    public Verdict check(Request request) {
        requireNonNull(request, "request");
        var caller = request.principal();
        for (var i = 0; i < fields.size(); i++) {
            if (!fields.get(i).isFor(caller)) {
                return Verdict.Pass.watching(new Masked(caller));
            }
        }
        return Verdict.pass();
    }

    /** The response to a caller who may not see everything. */
    private final class Masked implements Watch, Watch.Hold {

        private final @Nullable Principal caller;

        Masked(@Nullable Principal caller) {
            this.caller = caller;
        }

        @Override
        public boolean asksHead() {
            return true;
        }

        @Override
        public Hold holding(Request request, Head head) {
            return this;
        }

        @Override
        public int bound() {
            return maxBytes;
        }

        @Override
        public Verdict unjudged(Head head, Unjudged why) {
            return deny(why.word());
        }

        @Override
        public Verdict judge(Held body) {
            var bytes = body.bytes();
            if (bytes.length == 0) {
                return Verdict.pass();
            }
            var stated = body.head().header("Content-Type");
            var type = stated == null ? null : MediaType.parseOrNull(stated);
            if (type == null || !type.isJson()) {
                return deny("no JSON");
            }
            var text = DeclaredText.ofJson(bytes, type);
            if (text == null) {
                return deny("not in its charset");
            }
            try {
                replace(body, text.bytes(MaskedText.of(text.text(), places, this::show)));
                return Verdict.pass();
            } catch (IOException e) {
                return deny("broken JSON");
            }
        }

        private void replace(Held body, byte[] masked) {
            if (!Arrays.equals(body.bytes(), masked)) {
                body.replace(masked);
                DIGESTS.forEach(body.head()::remove);
            }
        }

        private @Nullable Show show(int field) {
            var one = fields.get(field);
            return one.isFor(caller) ? null : one.show();
        }
    }

    private static Verdict deny(String why) {
        return Verdict.deny(Reply.problem(502, "response-denied"), Evidence.of(NOT_MASKED, why));
    }
}
