package dev.portcullis.config;

/** The order in which the rules of a route are asked: nothing expensive runs for a request that something cheap would stop. */
enum Stage {
    /** What every response carries, the gate's own replies included. */
    RESPONSE_HEADERS,
    /** CORS headers, so that every later denial carries them. */
    CORS_HEADERS,
    /** How long the route will be there, and that it is gone. */
    SUNSET,
    ADDRESS,
    /** What an operator has denied. */
    SUSPENSION,
    /** Agents by their names, and addresses that behave badly. */
    PENALTY,
    /** Pages of other sites that open a WebSocket. */
    HANDSHAKE,
    /** What pages of other sites make a browser send. */
    CROSS_SITE,
    /** Limits whose key needs no identity, so that no cryptography is spent on a flood. */
    EARLY_LIMIT,
    PREFLIGHT,
    /** Who guesses is denied before anything is spent on the guess. */
    BRUTE_FORCE,
    AUTHENTICATION,
    /** Credentials and callers that an operator has taken back. */
    REVOCATION,
    /** Clients who behave badly. */
    CLIENT_PENALTY,
    /** Limits by who calls. */
    LATE_LIMIT,
    AUTHORIZATION,
    /** Credentials that are good once are used up when everything cheap has let the request pass. */
    REPLAY,
    /** Conditions on requests, whoever calls. */
    CONDITION,
    BODY_SIZE,
    /** How long a body may take to come. */
    BODY_TIME,
    /** Fields of forms, and files. */
    FORM,
    /** What an OpenAPI document says of parameters and bodies. */
    CONTRACT,
    SCHEMA,
    ATTACKS,
    /** Conditions on bodies that a schema has found valid. */
    BODY_CONDITION,
    /** What responses must be. */
    RESPONSE_SCHEMA,
    /** What must not leave; it sees what the application wrote. */
    RESPONSE_LEAKS,
    /** Fields that not everybody may see. */
    RESPONSE_MASKS,
    /** Responses of which the size is remarkable. */
    RESPONSE_SIZE
}
