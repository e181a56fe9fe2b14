package dev.portcullis.config;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Principal;
import dev.portcullis.auth.MessageSigning;
import dev.portcullis.auth.Replays;
import dev.portcullis.auth.SignatureAlgorithm;
import dev.portcullis.auth.SignatureKey;
import dev.portcullis.auth.Signing;
import dev.portcullis.auth.WebhookSigning;
import dev.portcullis.auth.WebhookSigning.Validity;
import dev.portcullis.auth.WebhookStyle;
import dev.portcullis.config.SignedRequests.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles the ways in which clients sign their requests. Lives for one configuration. */
final class SignatureCompiler {

    private static final Kind<SignatureAlgorithm> ALGORITHM = Kind.choice(
            "signature algorithm",
            Stream.of(SignatureAlgorithm.values())
                    .collect(Collectors.toMap(SignatureAlgorithm::id, Function.identity())));
    private static final Kind<Replays> NONCE =
            Kind.choice("demand", Map.of("required", Replays.REQUIRED, "unsafe", Replays.UNSAFE, "off", Replays.OFF));
    private static final Kind<WebhookStyle> PRESET = Kind.choice(
            "service",
            Map.of("github", WebhookStyle.GITHUB, "stripe", WebhookStyle.STRIPE, "slack", WebhookStyle.SLACK));
    private static final Set<String> PARAMETERS = Set.of("created", "expires", "nonce", "keyid", "alg", "tag");
    private static final String AGE = "write a duration such as `1m`";
    private static final String KEY = "write PEM or a JWK, or for a secret at least 32 bytes, such as `${SECRET}`";
    private static final String COMPONENT = "write a component such as `@method`, `@authority` or `content-type`";

    private final At top;
    private final Contents contents;
    private final Configuration written;

    SignatureCompiler(At top, Contents contents, Configuration written) {
        this.top = top;
        this.contents = contents;
        this.written = written;
    }

    /** The ways by name; without those that have a problem. */
    Map<String, Signing> compile() {
        var ways = new LinkedHashMap<String, Signing>();
        var all = written.signatures() == null ? Map.<String, SignedRequests>of() : written.signatures();
        all.forEach((name, part) -> {
            var at = top.child("signatures").child(name);
            var keys = Names.demand(at, name) ? keys(at, part) : List.<SignatureKey>of();
            var way = part.preset() == null ? messages(at, name, part, keys) : webhooks(at, name, part, keys);
            if (way != null) {
                ways.put(name, way);
            }
        });
        return ways;
    }

    private List<SignatureKey> keys(At at, SignedRequests part) {
        var here = at.child("keys");
        var keys = new ArrayList<SignatureKey>();
        if (part.keys() == null || part.keys().isEmpty()) {
            here.problem("none", "write each key under its `keyid`");
            return keys;
        }
        part.keys().forEach((id, key) -> {
            var one = key(here.child(id), id, key, part.preset() != null);
            if (one != null) {
                keys.add(one);
            }
        });
        return keys;
    }

    private @Nullable SignatureKey key(At at, String id, SigningKey key, boolean webhook) {
        var chosen = algorithm(at.child("algorithm"), key.algorithm(), webhook);
        var text = chosen == null ? null : text(at, key, chosen);
        var caller = caller(at, key.client());
        if (chosen == null || text == null || caller == null || !at.clean()) {
            return null;
        }
        var made = requireNonNull(chosen);
        return at.make(
                text,
                KEY,
                material -> webhook
                        ? SignatureKey.ofWebhook(id, material, caller)
                        : SignatureKey.of(id, made, material, caller));
    }

    private static @Nullable SignatureAlgorithm algorithm(At at, @Nullable String written, boolean webhook) {
        if (webhook) {
            idle(at, written);
            return SignatureAlgorithm.HMAC_SHA256;
        }
        if (written == null) {
            at.problem("missing", ALGORITHM.help());
        }
        return at.read(written, ALGORITHM);
    }

    private @Nullable String text(At at, SigningKey key, SignatureAlgorithm algorithm) {
        var secret = algorithm == SignatureAlgorithm.HMAC_SHA256;
        var wanted = secret ? "secret" : "public-key";
        var unwanted = secret ? "public-key" : "secret";
        var text = secret ? key.secret() : key.publicKey();
        if ((secret ? key.publicKey() : key.secret()) != null) {
            at.child(unwanted).problem("of no use for `" + algorithm.id() + "`", "write `" + wanted + "` instead");
        } else if (text == null) {
            at.child(wanted).problem("missing", KEY);
        }
        return text == null || secret || text.stripLeading().startsWith("-") ? text : read(at.child(wanted), text);
    }

    private @Nullable String read(At at, String location) {
        var bytes = contents.bytes(at, location);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private @Nullable Principal caller(At at, @Nullable String client) {
        if (client == null || client.isBlank()) {
            at.child("client").problem("missing", "say who signs with the key");
            return null;
        }
        return Names.demand(at.child("client"), client) ? Callers.of(written, client) : null;
    }

    private static @Nullable Signing messages(At at, String name, SignedRequests part, List<SignatureKey> keys) {
        var builder = MessageSigning.builder(name);
        keys.forEach(builder::key);
        required(at.child("required"), part.required(), builder);
        var age = at.child("max-age").read(part.maxAge(), Kind.DURATION, MessageSigning.DEFAULT_AGE);
        var skew = at.child("clock-skew").read(part.clockSkew(), Kind.DURATION, MessageSigning.DEFAULT_SKEW);
        at.child("clock-skew").make("", "write at most `5m`", unused -> builder.clockSkew(skew));
        at.child("max-age").make("", AGE, unused -> builder.maxAge(age));
        builder.nonce(at.child("nonce").read(part.nonce(), NONCE, Replays.UNSAFE));
        if (part.tag() != null) {
            at.child("tag").make(part.tag(), "write what signatures say in `tag`", builder::tag);
        }
        if (part.label() != null) {
            at.child("label").make(part.label(), "write a label such as `sig1`", builder::label);
        }
        if (at.child("unsafe-unsigned-bodies").read(part.unsafeUnsignedBodies(), Kind.SWITCH, false)) {
            builder.unsafeUnsignedBodies();
        }
        return at.clean() ? builder.build() : null;
    }

    private static void required(At at, @Nullable List<String> components, MessageSigning.Builder builder) {
        if (components == null) {
            return;
        }
        if (components.isEmpty()) {
            at.problem("an empty list, so that signatures need not cover anything", "name some, or remove the key");
        }
        for (var i = 0; i < components.size(); i++) {
            if (PARAMETERS.contains(components.get(i))) {
                at.item(i)
                        .problem(
                                "`" + components.get(i) + "` is no component of a request",
                                "remove it: `created` and `keyid` are always demanded, and `nonce` has a key of its own");
            }
        }
        if (at.clean()) {
            at.make("", COMPONENT, unused -> builder.required(components));
        }
    }

    private static @Nullable Signing webhooks(At at, String name, SignedRequests part, List<SignatureKey> keys) {
        var style = at.child("preset").read(part.preset(), PRESET);
        var age = at.child("max-age").read(part.maxAge(), Kind.DURATION, WebhookSigning.DEFAULT_AGE);
        if (age.isZero() || age.compareTo(MessageSigning.MAX_AGE) > 0) {
            at.child("max-age").problem("`" + part.maxAge() + "` (expected: more than 0, and at most 7 days)", AGE);
        }
        idle(at.child("required"), part.required());
        idle(at.child("clock-skew"), part.clockSkew());
        idle(at.child("tag"), part.tag());
        idle(at.child("label"), part.label());
        idle(at.child("unsafe-unsigned-bodies"), part.unsafeUnsignedBodies());
        var usual = style == WebhookStyle.GITHUB ? Replays.OFF : Replays.REQUIRED;
        var once = at.child("nonce").read(part.nonce(), NONCE, usual) != Replays.OFF;
        return style == null || !at.clean()
                ? null
                : at.make("", KEY, unused -> WebhookSigning.of(name, style, keys, new Validity(age, once)));
    }

    private static void idle(At at, @Nullable Object value) {
        if (value != null) {
            at.problem("has no effect beside `preset`", "remove it");
        }
    }
}
