package dev.portcullis.auth;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;

/** The arithmetic of elliptic curves that key factories leave undone. */
final class Curves {

    private Curves() {}

    /** Tells whether the key's point is a point of its curve: y² = x³ + ax + b. */
    static boolean holds(ECPublicKey key) {
        var curve = key.getParams().getCurve();
        if (!(curve.getField() instanceof ECFieldFp field)) {
            return false;
        }
        var p = field.getP();
        var x = key.getW().getAffineX();
        var y = key.getW().getAffineY();
        if (!isElement(x, p) || !isElement(y, p)) {
            return false;
        }
        var right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
        return y.pow(2).mod(p).equals(right);
    }

    private static boolean isElement(BigInteger value, BigInteger p) {
        return value.signum() >= 0 && value.compareTo(p) < 0;
    }
}
