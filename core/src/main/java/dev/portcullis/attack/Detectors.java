package dev.portcullis.attack;

import java.util.List;

/** All detectors, the quickest first. */
final class Detectors {

    static final List<Detector> ALL = List.of(new PathTraversal(), new SqlInjection(), new CrossSiteScripting());

    private Detectors() {}
}
