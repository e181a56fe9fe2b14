package dev.portcullis.attack;

import java.util.Arrays;

/**
 * The lines of a text that are not blank. Those that stand amid code, or amid lines which begin with the same mark, are likely what they
 * look like; the others may be values that somebody put beside each other. Belongs to one thread.
 */
final class Lines {

    private static final Marks LEADS = Marks.of("#*<\"%@:");
    private static final Marks COMMENTS = Marks.of("/*");
    private static final Marks PLAIN = Marks.of("#*<\"");
    private static final Marks ENDS = Marks.of(";{}\\(");
    private static final Marks CLOSERS = Marks.of(";{(");
    private static final Marks BRACKETS = Marks.of(")]}");
    private static final Marks FOREIGN = Marks.of(";|&$`'{");
    private static final Marks JOINTS = Marks.of("&|");

    private static final int FEW = 16;
    /** How many lines on either side tell what a line stands amid. */
    private static final int NEAR = 4;
    /** Of how many visible characters one is a mark of code. */
    private static final int MARKED = 11;

    private static final Words<Boolean> KEYWORDS = Words.set(
            "if then else elif fi do done case esac for while function return exit"
                    + " import from def class except try finally public private protected static var let const use my our sub echo");

    /** What a line must have one of to be more than words and numbers. */
    private static final int TELLING = ~(Traits.LETTER
            | Traits.DIGIT
            | Traits.SPACE
            | Traits.DOT
            | Traits.COLON
            | Traits.MARK
            | Traits.CONTROL
            | Traits.WIDE
            | Traits.SERIAL
            | 1 << 31);

    private static final byte BLANK = 2;

    /** What each character counts for when code is told by its marks: 1 for a mark, {@link #BLANK} for white space. */
    private static final byte[] WEIGHTS = new byte[128];

    static {
        for (var c : ";{}=<>()\"$\\|&+%".toCharArray()) {
            WEIGHTS[c] = 1;
        }
        Arrays.fill(WEIGHTS, 0, ' ' + 1, BLANK);
    }

    private final Text text;
    /** Where each line begins, and where it ends. */
    private int[] bounds = new int[2 * FEW];
    /** Which characters each has. */
    private int[] traits = new int[FEW];
    /** How many lines of code there are before each. */
    private int[] codes = new int[FEW + 1];
    /** The mark that each line begins with; 0 for none that tells lines of one kind. */
    private char[] marks = new char[FEW];
    /** Which lines end as statements do. */
    private boolean[] closed = new boolean[FEW];

    private int count;
    private boolean fenced;

    private Lines(Text text) {
        this.text = text;
    }

    static Lines of(Text text) {
        var lines = new Lines(text);
        for (var first = text.skipSpace(0); first < text.length(); ) {
            var end = text.lineEnd(first);
            lines.add(lines.start(first), first, end);
            first = text.skipSpace(end);
        }
        return lines;
    }

    /** Tells whether a line ends before the last visible character of the text. */
    static boolean isBroken(Text text) {
        return text.next('\n', text.first()) < text.last() || text.next('\r', text.first()) < text.last();
    }

    /** Where the line begins whose first visible character stands at the index. */
    private int start(int first) {
        var i = first;
        while (i > 0 && text.at(i - 1) != '\n' && text.at(i - 1) != '\r') {
            i--;
        }
        return i;
    }

    private void add(int from, int first, int end) {
        if (count == marks.length) {
            bounds = Arrays.copyOf(bounds, 4 * count);
            traits = Arrays.copyOf(traits, 2 * count);
            codes = Arrays.copyOf(codes, 2 * count + 1);
            marks = Arrays.copyOf(marks, 2 * count);
            closed = Arrays.copyOf(closed, 2 * count);
        }
        bounds[2 * count] = from;
        bounds[2 * count + 1] = end;
        marks[count] = mark(first);
        closed[count] = Text.isLetter(text.at(first)) && CLOSERS.has(text.at(end - 1));
        var code = isFenced(first) || isCode(first, end);
        count++;
        codes[count] = codes[count - 1] + (code ? 1 : 0);
    }

    private char mark(int first) {
        var c = text.at(first);
        return LEADS.has(c) || c == '/' && COMMENTS.has(text.at(first + 1)) ? c : 0;
    }

    private boolean isFenced(int first) {
        var fence = text.says("```", first) || text.says("~~~", first);
        fenced ^= fence;
        return fenced || fence;
    }

    private boolean isCode(int first, int end) {
        var last = end;
        while (Text.isSpace(text.at(last - 1))) {
            last--;
        }
        if (PLAIN.has(text.at(first))) {
            return false;
        }
        return ENDS.has(text.at(last - 1)) || BRACKETS.has(text.at(first)) || isMarked(first, last) || isScript(first);
    }

    /** Tells whether as many of the characters as only code has are marks. */
    private boolean isMarked(int from, int to) {
        var marks = 0;
        var blanks = 0;
        for (var i = from; i < to; i++) {
            var c = text.at(i);
            var weight = c < 128 ? WEIGHTS[c] : Text.isSpace(c) ? BLANK : 0;
            marks += weight & 1;
            blanks += weight >>> 1;
        }
        return marks > 1 && marks * MARKED >= to - from - blanks;
    }

    private boolean isScript(int first) {
        var end = text.wordEnd(first);
        if (end == first) {
            return false;
        }
        var c = text.at(first);
        var hash = Words.hash(text, first, end);
        return c >= 'a' && c <= 'z' && KEYWORDS.find(text, first, end, hash) != null
                || ShellWords.TOOLS.find(text, first, end, hash) != null
                || text.at(text.skipSpace(end)) == '-' && ShellWords.COMMANDS.find(text, first, end, hash) != null;
    }

    int count() {
        return count;
    }

    /** Tells whether at least half of the lines around a line are code, or begin with the same mark. */
    boolean isAmidAlike(int index) {
        var from = Math.max(0, index - NEAR);
        var to = Math.min(count, index + NEAR + 1);
        var alike = codes[to] - codes[from] - (codes[index + 1] - codes[index]);
        for (var i = from; i < to && (marks[index] != 0 || closed[index]); i++) {
            var same = marks[i] == marks[index] || closed[index] && (marks[i] == '*' || marks[i] == '/');
            alike += i != index && marks[i] != 0 && same ? 1 : 0;
        }
        return 2 * alike >= to - from - 1 || isContinued(index);
    }

    /** Tells whether a line has a character that words and numbers have not. */
    boolean tells(int index) {
        return (traits(index) & TELLING) != 0;
    }

    /** Tells whether a line begins as a value or a separator does, which hardly any line of code does. */
    boolean isForeign(int index) {
        var first = text.at(text.skipSpace(bounds[2 * index]));
        return marks[index] == 0 && !isContinued(index) && (Text.isDigit(first) || FOREIGN.has(first));
    }

    /** Tells whether the line before says that it goes on in this one, as commands do behind each other. */
    private boolean isContinued(int index) {
        return index > 0
                && text.at(bounds[2 * index - 1] - 1) == '\\'
                && JOINTS.has(text.at(text.skipSpace(bounds[2 * index])));
    }

    /** The characters of a line as {@link Traits}; 0 stands for those that were not read yet. */
    private int traits(int index) {
        if (traits[index] == 0) {
            traits[index] = Traits.of(text.toString(), bounds[2 * index], bounds[2 * index + 1]);
        }
        return traits[index];
    }

    /** A line as the detectors see it, as a value that stands where the text does. */
    Sample sample(Place place, String name, int index) {
        var line = text.toString().substring(bounds[2 * index], bounds[2 * index + 1]);
        var alone = new Text(line);
        var seen = Signs.alone(alone, text.lineSigns().endingAt(bounds[2 * index + 1]));
        return new Sample(place, name, alone, traits(index), seen | blanks(alone));
    }

    private static long blanks(Text line) {
        for (var i = line.first(); i < line.last(); i++) {
            if (Text.isSpace(line.at(i))) {
                return Signs.BLANK;
            }
        }
        return 0;
    }
}
