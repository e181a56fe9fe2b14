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

    /** What the names of files end in of which pages are made. */
    private static final Words<Boolean> ASSETS =
            Words.set("css js mjs ts tsx jsx scss less vue png jpg jpeg gif svg webp"
                    + " ico woff woff2 ttf html htm md mp3 mp4 webm pdf");

    /** Folders at the root of a system that hold no files of users. */
    private static final Words<Boolean> SYSTEM =
            Words.set("etc proc root var opt srv boot lib lib64 sbin dev sys run private usr");

    /** How long a step upwards is that nothing stands behind. */
    private static final int BARE_CLIMB = 3;

    /** Without any of these a path that does not climb names no file. */
    private static final int NAMED = Traits.LETTER | Traits.CAPITAL | Traits.SLASH | Traits.BACKSLASH | Traits.COLON;

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
    public boolean mayFind(Sample sample) {
        var path = (sample.traits() & NAMED) != 0 && !sample.has(Signs.BLANK);
        var first = sample.text().first();
        var drive = sample.text().at(first + 1) == ':' || sample.text().at(first + 2) == ':';
        return path && sample.text().last() <= PathShape.LONGEST || drive || sample.has(Signs.NUL | Signs.CLIMB);
    }

    /** In a line, of which lists of files are made, what climbs far or is nothing but an attack. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        return found.isCertain() ? found : Finding.NONE;
    }

    /** In a parameter that names a file, settings and hidden folders by their names alone, and a step upwards with nothing behind it. */
    @Override
    public Finding look(Sample sample) {
        var text = sample.text();
        var found = look(text, sample.place(), isPart(text, sample.place(), sample.name()));
        if (found.isStrong() || found.isCertain() || !sample.place().isValue()) {
            return found;
        }
        if (found.isFaint() && isNear(text, sample.place(), sample.name())) {
            return Finding.NONE;
        }
        var named = found.isFaint() && (isBare(text) || isProgram(text));
        if (found.isFaint() && sample.place() == Place.FILE_NAME && sample.has(Signs.CLIMB)) {
            return Finding.strong(text.first());
        }
        var told = named || !sample.has(Signs.BLANK) && (FileName.isSecret(text) || PathShape.isSecretName(text));
        if (FileName.isNamed(sample.name()) || FileName.isPicture(sample.name())) {
            return told
                            || isParent(text)
                            || isRootedPage(text)
                            || found.isFaint() && leadsToCode(text)
                            || isSystem(text)
                    ? Finding.strong(text.first())
                    : plain(text, found);
        }
        return found;
    }

    /** Tells whether the folder above is all there is, or one of settings at the root. */
    private static boolean isParent(Text text) {
        var first = text.first();
        var folder =
                text.at(first) == '/' && (text.at(text.last() - 1) == '/' ? text.last() - 1 : text.last()) > first + 1;
        var end = text.at(text.last() - 1) == '/' ? text.last() - 1 : text.last();
        return text.says("..", first) && text.last() == first + 2
                || folder
                        && (text.says("etc", first + 1) || text.says("proc", first + 1) || text.says("root", first + 1))
                        && PathShape.segmentEnd(text, first + 1) == end;
    }

    /** Tells whether a page that a server runs is named by its place in the system. */
    private static boolean isRootedPage(Text text) {
        return ShellRisk.isRooted(text, text.first()) && FileName.isPage(text);
    }

    /** Tells whether a climb ends in the name of what a server runs, or its settings. */
    private static boolean leadsToCode(Text text) {
        return text.at(text.first()) == '.' && (FileName.isSettings(text) || FileName.isPage(text));
    }

    /** Tells whether the path leads into a folder of the system that no user has files in. */
    private static boolean isSystem(Text text) {
        var start = text.first();
        var end = PathShape.segmentEnd(text, start + 1);
        return text.at(start) == '/'
                && text.at(end) == '/'
                && end + 1 < text.last()
                && SYSTEM.has(text, start + 1, end)
                && PathShape.segmentEnd(text, end + 1) > end + 1;
    }

    /** Judges the name of a file of settings or code that has no folder: a hint. */
    private static Finding plain(Text text, Finding found) {
        var code = PathShape.segmentEnd(text, text.first()) == text.last()
                && (FileName.isPage(text) || FileName.isSettings(text));
        return code ? found.or(Finding.faint(text.first())) : found;
    }

    /** Tells whether one step upwards is all there is, or a file of secrets in the folder where one stands, written as nobody does. */
    private static boolean isStep(Text text, PathShape shape) {
        var only = shape.leads() && shape.climbs() == 1 && text.last() - text.first() == BARE_CLIMB;
        return only || text.says("././", text.first()) && FileName.isSecret(text);
    }

    /** Tells whether a step upwards is all there is. */
    private static boolean isBare(Text text) {
        return text.at(text.first()) == '.' && text.last() - text.first() <= BARE_CLIMB;
    }

    /** Tells whether the path leads to the programs of Windows. */
    private static boolean isProgram(Text text) {
        var colon = text.next(':', text.first());
        return colon <= text.first() + 2 && text.says(":\\program files", colon);
    }

    @Override
    public Finding look(Text text, Place place) {
        var found = look(text, place, isPart(text, place, ""));
        return found.isFaint() && isNear(text, place, "") ? Finding.NONE : found;
    }

    private static Finding look(Text text, Place place, boolean part) {
        var shape = PathShape.of(text);
        if (shape.nul >= 0) {
            return Finding.strong(shape.nul);
        }
        if (place.isAgent()) {
            return Finding.NONE;
        }
        if (ShellGlob.begins(text, text.first()) && shape.isPath()) {
            return Finding.strong(text.first());
        }
        var alias = place == Place.PATH ? text.toString().indexOf("../") : -1;
        if (alias > 0 && Text.isWord(text.at(alias - 1))) {
            return Finding.strong(alias);
        }
        var parameter = text.toString().indexOf("..;/");
        if (parameter >= 0 && shape.isPath()) {
            return Finding.strong(parameter);
        }
        if (place.isArgument() && place != Place.JSON_VALUE && isStep(text, shape)) {
            return Finding.strong(text.first());
        }
        var finding = climbing(text, shape, place, part);
        return place == Place.PATH ? finding : finding.or(AbsolutePath.judge(text, shape));
    }

    private static Finding climbing(Text text, PathShape shape, Place place, boolean part) {
        var first = shape.first();
        if (first < 0) {
            return Finding.NONE;
        }
        if (isFolderOfBuild(text) || shape.climbs() <= 2 && isSchema(text)) {
            return Finding.NONE;
        }
        if (!shape.isPath()) {
            var away = shape.climbs() > 1 && shape.reaches() || shape.leads() && shape.climbs() > 2;
            return away ? Finding.strong(first) : Finding.faint(first);
        }
        if (shape.isWithin() && !shape.reaches()) {
            return Finding.faint(first);
        }
        var files = shape.file() != Suspicion.NONE;
        if (shape.climbs() > 1 && files || shape.climbs() > 3) {
            return Finding.certain(first);
        }
        if (!files && !shape.isMaze() && !shape.reaches()) {
            if (place == Place.XML_VALUE && shape.climbs() == 1 && text.at(text.first()) == '.') {
                return Finding.NONE;
            }
            if (part) {
                return Finding.faint(first);
            }
        }
        var odd = shape.climbs() > 1 || shape.isMaze() || shape.leads() && text.at(text.first()) != '.' || files;
        return odd ? Finding.strong(first) : Finding.faint(first);
    }

    /** Tells whether it is a folder some steps above one that a variable of a build names, and nothing in it: <code>${project.basedir}/../..</code>. */
    private static boolean isFolderOfBuild(Text text) {
        var start = text.first();
        if (!text.says("${", start)) {
            return false;
        }
        var i = start + 2;
        while (Text.isWord(text.at(i)) || text.at(i) == '.') {
            i++;
        }
        var steps = 0;
        for (i++; text.says("/..", i); i += 3) {
            steps++;
        }
        return steps > 0 && steps <= 3 && i >= text.last();
    }

    /** Tells whether a part of the project one or two folders away is all there is, in a body whose member does not say that it names a file. */
    private static boolean isNear(Text text, Place place, String name) {
        var from = text.says("../", text.first()) ? text.first() + 3 : text.first();
        from = text.says("../", from) ? from + 3 : from;
        var structured = place == Place.JSON_VALUE || place == Place.XML_VALUE;
        return structured
                && from > text.first()
                && text.toString().indexOf("..", from) < 0
                && !FileName.isNamed(name)
                && isPart(text, place, name);
    }

    /** Tells whether the schema of a document is named behind its name space, or alone. */
    private static boolean isSchema(Text text) {
        return text.says(".xsd", text.last() - 4) && !text.says("file:", text.first());
    }

    /** Tells whether the path is one that pages and projects lead to their own parts by; a parameter that names a file takes no pages' parts. */
    private static boolean isPart(Text text, Place place, String name) {
        var asked = place != Place.JSON_VALUE && FileName.isNamed(name);
        return isModule(text, place, name) || !asked && isAsset(text) && !isSourceAbove(text, place);
    }

    /** Tells whether a parameter of the query or of a form has the sources of a program some folders above, as a page never asks for them. */
    private static boolean isSourceAbove(Text text, Place place) {
        return (place == Place.QUERY_VALUE || place == Place.FORM_VALUE)
                && text.says("../", text.first() + 3)
                && FileName.isSource(text);
    }

    /**
     * Tells whether the path is that of a part of a project in another folder of it, as settings in JSON name it: in a member that does
     * not say that it names a file, or with the name that settings of compilers have.
     */
    private static boolean isModule(Text text, Place place, String name) {
        if (place != Place.JSON_VALUE || text.at(text.first()) != '.') {
            return false;
        }
        var suffix = text.toString().lastIndexOf('.', text.last()) + 1;
        if (!text.says("json", suffix) || suffix + 4 != text.last()) {
            return false;
        }
        return isCompilers(text) || !FileName.isNamed(name) && !FileName.tellsOfSecrets(text);
    }

    /** Tells whether the file has the name that settings of compilers have: {@code tsconfig.base.json}. */
    private static boolean isCompilers(Text text) {
        var name = text.toString().lastIndexOf('/', text.last()) + 1;
        var next = text.at(name + 8);
        return (text.says("tsconfig", name) || text.says("jsconfig", name)) && (next == '.' || next == '-');
    }

    /** Tells whether the path is that of a picture, a style or a script beside the page, as pages name it. */
    private static boolean isAsset(Text text) {
        var suffix = text.toString().lastIndexOf('.', text.last()) + 1;
        return text.at(text.first()) == '.' && ASSETS.has(text, suffix, text.last());
    }
}
