package dev.portcullis.attack;

/**
 * Injection into mails, and into the protocol that sends them.
 *
 * <p>Looks for: an address, a short word or a subject, and behind a line end a field that mails have, or a command of SMTP, IMAP or POP.
 *
 * <p>Does not look for: mails that are quoted in a text of several lines.
 *
 * <p>Caught: {@code me@example.com%0abcc: you@example.com}
 *
 * <p>Let through: {@code Dear team,%0ato: be seen%0acc: nobody}
 */
final class MailInjection implements Detector {

    private static final Words<Boolean> FIELDS =
            Words.set("to cc bcc from subject reply-to content-type mime-version x-mailer return-path sender date"
                    + " content-disposition content-transfer-encoding message-id");

    /** Commands of IMAP behind their number. */
    private static final Words<Boolean> COMMANDS = Words.set(
            "capability fetch rename logout login examine store noop authenticate append expunge lsub subscribe select list"
                    + " delete create status close copy search uid unsubscribe check starttls");

    private static final int LONGEST_FIRST = 128;

    /** Parameters that hold one address. */
    private static final Words<Boolean> NAMES = Words.set(
            "from to email mail e-mail sender recipient cc bcc reply-to replyto reply_to mailto emailto from_email to_email");

    @Override
    public String id() {
        return "mail-injection";
    }

    @Override
    public int attractors(Place place) {
        return place.isValue() || place == Place.HEADER ? Traits.CONTROL | Traits.EQUALS : 0;
    }

    @Override
    public boolean mayFind(Sample sample) {
        return sample.has(Signs.FIELD)
                || wordEnd(sample.text()) > 0
                || sample.has(Signs.LINE)
                        && NAMES.has(sample.name(), 0, sample.name().length());
    }

    /** In a parameter that holds an address, whatever follows it behind an empty line. */
    @Override
    public Finding look(Sample sample) {
        var found = look(sample.text(), sample.place());
        var named = NAMES.has(sample.name(), 0, sample.name().length());
        return !found.isStrong() && named && isAddressAndBody(sample.text())
                ? Finding.strong(sample.text().first())
                : found;
    }

    private static boolean isAddressAndBody(Text text) {
        var end = text.lineEnd(text.first());
        var next = text.at(end) == '\r' && text.at(end + 1) == '\n' ? end + 2 : end + 1;
        return end < text.last()
                && isLineEnd(text, next)
                && text.skipSpace(next) < text.last()
                && isOneWord(text, end)
                && isAddressed(text, text.first());
    }

    /** Where the address goes on that an encoded word begins (RFC 2047), as readers that decode it take it: {@code =?x?q?me=40x?=@y}; 0 where none does. */
    private static int wordEnd(Text text) {
        var first = text.first();
        var from = text.at(first) == '"' || text.at(first) == '<' ? first + 1 : first;
        if (!text.says("=?", from)) {
            return 0;
        }
        var code = text.next('?', from + 2);
        var coding = text.lower(code + 1);
        if (coding != 'q' && coding != 'b' || text.at(code + 2) != '?') {
            return 0;
        }
        var end = text.toString().indexOf("?=", code + 3);
        var at = end + 2;
        while (Text.isWord(text.at(at)) || text.at(at) == '.' || text.at(at) == '"') {
            at++;
        }
        return end > 0 && text.at(at) == '@' ? at : 0;
    }

    @Override
    public Finding look(Text text, Place place) {
        var lines = 0;
        if (wordEnd(text) > 0) {
            return Finding.strong(text.first());
        }
        if (text.first() > 0 && isCommand(text, text.first())) {
            return Finding.strong(text.first());
        }
        for (var i = text.first(); i < text.length(); i++) {
            if (text.at(i) != '\r' && text.at(i) != '\n') {
                continue;
            }
            var line = i + 1;
            if (isCommand(text, line) || lines == 0 && isFirst(text, i, line)) {
                return Finding.strong(line);
            }
            lines += text.at(line) == '\n' ? 0 : 1;
        }
        return Finding.NONE;
    }

    /** Tells whether the first line is a value, and the one behind it a field of a mail or a greeting of its protocol. */
    private static boolean isFirst(Text text, int end, int line) {
        if (isOneWord(text, end) && (isField(text, line) || isGreeting(text, line))) {
            return true;
        }
        var named = text.at(end - 1) == '>' && text.next(':', text.first()) > end && isAddressed(text, text.first());
        var copied = text.says("bcc:", line) || text.says("cc:", line) && isAlone(text, line);
        return (named || copied) && end - text.first() <= LONGEST_FIRST && isField(text, line);
    }

    /** Tells whether the line is the last one, and the one before it a field with an address. */
    private static boolean isAlone(Text text, int line) {
        return text.next('\n', line) >= text.last()
                && text.says("from:", text.first())
                && isAddressed(text, text.first());
    }

    private static boolean isGreeting(Text text, int at) {
        var greets = text.says("helo ", at) || text.says("ehlo ", at);
        return greets && isLineEnd(text, text.skipSpace(wordsEnd(text, at + 5)));
    }

    /** The end of the name of a host. */
    private static int wordsEnd(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i))
                || text.at(i) == '.'
                || text.at(i) == '-'
                || text.at(i) == '['
                || text.at(i) == ']') {
            i++;
        }
        return i;
    }

    /** Tells whether a line may begin at the index as a command does that no field is. */
    static boolean mayCommand(Text text, int at) {
        return text.says("helo ", at) || text.says("ehlo ", at) || isNumbered(text, at) || isFetched(text, at);
    }

    /** Tells whether a command of IMAP stands here behind its number: {@code A1 LOGOUT}. */
    private static boolean isNumbered(Text text, int at) {
        var verb = text.wordEnd(at) + 1;
        var numbered = Text.isLetter(text.at(at)) && verb < at + 8 && Text.isDigit(text.at(verb - 2));
        return numbered
                && text.at(verb - 1) == ' '
                && isCapital(text.at(verb))
                && COMMANDS.has(text, verb, text.wordEnd(verb));
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** Tells whether a command of POP with the number of a mail is the whole line. */
    private static boolean isFetched(Text text, int at) {
        var verb = text.says("dele ", at) || text.says("retr ", at);
        return verb && isCapital(text.at(at)) && Text.isDigit(text.at(at + 5)) && isLineEnd(text, text.wordEnd(at + 5));
    }

    private static boolean isCommand(Text text, int at) {
        return isNumbered(text, at)
                || isFetched(text, at)
                || isCommand(text, at, "rcpt", "to:")
                || isCommand(text, at, "mail", "from:")
                || text.says("data", at) && isLineEnd(text, at + 4)
                || text.says("quit", at) && isLineEnd(text, at + 4) && (text.at(at - 2) == '\r' || isWhole(text, at));
    }

    /** Tells whether a word in capitals is all there is beside line ends. */
    private static boolean isWhole(Text text, int at) {
        return at == text.first() && at + 4 == text.last() && isCapital(text.at(at)) && isCapital(text.at(at + 3));
    }

    private static boolean isCommand(Text text, int at, String verb, String object) {
        var next = text.skipSpace(at + verb.length());
        var address = text.skipSpace(next + object.length());
        return text.says(verb, at)
                && text.says(object, next)
                && (text.at(address) == '<' || isAddressed(text, address));
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
        var c = text.at(text.first());
        return end > text.first() && (Text.isWord(c) || c >= 0x80 || "\"'<".indexOf(c) >= 0);
    }

    /** Tells whether an address stands in the line that begins at the index, which is the first one of a value. */
    private static boolean isAddressed(Text text, int from) {
        for (var i = from; i < from + LONGEST_FIRST && !isLineEnd(text, i); i++) {
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
                || text.skipSpace(from) < text.last() && isAddressed(text, text.first());
    }
}
