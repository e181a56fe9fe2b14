package dev.portcullis.attack;

/**
 * Injection into mails, and into the protocol that sends them.
 *
 * <p>Looks for: an address or a short word, and behind a line end a field that mails have, or a command of SMTP.
 *
 * <p>Does not look for: mails that are quoted in a text of several lines.
 *
 * <p>Caught: {@code me@example.com%0abcc: you@example.com}
 *
 * <p>Let through: {@code Dear team,%0ato: be seen%0acc: nobody}
 */
final class MailInjection implements Detector {

    private static final Words<Boolean> FIELDS =
            Words.set("to cc bcc from subject reply-to content-type mime-version x-mailer");

    private static final int LONGEST_FIRST = 128;

    @Override
    public String id() {
        return "mail-injection";
    }

    @Override
    public int attractors(Place place) {
        return place.isValue() ? Traits.CONTROL : 0;
    }

    @Override
    public boolean mayFind(Sample sample) {
        return sample.has(Signs.FIELD);
    }

    @Override
    public Finding look(Text text, Place place) {
        var lines = 0;
        for (var i = text.first(); i < text.length(); i++) {
            if (text.at(i) != '\r' && text.at(i) != '\n') {
                continue;
            }
            var line = i + 1;
            if (isCommand(text, line) || lines == 0 && isOneWord(text, i) && isField(text, line)) {
                return Finding.strong(line);
            }
            lines += text.at(line) == '\n' ? 0 : 1;
        }
        return Finding.NONE;
    }

    private static boolean isCommand(Text text, int at) {
        return isCommand(text, at, "rcpt", "to:")
                || isCommand(text, at, "mail", "from:")
                || text.says("data", at) && isLineEnd(text, at + 4)
                || text.says("quit", at) && isLineEnd(text, at + 4) && text.at(at - 2) == '\r';
    }

    private static boolean isCommand(Text text, int at, String verb, String object) {
        var next = text.skipSpace(at + verb.length());
        return text.says(verb, at) && text.says(object, next) && text.at(text.skipSpace(next + object.length())) == '<';
    }

    private static boolean isLineEnd(Text text, int at) {
        return text.at(at) == '\r' || text.at(at) == '\n' || text.at(at) == Text.END;
    }

    /** Tells whether what stands before is one word, such as an address. */
    private static boolean isOneWord(Text text, int end) {
        if (end - text.first() > LONGEST_FIRST) {
            return false;
        }
        for (var i = text.first(); i < end; i++) {
            if (Text.isSpace(text.at(i)) && text.at(i) != '\r') {
                return false;
            }
        }
        return end > text.first();
    }

    /** Tells whether an address stands in the first line. */
    private static boolean isAddressed(Text text, int end) {
        for (var i = text.first(); i < end && i < text.first() + LONGEST_FIRST && !isLineEnd(text, i); i++) {
            if (text.at(i) == '@') {
                return true;
            }
        }
        return false;
    }

    private static boolean isField(Text text, int from) {
        var end = from;
        while (Text.isWord(text.at(end)) || text.at(end) == '-') {
            end++;
        }
        return text.at(end) == ':' && FIELDS.has(text, from, end) && holds(text, end + 1);
    }

    /** Tells whether something stands behind the colon that is more than the end of a list of short notes. */
    private static boolean holds(Text text, int from) {
        for (var i = text.skipSpace(from); i < text.length() && text.at(i) != '\n' && text.at(i) != '\r'; i++) {
            if (text.at(i) == '@' || text.at(i) == '/') {
                return true;
            }
        }
        return text.says("content-type", from - 13)
                || text.says("mime-version", from - 13)
                || text.says("subject", from - 8) && text.skipSpace(from) < text.last() && isAddressed(text, from);
    }
}
