package dev.portcullis.attack;

/** Names of what nobody may ask for by a filter: what proves who somebody is, and what makes somebody more than others. A table of data. */
final class Secrets {

    private static final Words<Boolean> NAMES = Words.set(
            "password passwd passwort pwd passhash passwordhash password_hash password_digest encrypted_password userpassword"
                    + " hashed_password resettoken reset_token reset_password_token resetpasswordtoken password_reset_token passwordresettoken"
                    + " confirmation_token remember_token auth_token authtoken authentication_token access_token accesstoken refresh_token"
                    + " refreshtoken api_key apikey api_token apitoken secret secret_key secretkey private_key privatekey client_secret otp_secret"
                    + " totp_secret mfa_secret recovery_token session_key sessiontoken session_token salt password_salt is_superuser is_staff"
                    + " unlock_token invitation_token");
    /** What longer names of secrets hold, after a low line or before one. */
    private static final String[] PARTS = {
        "password", "passwd", "secret", "token", "api_key", "recovery", "recoveries", "otp"
    };

    private Secrets() {}

    /** Tells whether the name from one index up to another is that of a secret. */
    static boolean has(Text text, int from, int to) {
        return NAMES.has(text, from, to);
    }

    static boolean has(String name) {
        return NAMES.has(name, 0, name.length());
    }

    static boolean has(String text, int from, int to) {
        return NAMES.has(text, from, to);
    }

    /** Tells whether a secret is named from one index up to another, be it as a part of a longer name such as {@code user_reset_password_token}. */
    static boolean within(Text text, int from, int to) {
        if (has(text, from, to)) {
            return true;
        }
        for (var i = from; i < to; i++) {
            if ((i == from || text.at(i - 1) == '_') && begins(text, i, to)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a part that secrets are named by begins at the index, and ends before a low line or with the name. */
    private static boolean begins(Text text, int from, int to) {
        for (var part : PARTS) {
            var end = from + part.length();
            if (end <= to && (end == to || text.at(end) == '_') && text.says(part, from)) {
                return true;
            }
        }
        return false;
    }
}
