package dev.portcullis.respond.leak;

/**
 * Passwords in URLs, such as those of databases.
 *
 * <p>Looks for: a name, a colon, a password and an at sign before the host of a URL.
 *
 * <p>Does not look for: names without a password, and at signs in paths.
 *
 * <p>Caught: {@code postgresql://shop:s3cret@db.internal/orders}
 *
 * <p>Let through: {@code https://shop.example.com:8443/@ann}
 */
final class UrlPassword implements Leak {

    private static final Ascii USER = Ascii.URL_SAFE.with(".%+");
    private static final Ascii PASSWORD = USER.with("!$&'()*,;=~#^?");
    private static final int MAX_PART = 128;

    @Override
    public String id() {
        return "url-password";
    }

    @Override
    public String beginnings() {
        return ":";
    }

    @Override
    public int end(Text text, int at) {
        if (!text.has(at, "://")) {
            return -1;
        }
        var colon = text.run(at + 3, USER, MAX_PART);
        if (text.at(colon) != ':') {
            return -1;
        }
        var end = text.run(colon + 1, PASSWORD, MAX_PART);
        return end > colon + 1 && text.at(end) == '@' && Ascii.ALPHANUMERIC.has(text.at(end + 1)) ? end : -1;
    }

    @Override
    public int hiddenFrom(Text text, int from, int to) {
        return text.run(from + 3, USER, MAX_PART) + 1;
    }
}
