package dev.portcullis.auth;

/** Whether requests must be told apart, so that none can be sent again. */
public enum Replays {
    /** Every request must carry a nonce, which is good once. */
    REQUIRED,
    /** Requests of methods that change something must carry a nonce; others may. */
    UNSAFE,
    /** Nonces are not looked at. */
    OFF;

    /** Tells whether a request of the method must carry a nonce. */
    boolean demands(String method) {
        return switch (this) {
            case REQUIRED -> true;
            case OFF -> false;
            case UNSAFE -> !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
        };
    }
}
