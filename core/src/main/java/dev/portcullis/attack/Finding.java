package dev.portcullis.attack;

/**
 * What a detector says of a text. Immutable.
 *
 * @param suspicion how sure it is
 * @param at the index in the text where it begins
 */
record Finding(Suspicion suspicion, int at) {

    /** The finding of a detector that has nothing to say. */
    static final Finding NONE = new Finding(Suspicion.NONE, 0);

    static Finding faint(int at) {
        return new Finding(Suspicion.FAINT, at);
    }

    static Finding strong(int at) {
        return new Finding(Suspicion.STRONG, at);
    }

    static Finding certain(int at) {
        return new Finding(Suspicion.CERTAIN, at);
    }

    /** The surer of both; this one when they are equally sure. */
    Finding or(Finding other) {
        return other.suspicion.compareTo(suspicion) > 0 ? other : this;
    }

    /** The same place, a step less sure. */
    Finding weaker() {
        return suspicion == Suspicion.FAINT ? NONE : new Finding(suspicion.weaker(), at);
    }

    /** The same place, no more than strong. */
    Finding atMostStrong() {
        return isCertain() ? strong(at) : this;
    }

    boolean isStrong() {
        return suspicion == Suspicion.STRONG;
    }

    boolean isFaint() {
        return suspicion == Suspicion.FAINT;
    }

    boolean isCertain() {
        return suspicion == Suspicion.CERTAIN;
    }
}
