package dev.portcullis.attack;

import java.util.List;

/** All detectors, the quickest first. */
final class Detectors {

    static final List<Detector> ALL = List.of(
            new PathTraversal(),
            new JndiLookup(),
            new HeaderInjection(),
            new LogInjection(),
            new ServerSideInclude(),
            new CrossSiteScripting(),
            new XmlEntity(),
            new MailInjection(),
            new PrototypePollution(),
            new GraphqlAbuse(),
            new RemoteFile(),
            new TemplateInjection(),
            new CodeInjection(),
            new LdapInjection(),
            new XpathInjection(),
            new NosqlInjection(),
            new JavaDeserialisation(),
            new CommandInjection(),
            new SqlInjection());

    private Detectors() {}
}
