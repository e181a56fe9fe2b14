package dev.portcullis.http;

import dev.portcullis.TrustedBase;
import dev.portcullis.http.Structured.Dictionary;
import dev.portcullis.http.Structured.Inner;
import dev.portcullis.http.Structured.Item;
import dev.portcullis.http.Structured.Member;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one structured field value, letter by letter (RFC 9651, section 4.2). Used once. */
@TrustedBase
final class StructuredText {

    private static final int MAX_INTEGER = 15;
    private static final int MAX_WHOLE = 12;
    private static final int MAX_FRACTION = 3;

    private final String text;
    private int at;

    /** The text is no such value. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Malformed() {
            super("malformed", null, false, false);
        }
    }

    private StructuredText(String text) {
        this.text = text;
    }

    static StructuredText of(List<String> lines) {
        return new StructuredText(lines.size() == 1 ? lines.get(0) : String.join(", ", lines));
    }

    Item onlyItem() {
        spaces();
        var item = item();
        end();
        return item;
    }

    List<Member> onlyList() {
        spaces();
        var members = new ArrayList<Member>();
        while (more()) {
            members.add(member());
            comma();
        }
        return List.copyOf(members);
    }

    Dictionary onlyDictionary() {
        spaces();
        var members = new LinkedHashMap<String, Member>();
        var repeats = false;
        while (more()) {
            var key = key();
            var member = take('=') ? member() : new Item(true, parameters());
            repeats |= members.put(key, member) != null;
            comma();
        }
        return new Dictionary(members, repeats);
    }

    private Member member() {
        return peek() == '(' ? inner() : item();
    }

    private Inner inner() {
        demand('(');
        var items = new ArrayList<Item>();
        while (true) {
            spaces();
            if (take(')')) {
                return new Inner(items, parameters());
            }
            items.add(item());
            if (peek() != ' ' && peek() != ')') {
                throw new Malformed();
            }
        }
    }

    private Item item() {
        var value = bare();
        return new Item(value, parameters());
    }

    private Map<String, Object> parameters() {
        var parameters = new LinkedHashMap<String, Object>();
        while (take(';')) {
            spaces();
            var key = key();
            parameters.put(key, take('=') ? bare() : true);
        }
        return parameters;
    }

    private String key() {
        var from = at;
        if (!isLower(peek()) && peek() != '*') {
            throw new Malformed();
        }
        while (isLower(peek()) || isDigit(peek()) || more() && "_-.*".indexOf(peek()) >= 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private Object bare() {
        var c = peek();
        if (c == '-' || isDigit(c)) {
            return number();
        }
        return switch (c) {
            case '"' -> string();
            case ':' -> bytes();
            case '?' -> bool();
            case '@' -> date();
            case '%' -> display();
            default -> token();
        };
    }

    private Object number() {
        var from = at;
        take('-');
        var whole = digits();
        if (!take('.')) {
            check(whole <= MAX_INTEGER);
            return Long.parseLong(text.substring(from, at));
        }
        check(whole <= MAX_WHOLE && digits() <= MAX_FRACTION);
        return new BigDecimal(text.substring(from, at));
    }

    /** Takes digits, of which there is at least one. */
    private int digits() {
        var from = at;
        while (isDigit(peek())) {
            at++;
        }
        check(at > from);
        return at - from;
    }

    private String string() {
        demand('"');
        var value = new StringBuilder();
        while (!take('"')) {
            take('\\', '"', '\\');
            check(peek() >= ' ' && peek() <= '~');
            value.append(text.charAt(at++));
        }
        return value.toString();
    }

    /** Takes an escape sign, which only these may follow. */
    private void take(char escape, char one, char other) {
        if (take(escape)) {
            check(peek() == one || peek() == other);
        }
    }

    private Structured.Bytes bytes() {
        demand(':');
        var end = text.indexOf(':', at);
        check(end >= 0);
        try {
            var bytes = Base64.getDecoder().decode(text.substring(at, end));
            at = end + 1;
            return new Structured.Bytes(bytes);
        } catch (IllegalArgumentException e) {
            throw new Malformed();
        }
    }

    private Boolean bool() {
        demand('?');
        var yes = take('1');
        check(yes || take('0'));
        return yes;
    }

    private Structured.Date date() {
        demand('@');
        check(peek() == '-' || isDigit(peek()));
        if (number() instanceof Long seconds) {
            return new Structured.Date(seconds);
        }
        throw new Malformed();
    }

    private Structured.Display display() {
        demand('%');
        demand('"');
        var bytes = new byte[text.length() - at];
        var length = 0;
        while (!take('"')) {
            check(peek() >= ' ' && peek() <= '~');
            bytes[length++] = peek() == '%' ? escaped() : (byte) text.charAt(at++);
        }
        try {
            var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return new Structured.Display(decoded.toString());
        } catch (CharacterCodingException e) {
            throw new Malformed();
        }
    }

    private byte escaped() {
        var octet = Percent.octet(text, at);
        check(octet >= 0 && !isUpper(text.charAt(at + 1)) && !isUpper(text.charAt(at + 2)));
        at += Percent.LENGTH;
        return (byte) octet;
    }

    private Structured.Token token() {
        var from = at;
        check(isLower(peek()) || isUpper(peek()) || peek() == '*');
        while (more() && (Token.isPart(text.charAt(at)) || peek() == ':' || peek() == '/')) {
            at++;
        }
        return new Structured.Token(text.substring(from, at));
    }

    /** Takes the comma between two members, or finds the end; a comma at the end is none. */
    private void comma() {
        white();
        if (more()) {
            demand(',');
            white();
            check(more());
        }
    }

    private void white() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private void end() {
        spaces();
        check(!more());
    }

    private void spaces() {
        while (peek() == ' ') {
            at++;
        }
    }

    private boolean more() {
        return at < text.length();
    }

    /** The next letter; a letter that no value may hold at the end. */
    private char peek() {
        return more() ? text.charAt(at) : '\0';
    }

    private boolean take(char c) {
        if (more() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void demand(char c) {
        check(take(c));
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new Malformed();
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
