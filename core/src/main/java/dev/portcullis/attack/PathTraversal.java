package dev.portcullis.attack;

/**
 * Path traversal and local files.
 *
 * <p>Looks for: paths that climb ({@code ../}), in whatever mixture of dots, separators and their hexadecimal names; values that are
 * the path of a system file; NUL, which ends a path for some readers.
 *
 * <p>Does not look for: names of common files without a path, nor relative links inside of longer texts.
 *
 * <p>Caught: {@code ../../../../etc/passwd}
 *
 * <p>Let through: {@code reports/2026/../index.html}
 */
final class PathTraversal implements Detector {

    private static final int CLIMB = Traits.DOTS | Traits.BACKSLASH | Traits.CONTROL;

    private static final Words<Boolean> ROOTS =
            Words.set("etc proc root boot dev sys var usr home opt private sbin bin lib windows winnt winnt32 volumes");

    @Override
    public String id() {
        return "path-traversal";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH -> CLIMB;
            case USER_AGENT, REFERER -> Traits.CONTROL;
            default -> CLIMB | Traits.SLASH | Traits.DOT;
        };
    }

    @Override
    public Finding look(Text text, Place place) {
        var shape = PathShape.of(text);
        if (shape.nul >= 0) {
            return Finding.strong(shape.nul);
        }
        if (place.isAgent()) {
            return Finding.NONE;
        }
        var finding = climbing(shape);
        return place == Place.PATH ? finding : finding.or(absolute(text, shape));
    }

    private static Finding climbing(PathShape shape) {
        var first = shape.first();
        if (first < 0) {
            return Finding.NONE;
        }
        var files = shape.file() != Suspicion.NONE;
        if (!shape.isPath()) {
            return shape.climbs() > 1 && files ? Finding.strong(first) : Finding.faint(first);
        }
        if (shape.climbs() > 1 && files || shape.climbs() > 3) {
            return Finding.certain(first);
        }
        var odd = shape.climbs() > 1 || shape.isMaze() || shape.leads() || files;
        return odd ? Finding.strong(first) : Finding.faint(first);
    }

    private static Finding absolute(Text text, PathShape shape) {
        var root = root(text);
        var drive = text.at(root - 1) == ':';
        var first = PathShape.segmentEnd(text, root);
        if (!drive && !shape.isPath() && !text.says("program files\\", root)) {
            return Finding.NONE;
        }
        var rooted = drive || root > 0 && (ROOTS.has(text, root, first) || text.at(first) == ' ');
        if (shape.file() == Suspicion.CERTAIN && (rooted || root > 0 || text.at(0) == '.' || first < text.length())) {
            return rooted ? Finding.certain(0) : Finding.strong(0);
        }
        return rooted || root > 0 && shape.file() != Suspicion.NONE ? Finding.strong(0) : Finding.NONE;
    }

    /** Where the first name of an absolute path begins; 0 when the path is not absolute. */
    private static int root(Text text) {
        var i = PathShape.isSeparator(text.at(0)) ? 1 : 0;
        var drive = text.at(i + 1) == ':'
                && Text.isLetter(text.at(i))
                && text.at(i + 2) != ' '
                && text.at(i + 2) != Text.END;
        i = drive ? i + 2 : i;
        while (!drive && i > 0 && PathShape.isSeparator(text.at(i))) {
            i++;
        }
        return i;
    }
}
