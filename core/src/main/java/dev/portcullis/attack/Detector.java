package dev.portcullis.attack;

/**
 * Finds one kind of attack.
 *
 * <p>Implementations are immutable, and read a text in time that grows linearly with its length.
 */
interface Detector {

    /** The stable kebab-case word for logs and exclusions. */
    String id();

    /** Of which {@link Traits} a text at this place must have one to be worth a look; 0 when texts there are not looked at. */
    int attractors(Place place);

    /** Of which {@link Traits} a text at this place must have one to be worth a look that was not noticed. */
    default int unnoticed(Place place) {
        return attractors(place);
    }

    /**
     * Tells whether a text, as it was sent, is worth a look by this detector although none of its characters attracts any. Asked of
     * {@link Detectors#NOTICING} alone, and makes no object.
     */
    default boolean notices(Place place, String sent) {
        return false;
    }

    /** Of which {@link Signs} a text at this place that attracts it must have one; {@link Signs#ANY} where that is not all that it hangs on. */
    default long hangsOn(Place place) {
        return Signs.ANY;
    }

    /**
     * Tells whether the detector may find anything in a text that attracts it. It may say so of texts in which there is nothing, and never the
     * other way round.
     */
    default boolean mayFind(Sample sample) {
        return sample.has(hangsOn(sample.place()));
    }

    /** Tells whether it may find in one of several lines what counts for anything there. */
    default boolean mayFindInLine(Sample line) {
        return mayFind(line);
    }

    /** Tells whether anything it finds counts in one of several lines, which stands amid no code. */
    default boolean countsInLine() {
        return reach() != Reach.ANYWHERE;
    }

    /** Tells whether anything it finds counts in one line of code, which begins as code does not. */
    default boolean countsInCode() {
        return false;
    }

    /** What its findings count for in documents; less, unless certain. */
    default Reach reach() {
        return Reach.CERTAIN;
    }

    /** What a finding counts for in a document, of posts and code. */
    default Finding inDocument(Sample sample, Finding found) {
        return reach().temper(found);
    }

    /** What a finding of some strength counts for in one line of several, which stands amid no code; nothing where the whole was told already. */
    default Finding inLine(Sample line, Finding found) {
        return reach() == Reach.ANYWHERE ? Finding.NONE : found;
    }

    /** What a finding of some strength counts for in one line of code, which begins as code does not. */
    default Finding inCode(Sample line, Finding found) {
        return Finding.NONE;
    }

    /** Looks for the attack in one reading of a text, of which it may want to know the name too. */
    default Finding look(Sample sample) {
        return look(sample.text(), sample.place());
    }

    /** Looks for the attack in one reading of a text. */
    Finding look(Text text, Place place);
}
