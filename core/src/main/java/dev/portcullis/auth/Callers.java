package dev.portcullis.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.portcullis.Principal;
import dev.portcullis.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes callers of the claims of one issuer's tokens. Immutable.
 *
 * @param issuer the issuer's name
 * @param scopes where the scopes are, first found first
 * @param roles where the roles are
 * @param client where the client is, first found first
 * @param tenant where the tenant is
 * @param tier where the plan is
 */
record Callers(
        String issuer,
        List<ClaimPath> scopes,
        ClaimPath roles,
        List<ClaimPath> client,
        @Nullable ClaimPath tenant,
        @Nullable ClaimPath tier) {

    static final String PROOF = "jwt";

    /** The pass that says who calls, or the denial of claims that are not of their type. */
    Verdict identify(Claims claims) {
        return identify(claims.tree(), PROOF);
    }

    /** The pass that says who calls, or the denial of claims that are not of their type, however they were proven. */
    Verdict identify(JsonNode tree, String proof) {
        var sub = new ClaimPath("sub", List.of("sub")).in(tree);
        var clientAt = first(client, tree);
        var tenantAt = at(tenant, tree);
        var tierAt = at(tier, tree);
        var scopesAt = first(scopes, tree);
        var rolesAt = roles.in(tree);
        if (!text(sub) || !text(clientAt) || !text(tenantAt) || !text(tierAt) || !texts(scopesAt) || !texts(rolesAt)) {
            return Denials.INVALID_CLAIM;
        }
        var subject = sub.isMissingNode() ? clientAt.asText("") : sub.textValue();
        if (subject.isEmpty()) {
            return Denials.NO_SUBJECT;
        }
        var acting = clientAt.isMissingNode() ? subject : clientAt.textValue();
        return Verdict.Pass.identifying(new Principal(
                subject,
                ServiceTokens.isOne(tree, subject, clientAt.asText("")) ? Principal.Kind.SERVICE : Principal.Kind.USER,
                issuer,
                acting,
                tenantAt.textValue(),
                tierAt.textValue(),
                words(scopesAt),
                words(rolesAt),
                PlainValues.object(tree),
                proof));
    }

    private static JsonNode first(List<ClaimPath> paths, JsonNode tree) {
        var found = paths.get(0).in(tree);
        for (var i = 1; i < paths.size() && found.isMissingNode(); i++) {
            found = paths.get(i).in(tree);
        }
        return found;
    }

    private static JsonNode at(@Nullable ClaimPath path, JsonNode tree) {
        return path == null ? MissingNode.getInstance() : path.in(tree);
    }

    /** Tells whether it is absent or a text that says something. */
    private static boolean text(JsonNode node) {
        return node.isMissingNode() || node.isTextual() && !node.textValue().isBlank();
    }

    /** Tells whether it is absent, a text, or an array of nothing but texts. */
    private static boolean texts(JsonNode node) {
        if (node.isMissingNode() || node.isTextual()) {
            return true;
        }
        for (var element : node) {
            if (!element.isTextual()) {
                return false;
            }
        }
        return node.isArray();
    }

    /** The words of a text that spaces part (RFC 6749, section 3.3), or the elements of an array. */
    private static Set<String> words(JsonNode node) {
        if (node.isTextual()) {
            var words = new HashSet<>(List.of(node.textValue().split(" ")));
            words.remove("");
            return words;
        }
        var words = new HashSet<String>();
        node.forEach(element -> words.add(element.textValue()));
        return words;
    }
}
