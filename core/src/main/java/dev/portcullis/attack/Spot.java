package dev.portcullis.attack;

/**
 * Where in a request a text stands, and what detectors are spared there.
 *
 * @param place the kind of place
 * @param name the name of the parameter, the header field or the member; empty when there is none
 * @param trail the way to it in JSON
 * @param relief what detectors are spared
 */
record Spot(Place place, String name, Trail trail, Relief relief) {}
