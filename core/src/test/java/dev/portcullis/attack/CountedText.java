package dev.portcullis.attack;

/** A text that counts how often it is looked at. */
final class CountedText extends Text {

    private long looks;

    CountedText(String chars) {
        super(chars);
    }

    @Override
    char at(int index) {
        looks++;
        return super.at(index);
    }

    @Override
    int next(char c, int from) {
        var found = super.next(c, from);
        looks += found - from + 1;
        return found;
    }

    long looks() {
        return looks;
    }
}
