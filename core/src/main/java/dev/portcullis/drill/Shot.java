package dev.portcullis.drill;

/**
 * One attack on one aim. Immutable.
 *
 * @param id the attack's id within its class
 * @param where where it stands
 * @param attack the attack
 * @param baseline the harmless request that it is held against
 * @param proof what its answer proves
 */
record Shot(String id, String where, Draft attack, Draft baseline, Proof proof) {}
