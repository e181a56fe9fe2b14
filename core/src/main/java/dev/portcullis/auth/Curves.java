package dev.portcullis.auth;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.util.Arrays;

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

    /** Tells whether the key is of the curve P-256 or P-384, by its size; other curves of these sizes are not read. */
    static boolean isOf(ECPublicKey key, int bits) {
        return key.getParams().getCurve().getField().getFieldSize() == bits && holds(key);
    }

    /** Tells whether both halves are from 1 to n - 1; Java versions before CVE-2022-21449 was mended do not ask. */
    static boolean inRange(byte[] signature, ECPublicKey curve) {
        var order = curve.getParams().getOrder();
        var half = (curve.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        if (signature.length != 2 * half) {
            return false;
        }
        var r = new BigInteger(1, Arrays.copyOfRange(signature, 0, half));
        var s = new BigInteger(1, Arrays.copyOfRange(signature, half, 2 * half));
        return r.signum() > 0 && s.signum() > 0 && r.compareTo(order) < 0 && s.compareTo(order) < 0;
    }

    private static boolean isElement(BigInteger value, BigInteger p) {
        return value.signum() >= 0 && value.compareTo(p) < 0;
    }
}
