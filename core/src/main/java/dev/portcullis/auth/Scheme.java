package dev.portcullis.auth;

import dev.portcullis.Request;
import dev.portcullis.Verdict;

/** A way to prove who calls. Thread-safe. */
public abstract sealed class Scheme permits ApiKeys, Jwt {

    /** The protection space that challenges name (RFC 9110, section 11.5). */
    static final String REALM = "realm=\"api\"";

    Scheme() {}

    /** How many credentials of this scheme the request carries. */
    abstract int presented(Request request);

    /** The verdict on the one credential that the request carries. */
    abstract Verdict judge(Request request);

    /** The challenge to a client that sent no credential (RFC 9110, section 11.6.1). */
    abstract String challenge();
}
