package dev.portcullis.respond.leak;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens and keys of well-known services.
 *
 * <p>Looks for: the beginnings that services give to their secrets so that they can be found, with as many letters behind as these have.
 *
 * <p>Does not look for: secrets without a beginning of their own, and keys that are meant to be published, such as {@code pk_live_...}.
 *
 * <p>Caught: {@code AKIA} and 16 capital letters or digits
 *
 * <p>Let through: {@code AKIA is how they begin}
 */
final class Shapes {

    private static final int LONG = Leak.MAX_MATCH;

    private Shapes() {}

    static List<Leak> all() {
        var all = new ArrayList<Leak>(ofMany());
        all.add(new Shape("github-token", "github_pat_", Ascii.WORD, 36, 255));
        all.add(new Shape("stripe-key", "whsec_", Ascii.BASE64, 32, 255));
        all.add(new Shape("google-key", "AIza", Ascii.URL_SAFE, 35, 35));
        all.add(new Shape("google-key", "ya29.", Ascii.URL_SAFE, 40, LONG));
        all.add(new Shape("google-key", "GOCSPX-", Ascii.URL_SAFE, 28, 28));
        all.add(new Shape("npm-token", "npm_", Ascii.ALPHANUMERIC, 36, 36));
        all.add(new Shape("pypi-token", "pypi-AgE", Ascii.URL_SAFE, 50, 255));
        all.add(new Shape("sendgrid-key", "SG.", Ascii.URL_SAFE.with("."), 66, 66));
        all.add(new Shape("ai-key", "sk-ant-", Ascii.URL_SAFE, 40, 255));
        all.add(new Shape("ai-key", "sk-proj-", Ascii.URL_SAFE, 40, 255));
        all.add(new Shape("ai-key", "hf_", Ascii.ALPHANUMERIC, 34, 34));
        all.add(new Shape("azure-key", "AccountKey=", Ascii.BASE64, 86, 88));
        all.add(new Shape("digitalocean-token", "dop_v1_", Ascii.HEX, 64, 64));
        all.add(new Shape("shopify-token", "shpat_", Ascii.HEX, 32, 32));
        all.add(new Shape("vault-token", "hvs.", Ascii.URL_SAFE, 24, 255));
        return all;
    }

    /** Those of services whose tokens have several beginnings. */
    private static List<Leak> ofMany() {
        var all = new ArrayList<Leak>();
        for (var prefix : List.of("AKIA", "ASIA", "ABIA", "ACCA")) {
            all.add(new Shape("aws-key", prefix, Ascii.UPPER_OR_DIGIT, 16, 16));
        }
        for (var prefix : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
            all.add(new Shape("github-token", prefix, Ascii.ALPHANUMERIC, 36, 255));
        }
        for (var prefix : List.of("glpat-", "gldt-", "glrt-", "glptt-")) {
            all.add(new Shape("gitlab-token", prefix, Ascii.URL_SAFE, 20, 255));
        }
        for (var prefix : List.of("xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xapp-")) {
            all.add(new Shape("slack-token", prefix, Ascii.ALPHANUMERIC.with("-"), 20, 255));
        }
        for (var prefix : List.of("sk_live_", "sk_test_", "rk_live_", "rk_test_")) {
            all.add(new Shape("stripe-key", prefix, Ascii.ALPHANUMERIC, 20, 255));
        }
        return all;
    }
}
