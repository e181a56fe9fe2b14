package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Body.Content;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Webhooks that are signed with a shared secret over the raw body, as GitHub, Stripe and Slack send them. Immutable.
 *
 * <p>Neither the method nor the target is signed: bind such a way to the one path that it is for.
 */
@TrustedBase
public final class WebhookSigning implements Signing {

    /** How old a webhook may be, unless told otherwise: 5 minutes. */
    public static final Duration DEFAULT_AGE = Duration.ofMinutes(5);

    /** How many secrets may hold at a time. */
    public static final int MAX_SECRETS = 8;

    private final String name;
    private final WebhookStyle style;
    private final List<SignatureKey> secrets;
    private final long maxAge;
    private final boolean once;

    /**
     * How long and how often a webhook is good.
     *
     * @param maxAge how old one may be, in styles that say when they were sent
     * @param once whether the same one is denied when it comes again
     */
    public record Validity(Duration maxAge, boolean once) {

        /** Checks that there is an age. */
        public Validity {
            requireNonNull(maxAge, "maxAge");
        }
    }

    private WebhookSigning(String name, WebhookStyle style, List<SignatureKey> secrets, Validity validity) {
        this.name = name;
        this.style = style;
        this.secrets = secrets.stream().map(secret -> secret.under(name)).toList();
        this.maxAge = MessageSigning.demandAge(validity.maxAge()).toMillis();
        this.once = validity.once();
    }

    /**
     * Webhooks in this style, signed with any of the secrets.
     *
     * @throws IllegalArgumentException when there is no secret, more than {@link #MAX_SECRETS}, or one that is no secret, or an age
     *     beyond {@link MessageSigning#MAX_AGE}
     */
    public static WebhookSigning of(String name, WebhookStyle style, List<SignatureKey> secrets, Validity validity) {
        if (secrets.isEmpty() || secrets.size() > MAX_SECRETS) {
            throw new IllegalArgumentException(
                    "keys: " + secrets.size() + " (expected: 1 to " + MAX_SECRETS + " secrets)");
        }
        if (secrets.stream().anyMatch(key -> key.algorithm() != SignatureAlgorithm.HMAC_SHA256)) {
            throw new IllegalArgumentException("keys: one that is no secret (expected: secrets)");
        }
        return new WebhookSigning(name, style, secrets, validity);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean presented(Request request) {
        return request.header(style.header()) != null;
    }

    @Override
    public boolean remembers() {
        return once;
    }

    @Override
    public Verdict judge(Request request, long bound, long now) {
        var sent = style.read(request);
        if (sent == null) {
            return SignatureDenials.MALFORMED;
        }
        var timed = sent.time() != WebhookStyle.TIMELESS;
        if (timed && sent.time() > now + MessageSigning.DEFAULT_SKEW.toMillis()) {
            return SignatureDenials.FUTURE;
        }
        if (timed && now - sent.time() > maxAge) {
            return SignatureDenials.EXPIRED;
        }
        var content = request.body().content(bound);
        return content instanceof Content.Whole whole
                ? judge(sent, signed(sent, whole.bytes()))
                : ((Content.Denied) content).deny();
    }

    private Verdict judge(WebhookStyle.Sent sent, byte[] signed) {
        for (var secret : secrets) {
            if (verifies(secret, sent.signatures(), signed)) {
                return secret.pass();
            }
        }
        return SignatureDenials.SIGNATURE;
    }

    private static boolean verifies(SignatureKey secret, List<byte[]> signatures, byte[] signed) {
        for (var signature : signatures) {
            if (secret.verifies(signature, signed)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] signed(WebhookStyle.Sent sent, byte[] body) {
        var signed = new ByteArrayOutputStream(sent.prefix().length() + body.length);
        signed.writeBytes(sent.prefix().getBytes(StandardCharsets.US_ASCII));
        signed.writeBytes(body);
        return signed.toByteArray();
    }

    /** It is known by all that is signed, as a client can add to the header what is not. */
    @Override
    public List<Spent> spent(Request request, long bound, long now) {
        var sent = style.read(request);
        if (!once || sent == null || !(request.body().content(bound) instanceof Content.Whole whole)) {
            return List.of();
        }
        var key = Fingerprint.ofBytes(signed(sent, whole.bytes()));
        var from = sent.time() == WebhookStyle.TIMELESS ? now : sent.time();
        return List.of(new Spent(name + "." + key.hex(), from + maxAge + MessageSigning.DEFAULT_SKEW.toMillis()));
    }
}
