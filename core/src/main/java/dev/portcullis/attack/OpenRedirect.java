package dev.portcullis.attack;

/**
 * Redirects that lead away; looks only where it is switched on.
 *
 * <p>Looks for: an address with a host of its own, however its slashes are written, in a parameter that is named like the page to go on to.
 *
 * <p>Does not look for: paths of the application itself; parameters of other names; who owns the host.
 *
 * <p>Caught: {@code //evil.example/login}
 *
 * <p>Let through: {@code /orders/7?page=2}
 */
final class OpenRedirect implements Detector {

    static final String ID = "open-redirect";

    private static final Words<Boolean> NAMES = Words.set(
            "next url uri return returnto return_to returnurl return_url returnpath redirect redirect_to redirect_url redirecturl"
                    + " redirect_uri redirecturi redir rurl r dest destination target to goto go continue back backurl back_url"
                    + " callback callback_url forward forwardurl out view link location success_url cancel_url checkout_url"
                    + " login_redirect service redirect_after_login redirectpath redirect_path redirect-uri redirect-url redirect-to"
                    + " return-url return-to return_path returntourl returnuri return_uri nexturl next_url next_page nextpage"
                    + " continueurl continue_url gotourl dest_url desturl destinationurl destination_url targeturl target_url"
                    + " successurl failureurl cancelurl backto back_to backuri logout_redirect logouturl login_url loginurl"
                    + " callbackurl relaystate ret_url reurl jump jumpto jump_url forward_url redirect_page page_url checkout");

    /** Those of them that no server fetches: where OAuth, a log-in or a payment sends the browser. */
    private static final Words<Boolean> FOLLOWED =
            Words.set("returnto return_to returnurl return_url redirect_to redirect_url redirecturl redirect_uri"
                    + " redirecturi redirecturis redirect_uris post_logout_redirect_uri post_logout_redirect_uris success_url"
                    + " cancel_url login_redirect weborigins web_origins");

    /** Those that hold a page of the application itself, almost always by its path. */
    private static final Words<Boolean> GOING_ON = Words.set(
            "next next_url nexturl next_page returnto return_to returnurl return_url return_path redirect redirect_to"
                    + " redirect_url redirecturl redir redirect_after_login continue goto backurl back_url return-url return-to"
                    + " redirect-to redirect-url login_redirect");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int attractors(Place place) {
        return place == Place.QUERY_VALUE || place == Place.FORM_VALUE
                ? Traits.COLON | Traits.SLASH | Traits.BACKSLASH | Traits.DOT
                : 0;
    }

    @Override
    public Finding look(Sample sample) {
        var name = new Text(sample.name());
        return NAMES.has(name, 0, name.length()) ? look(sample.text(), sample.place()) : Finding.NONE;
    }

    /** Tells whether parameters of this name hold where a browser is to go next, and nothing that a server may fetch. */
    static boolean isNamed(String name) {
        var text = new Text(name);
        return FOLLOWED.has(text, 0, text.length());
    }

    /** Tells whether parameters of this name hold an address to go on to, whoever goes. */
    static boolean isAnyName(String name) {
        var text = new Text(name);
        return NAMES.has(text, 0, name.length());
    }

    @Override
    public Finding look(Text text, Place place) {
        var start = text.first();
        var slashes = slashes(text, start);
        if (slashes > 1) {
            return Finding.strong(start);
        }
        var end = text.wordEnd(start);
        var colon = text.at(end) == ':' && end > start && !Text.isDigit(text.at(start));
        var web = text.says("http", start)
                || text.says("ftp", start)
                || text.says("javascript", start)
                || text.says("data", start);
        var leads = colon && (web || slashes(text, end + 1) > 1);
        return leads || RedirectHost.isLent(text) || RedirectHost.isBare(text) ? Finding.strong(start) : Finding.NONE;
    }

    /** Tells whether the parameter holds where to go on to, and the value a host that is written to get past a check of it. */
    static boolean isDisguised(Sample sample) {
        if (sample.place() != Place.QUERY_VALUE && sample.place() != Place.FORM_VALUE) {
            return false;
        }
        var name = new Text(sample.name());
        return NAMES.has(name, 0, name.length())
                && (RedirectHost.isOdd(sample.text())
                        || GOING_ON.has(name, 0, name.length()) && RedirectHost.isLent(sample.text()));
    }

    private static int slashes(Text text, int from) {
        var count = 0;
        while (text.at(from + count) == '/'
                || text.at(from + count) == '\\'
                || count > 0 && isSkipped(text.at(from + count))) {
            count++;
        }
        return count;
    }

    /** Tells whether browsers read over it between slashes. */
    private static boolean isSkipped(char c) {
        return c == '\t' || c == '\n' || c == '\r';
    }
}
