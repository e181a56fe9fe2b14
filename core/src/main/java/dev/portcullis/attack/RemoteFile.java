package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;

/**
 * Inclusion of files from elsewhere.
 *
 * <p>Looks for: values that are an address with a scheme that reads files, streams or archives, and an address of a
 * file that ends in the question mark that cuts off what the application appends.
 *
 * <p>Does not look for: plain addresses of the web. Where they lead to: {@link ServerRequest}.
 *
 * <p>Caught: {@code php://filter/convert.base64-encode/resource=index}
 *
 * <p>Let through: {@code https://www.example.com/pictures?id=7}
 */
final class RemoteFile implements Detector {

    private static final Words<Suspicion> SCHEMES = Words.of(List.of(
            new Line<>(
                    Suspicion.CERTAIN,
                    "php expect phar gopher netdoc glob local_file ssh2.shell ssh2.exec ssh2.tunnel"),
            new Line<>(
                    Suspicion.STRONG,
                    "file dict zip rar jar ogg ssh2 ldap ldaps rmi tftp compress.zlib compress.bzip2 res iiop"),
            new Line<>(Suspicion.NONE, "http https ftp ftps sftp")));

    /** Properties with which drivers of databases run scripts, build objects or read files. */
    private static final Words<Boolean> DRIVER =
            Words.set("init autodeserialize queryinterceptors statementinterceptors allowloadlocalinfile"
                    + " allowurlinlocalinfile allowloadlocalinfileinpath socketfactory socketfactoryarg sslfactory"
                    + " loggerfile sslhostnameverifier authenticationpluginclassname trace_level_system_out"
                    + " clientreroutesserverlistjndiname detectcustomcollations serverrsapublickeyfile");

    /** Endings of packages and documents, which nobody is after who looks for what a machine holds. */
    private static final Words<Boolean> PACKAGES =
            Words.set("whl tgz deb rpm gem nupkg crate pdf doc docx odt xlsx pptx png jpg jpeg gif webp mp3 mp4");

    @Override
    public String id() {
        return "remote-file";
    }

    @Override
    public int attractors(Place place) {
        return place.isArgument() || place == Place.HEADER ? Traits.COLON | Traits.BACKSLASH | Traits.SLASH : 0;
    }

    /** In a line, of which code is made, what is nothing but an attack. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        return found.isCertain() ? found : Finding.NONE;
    }

    @Override
    public boolean mayFind(Sample sample) {
        var start = sample.text().at(sample.text().first());
        return sample.has(Signs.ADDRESS) || "\\/jJdDcC".indexOf(start) >= 0;
    }

    @Override
    public Finding look(Sample sample) {
        var found = look(sample.text(), sample.place());
        return found.isStrong() || !isIncluded(sample) ? found : found.or(Finding.strong(0));
    }

    /** Tells whether the parameter names a file of the application, and the value is one of another host instead. */
    private static boolean isIncluded(Sample sample) {
        var text = sample.text();
        var start = text.first();
        if (!sample.place().isArgument() && sample.place() != Place.HEADER) {
            return false;
        }
        if (isElsewhere(text, start)) {
            return FileName.isNamed(sample.name()) || OpenRedirect.isAnyName(sample.name());
        }
        var colon = text.wordEnd(start);
        var fetched = sample.place() == Place.QUERY_VALUE || sample.place() == Place.FORM_VALUE;
        var away = text.at(colon) == ':' && SCHEMES.has(text, start, colon) && text.says("//", colon + 1);
        return away && FileName.isInclusion(sample.name())
                || away
                        && fetched
                        && FileName.isNothingElse(sample.name())
                        && hostEnd(text, colon + 3) + 1 >= text.last()
                || away
                        && (FileName.isIncluded(sample.name()) && (FileName.isCode(text) || isNumber(text, colon + 3))
                                || FileName.isShown(sample.name()) && FileName.isCode(text) && !FileName.isPage(text));
    }

    /** Tells whether the address of code on another host begins with its slashes. */
    private static boolean isElsewhere(Text text, int start) {
        return text.at(start) == '/'
                && text.at(start + 1) == '/'
                && FileName.isCode(text)
                && hostEnd(text, start + 2) > text.next('.', start);
    }

    @Override
    public Finding look(Text text, Place place) {
        var start = text.first();
        var finding = isElsewhere(text, start) && !FileName.isPage(text) ? Finding.strong(start) : Finding.NONE;
        for (var i = text.next(':', 0); i < text.length() && !finding.isCertain(); i = text.next(':', i + 1)) {
            finding = finding.or(address(text, i));
        }
        return finding.or(data(text)).or(share(text)).or(driver(text)).or(resource(text));
    }

    /** Judges a file that is looked for where the classes of an application are. */
    private static Finding resource(Text text) {
        var start = text.first();
        var end = start + "classpath".length();
        var colon = text.at(end) == '*' ? end + 1 : end;
        var named = text.says("classpath", start) && text.at(colon) == ':' && !Text.isSpace(text.at(colon + 1));
        return named && text.next('.', colon) < text.last() ? Finding.strong(start) : Finding.NONE;
    }

    /** Judges the address of a database whose driver is told to run or load something. */
    private static Finding driver(Text text) {
        var start = text.first();
        if (!text.says("jdbc:", start)) {
            return Finding.NONE;
        }
        for (var i = start + 5; i < text.length(); i++) {
            var c = text.at(i);
            if ((c == '?' || c == '&' || c == ';' || c == ',') && DRIVER.has(text, i + 1, text.wordEnd(i + 1))) {
                return Finding.strong(start);
            }
        }
        return Finding.NONE;
    }

    /** Judges a file on a server of Windows: {@code \\\\203.0.113.7\\share\\x}; one without full stops may be a neighbour's. */
    private static Finding share(Text text) {
        var start = text.first();
        var end = hostEnd(text, start + 2);
        if (text.at(start) != '\\' || text.at(start + 1) != '\\') {
            return Finding.NONE;
        }
        if (isOfAdministrators(text, start + 2)) {
            return Finding.strong(start);
        }
        if (end == start + 2 || text.at(end) != '\\') {
            return Finding.NONE;
        }
        var dot = text.toString().indexOf('.', start);
        return dot > 0 && dot < end ? Finding.strong(start) : Finding.faint(start);
    }

    /** Tells whether the share is one that Windows keeps for administrators: {@code \\\\host\\c$}. */
    private static boolean isOfAdministrators(Text text, int host) {
        var slash = text.next('\\', host);
        var end = text.wordEnd(slash + 1);
        return slash > host && end > slash + 1 && text.at(end) == '$' && text.at(end + 1) == '\\';
    }

    private static Finding address(Text text, int colon) {
        var host = text.skipSpace(colon + 1);
        if (text.at(host) != '/') {
            return text.first() == colon - 3 && text.says("jar:", colon - 3) && host == colon + 1
                    ? Finding.strong(colon - 3)
                    : Finding.NONE;
        }
        var start = colon;
        while (Text.isWord(text.at(start - 1)) || text.at(start - 1) == '.') {
            start--;
        }
        if (text.says("file:", start) && isPackage(text, colon + 1)) {
            return Finding.NONE;
        }
        var known = SCHEMES.find(text, start, colon);
        if (known == null || text.at(host + 1) != '/') {
            var local = start == text.first() && host == colon + 1 && text.says("file", start);
            return local ? Finding.strong(start) : Finding.NONE;
        }
        var quoted = (text.at(start - 1) == '"' || text.at(start - 1) == '\'') && text.at(start - 2) == '=';
        var leads = text.first() == start || text.at(start - 1) == '=' || quoted && known != Suspicion.NONE;
        if (known != Suspicion.NONE) {
            return leads ? new Finding(known, start) : Finding.faint(start);
        }
        return leads ? web(text, start, host + 2) : Finding.NONE;
    }

    /** Tells whether a file of this machine is a package or a document, which settings name, or stands where a variable says. */
    private static boolean isPackage(Text text, int from) {
        var path = text.says("//", from) ? from + 2 : from;
        if (text.says("${", path)) {
            return text.at(text.wordEnd(path + 2)) != ':';
        }
        if (text.at(path) != '/' || text.at(path + 1) == '/') {
            return false;
        }
        var dot = path;
        var i = path;
        for (; Text.isWord(text.at(i)) || "/.-+:~ ".indexOf(text.at(i)) >= 0; i++) {
            if (text.says("..", i)) {
                return false;
            }
            dot = text.at(i) == '.' ? i : dot;
        }
        var before = text.at(from - "file:".length() - 1);
        var quoted = (before == '"' || before == '\'') && text.at(i) == before;
        return (quoted || i >= text.last()) && PACKAGES.has(text, dot + 1, Math.min(i, text.last()));
    }

    private static Finding web(Text text, int start, int host) {
        if (text.first() != start) {
            return Finding.NONE;
        }
        var number = Text.isDigit(text.at(host)) && isNumber(text, host);
        var script = number && FileName.isCode(text) && !FileName.isPage(text);
        return script || cutsOff(text, host) || FileName.isShell(text) ? Finding.strong(start) : Finding.NONE;
    }

    /** Tells whether the host is a number and no name, as that of nobody's scripts is. */
    private static boolean isNumber(Text text, int host) {
        var i = host;
        while (Text.isDigit(text.at(i)) || text.at(i) == '.') {
            i++;
        }
        return text.at(i) == '/' || text.at(i) == ':';
    }

    /** Tells whether the address of a file ends in a question mark, or any has two in a row. */
    private static boolean cutsOff(Text text, int host) {
        var dot = false;
        for (var i = hostEnd(text, host); i < text.last(); i++) {
            var c = text.at(i);
            if (c == '?') {
                return text.at(i + 1) == '?' || i + 1 == text.last() && dot;
            }
            dot = c == '.' || dot && c != '/';
        }
        return false;
    }

    private static int hostEnd(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.' || text.at(i) == '-') {
            i++;
        }
        return i;
    }

    /** Judges a value that holds its own content, such as {@code data:text/plain;base64,...}. */
    private static Finding data(Text text) {
        var start = text.first();
        if (!text.says("data:", start)) {
            return Finding.NONE;
        }
        var picture = text.says("data:image/png", start)
                || text.says("data:image/jp", start)
                || text.says("data:image/gif", start)
                || text.says("data:image/webp", start)
                || text.says("data:application/pdf", start);
        var typed = text.at(start + 5) == '/'
                || text.says(";base64,", start + 5)
                || text.says("text/", start + 5)
                || text.says("application/", start + 5);
        return picture || !typed ? Finding.NONE : Finding.strong(start);
    }
}
