package dev.portcullis.cors;

import java.util.Set;

/**
 * Domains under which strangers get domains of their own, so that "all subdomains" would mean everybody.
 *
 * <p>It holds top-level domains, the customary second levels of countries and well-known hosting domains. It is no public suffix
 * list, which changes daily: it catches the slip, not the exotic.
 */
final class SharedDomains {

    private static final Set<String> COUNTRY_LEVELS = Set.of(
            "ac", "ad", "asn", "co", "com", "ed", "edu", "firm", "gen", "go", "gob", "gouv", "gov", "gv", "govt", "id",
            "idv", "ind", "info", "int", "lg", "ltd", "me", "mil", "ne", "net", "nhs", "nic", "nom", "or", "org", "plc",
            "police", "res", "sch", "school", "web");

    private static final Set<String> HOSTING = Set.of(
            "amplifyapp.com",
            "appspot.com",
            "azureedge.net",
            "azurefd.net",
            "azurestaticapps.net",
            "azurewebsites.net",
            "bitbucket.io",
            "blogspot.com",
            "cloudapp.net",
            "cloudfront.net",
            "codesandbox.io",
            "csb.app",
            "deno.dev",
            "duckdns.org",
            "firebaseapp.com",
            "fly.dev",
            "github.dev",
            "github.io",
            "githubpreview.dev",
            "githubusercontent.com",
            "gitlab.io",
            "gitpod.io",
            "glitch.me",
            "herokuapp.com",
            "loca.lt",
            "myshopify.com",
            "netlify.app",
            "ngrok-free.app",
            "ngrok.app",
            "ngrok.io",
            "now.sh",
            "onrender.com",
            "pages.dev",
            "railway.app",
            "repl.co",
            "replit.app",
            "run.app",
            "stackblitz.io",
            "surge.sh",
            "trycloudflare.com",
            "up.railway.app",
            "vercel.app",
            "web.app",
            "web.core.windows.net",
            "workers.dev",
            "wpengine.com");

    private static final Set<String> HOSTING_AT_ANY_DEPTH = Set.of("amazonaws.com", "elasticbeanstalk.com");

    private SharedDomains() {}

    /** Tells whether strangers get domains directly under this one. */
    static boolean contain(String domain) {
        var host = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        var dot = host.indexOf('.');
        if (dot < 0) {
            return !host.equals("localhost");
        }
        var top = host.substring(dot + 1);
        return top.length() == 2 && COUNTRY_LEVELS.contains(host.substring(0, dot))
                || HOSTING.contains(host)
                || HOSTING_AT_ANY_DEPTH.stream().anyMatch(shared -> host.equals(shared) || host.endsWith("." + shared));
    }
}
