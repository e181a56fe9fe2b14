package dev.portcullis.attack;

import org.jspecify.annotations.Nullable;

/**
 * What detectors are spared at one parameter, as sets of bits by their index. Immutable.
 *
 * @param off the detectors that do not look
 * @param low the detectors that must be as sure as at {@link Level#LOW}
 * @param balanced the detectors that must be as sure as at {@link Level#BALANCED}
 */
record Relief(long off, long low, long balanced) {

    static final Relief NONE = new Relief(0, 0, 0);

    static Relief of(Exclusion exclusion) {
        var bits = Detectors.bits(exclusion.detectors());
        var level = exclusion.level();
        return level == null
                ? new Relief(bits, 0, 0)
                : new Relief(0, level == Level.LOW ? bits : 0, level == Level.BALANCED ? bits : 0);
    }

    Relief and(@Nullable Relief other) {
        return other == null ? this : new Relief(off | other.off, low | other.low, balanced | other.balanced);
    }

    boolean spares(int detector) {
        return (off >>> detector & 1) != 0;
    }

    boolean sparesAll() {
        return (off & Detectors.EVERY) == Detectors.EVERY;
    }

    /** How sure a detector must be that must be this sure elsewhere. */
    Level level(int detector, Level elsewhere) {
        if ((low >>> detector & 1) != 0) {
            return Level.LOW;
        }
        return elsewhere == Level.STRICT && (balanced >>> detector & 1) != 0 ? Level.BALANCED : elsewhere;
    }
}
