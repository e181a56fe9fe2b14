package dev.portcullis.attack;

/** Programs of Python's pickle, read as its machine does: an operation, what belongs to it, and the next one. */
final class PickleProgram {

    /** How many operations are read, and how long a line of one is. */
    private static final int MOST = 64;

    private static final int LINE = 80;
    private static final int PROTOCOL = 0x80;

    /** Operations that take nothing, or push what is on the stack. */
    private static final String PLAIN =
            "(.012NQRabdelostu)]}\u0081\u0085\u0086\u0087\u0088\u0089\u008f\u0090\u0091\u0093\u0094";
    /** Operations that take a line. */
    private static final String LINES = "FILPSVgp";
    /** Operations that build or call something. */
    private static final String CALLS = "Robi\u0081\u0092";

    /** Operations that push what is handed to something named, or keep it. */
    private static final String GOES_ON = "()]}pSVq\u0094";

    private final byte[] all;
    private int at;
    private boolean named;
    private boolean calls;
    /** Whether the operation before has named something in the first form, which no text goes on like. */
    private boolean loaded;

    private PickleProgram(byte[] all) {
        this.all = all;
    }

    /** Tells whether a program begins the octets, which may be cut short, that names something of a module and calls or builds it. */
    static boolean begins(byte[] octets) {
        var program = new PickleProgram(octets);
        return program.runs();
    }

    private boolean runs() {
        for (var steps = 0; steps < MOST && at < all.length; steps++) {
            var operation = all[at++] & 0xff;
            if (!takes(operation)) {
                return false;
            }
            calls |= named && (CALLS.indexOf(operation) >= 0 || loaded && GOES_ON.indexOf(operation) >= 0);
            loaded = operation == 'c';
            if (calls) {
                return true;
            }
        }
        return false;
    }

    /** Reads what belongs to the operation; false where no program goes on like that. */
    private boolean takes(int operation) {
        if (operation == 'c' || operation == 'i') {
            named = true;
            var module = name();
            return module && name();
        }
        named |= operation == 0x93;
        if (LINES.indexOf(operation) >= 0) {
            return line(operation);
        }
        var length = length(operation);
        at += Math.max(length, 0);
        return length >= 0 || PLAIN.indexOf(operation) >= 0;
    }

    /** How many octets belong to an operation; -1 where it has none, or is none. */
    private int length(int operation) {
        return switch (operation) {
            case PROTOCOL, 'K', 'h', 'q', 0x82 -> 1;
            case 'M', 0x83 -> 2;
            case 'J', 'j', 'r', 0x84 -> 4;
            case 'G', 0x95 -> 8;
            case 'U', 'C', 0x8a, 0x8c -> 1 + number(1);
            case 'T', 'X', 'B', 0x8b -> 4 + number(4);
            case 0x8d, 0x8e -> 8 + number(4);
            default -> -1;
        };
    }

    private int number(int octets) {
        var value = 0;
        for (var i = Math.min(octets, 3) - 1; i >= 0; i--) {
            value = value << 8 | (at + i < all.length ? all[at + i] & 0xff : 0);
        }
        return value;
    }

    /** Reads the name of a module, or of something in it. */
    private boolean name() {
        var from = at;
        while (at < all.length && (Text.isWord((char) (all[at] & 0xff)) || all[at] == '.')) {
            at++;
        }
        return at > from && lineEnd();
    }

    /** Reads a line, which has quotes around it where it is a string, and is a number where it is one. */
    private boolean line(int operation) {
        var first = at < all.length ? (char) (all[at] & 0xff) : Text.END;
        var told = operation == 'S'
                ? first == '\'' || first == '"'
                : operation == 'V' || operation == 'P' || Text.isDigit(first) || first == '-';
        var from = at;
        while (told && at < all.length && at < from + LINE && all[at] != '\n' && all[at] != '\r') {
            at++;
        }
        return told && lineEnd();
    }

    private boolean lineEnd() {
        at += at < all.length && all[at] == '\r' ? 1 : 0;
        return at < all.length && all[at++] == '\n';
    }
}
