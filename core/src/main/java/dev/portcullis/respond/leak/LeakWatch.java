package dev.portcullis.respond.leak;

import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.Watch;
import dev.portcullis.http.MediaType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at what goes out. Keeps nothing of it. */
final class LeakWatch implements Watch, Watch.Hold {

    private static final Reply DENIED = Reply.problem(502, "response-denied");
    private static final List<String> DIGESTS = List.of("Content-Digest", "Repr-Digest", "Digest", "Content-MD5");
    private static final Set<String> TEXTS = Set.of(
            "application/ecmascript",
            "application/graphql",
            "application/javascript",
            "application/jsonl",
            "application/sql",
            "application/toml",
            "application/x-javascript",
            "application/x-ndjson",
            "application/x-pem-file",
            "application/x-www-form-urlencoded",
            "application/x-yaml",
            "application/xml",
            "application/yaml");

    private final Leaks leaks;

    LeakWatch(Leaks leaks) {
        this.leaks = leaks;
    }

    @Override
    public boolean asksHead() {
        return true;
    }

    @Override
    public @Nullable Hold holding(Request request, Head head) {
        var stated = head.header("Content-Type");
        var type = stated == null ? null : MediaType.parseOrNull(stated);
        return type == null || isText(type) ? this : null;
    }

    /** What cannot be read as a type may be text. */
    private static boolean isText(MediaType type) {
        return type.type().equals("text")
                || type.isJson()
                || type.subtype().endsWith("+xml")
                || type.type().equals("multipart")
                || TEXTS.contains(type.essence());
    }

    @Override
    public int bound() {
        return leaks.maxBytes();
    }

    @Override
    public Verdict unjudged(Head head, Unjudged why) {
        return leaks.isSparing()
                ? Verdict.pass()
                : Verdict.deny(DENIED, Evidence.of("response-not-judged", why.word()));
    }

    @Override
    public Verdict judge(Held body) {
        var stated = body.head().header("Content-Type");
        var type = stated == null ? null : MediaType.parseOrNull(stated);
        var found = leaks.look(body.bytes(), type != null && type.isJson());
        if (found.isEmpty()) {
            return Verdict.pass();
        }
        var evidence = new Evidence(Leaks.LEAK, found.ids(), found.detail());
        if (found.stops()) {
            return Verdict.deny(DENIED, evidence);
        }
        body.head().notice(evidence);
        var masked = found.masked();
        if (masked != null) {
            body.replace(masked);
            DIGESTS.forEach(body.head()::remove);
        }
        return Verdict.pass();
    }
}
