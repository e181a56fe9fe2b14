package dev.portcullis.attack;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** All detectors, the quickest first. */
final class Detectors {

    static final List<Detector> ALL = List.of(
            new ExploitPath(),
            new Scanner(),
            new UploadName(),
            new PathTraversal(),
            new JndiLookup(),
            new HeaderInjection(),
            new LogInjection(),
            new ServerSideInclude(),
            new CrossSiteScripting(),
            new XmlEntity(),
            new ServerSettings(),
            new MailInjection(),
            new PrototypePollution(),
            new GraphqlAbuse(),
            new SpreadsheetFormula(),
            new RemoteFile(),
            new OpenRedirect(),
            new ServerRequest(),
            new TemplateInjection(),
            new CodeInjection(),
            new LdapInjection(),
            new XpathInjection(),
            new NosqlInjection(),
            new JavaDeserialisation(),
            new CommandInjection(),
            new SqlInjection());

    /** The ids of those that look only where somebody says so. */
    static final Set<String> OPTIONAL = Set.of(OpenRedirect.ID);

    /** All of them as a set of bits. */
    static final long EVERY = bits(Set.of());

    /** Those among them that know a text by its words, and would be attracted by any. */
    static final List<Detector> NOTICING = ALL.stream()
            .filter(detector -> detector instanceof ExploitPath
                    || detector instanceof Scanner
                    || detector instanceof NosqlInjection
                    || detector instanceof PrototypePollution)
            .toList();

    /** Those of which something counts in one of several lines. */
    static final long IN_LINE = bits(Detector::countsInLine);

    /** Those of which something counts in one line of code. */
    static final long IN_CODE = bits(Detector::countsInCode);

    private Detectors() {}

    /** Detectors as a set of bits by their index: those with these ids; all where there are none. */
    static long bits(Set<String> ids) {
        return bits(detector -> ids.isEmpty() || ids.contains(detector.id()));
    }

    private static long bits(Predicate<Detector> some) {
        var bits = 0L;
        for (var i = 0; i < ALL.size(); i++) {
            bits |= some.test(ALL.get(i)) ? 1L << i : 0;
        }
        return bits;
    }
}
