package dev.portcullis.attack;

/** What an operator is shown of a text: a bounded piece, without what may be a password, a token or the number of a card. */
final class Excerpt {

    private static final int LONGEST = 120;
    private static final int BEFORE = 30;
    /** From how many characters on a word of letters and digits may be a token. */
    private static final int TOKEN = 20;
    /** From how many digits on a number may be one that is nobody's business. */
    private static final int NUMBER = 11;

    private static final String HIDDEN = "***";

    private static final Words<Boolean> SECRET = Words.set("password passwd passphrase pwd secret token apikey api_key"
            + " access_token refresh_token id_token client_secret authorization auth session sessionid sid jsessionid csrf xsrf pin cvv"
            + " cvc otp iban ssn card cardnumber card_number credential credentials privatekey private_key signature");

    private Excerpt() {}

    /** What is shown of the text around an index. */
    static String of(String name, Text text, int at) {
        if (isSecret(name)) {
            return HIDDEN;
        }
        return masked(new Text(text.excerpt(Math.max(0, at - BEFORE), LONGEST)));
    }

    /** Tells whether a word of the name says that the value is secret. */
    private static boolean isSecret(String name) {
        var text = new Text(name.length() <= LONGEST ? name : name.substring(0, LONGEST));
        var from = 0;
        for (var i = 0; i <= text.length(); i++) {
            var ends = !Text.isWord(text.at(i));
            if (ends && (SECRET.has(text, from, i) || endsSecret(text, from, i))) {
                return true;
            }
            from = ends ? i + 1 : from;
        }
        return false;
    }

    /** Tells whether the word ends in one that says so, such as {@code newPassword} and {@code user_token}. */
    private static boolean endsSecret(Text text, int from, int end) {
        for (var i = from + 1; i < end - 2; i++) {
            var starts = text.at(i - 1) == '_' || Character.isUpperCase(text.at(i));
            if (starts && SECRET.has(text, i, end)) {
                return true;
            }
        }
        return false;
    }

    private static String masked(Text text) {
        var out = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); ) {
            var end = end(text, i);
            if (isPrivate(text, i, end)) {
                out.append(HIDDEN);
            } else {
                text.copy(i, Math.max(end, i + 1), out);
            }
            i = Math.max(end, i + 1);
        }
        return out.toString();
    }

    /** The end of the word or of the number, with blanks and dashes within, that begins at the index. */
    private static int end(Text text, int from) {
        var i = from;
        while (isPart(text.at(i))
                || (text.at(i) == ' ' || text.at(i) == '-')
                        && Text.isDigit(text.at(i - 1))
                        && Text.isDigit(text.at(i + 1))) {
            i++;
        }
        return i;
    }

    private static boolean isPart(char c) {
        return Text.isWord(c) || c == '+';
    }

    private static boolean isPrivate(Text text, int from, int end) {
        var digits = 0;
        var letters = 0;
        for (var i = from; i < end; i++) {
            digits += Text.isDigit(text.at(i)) ? 1 : 0;
            letters += Text.isLetter(text.at(i)) ? 1 : 0;
        }
        return digits >= NUMBER || digits > 1 && letters > 1 && end - from >= TOKEN;
    }
}
