package dev.portcullis.attack;

/**
 * Serialised objects of Java, and names of classes that readers of objects must not load.
 *
 * <p>Looks for: the beginning of Java's stream format as it is, in hexadecimal digits, in Base64 or packed with gzip; the names of classes
 * that gadget chains consist of; the path from a bound bean to its class loader; and the beginnings of objects of PHP, .NET, Python, Ruby
 * and Node.
 *
 * <p>Does not look for: names of classes in sentences.
 *
 * <p>Caught: {@code rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==}
 *
 * <p>Let through: {@code java.util.HashMap explained}
 */
final class JavaDeserialisation implements Detector {

    /** How long a name before an object is at most. */
    private static final int NAME = 24;

    static final Phrases GADGETS = Phrases.of(
            "org.apache.commons.collections",
            "org.apache.commons.beanutils",
            "com.sun.rowset.jdbcrowsetimpl",
            "com.sun.org.apache.xalan",
            "org.apache.xalan.xsltc",
            "com.sun.org.apache.bcel",
            "javax.management.badattributevalueexpexception",
            "javax.script.scriptenginemanager",
            "javax.naming.initialcontext",
            "org.codehaus.groovy.runtime",
            "org.springframework.beans.factory",
            "org.springframework.context.support",
            "java.lang.processbuilder",
            "java.net.inet4address",
            "java.net.inetsocketaddress",
            "com.alibaba.fastjson",
            "system.windows.data.objectdataprovider",
            "system.security.principal.windowsidentity",
            "system.configuration.install.assemblyinstaller",
            "java.lang.runtime",
            "java.net.urlclassloader",
            "org.hibernate.engine.spi",
            "com.mchange.v2.c3p0",
            "ch.qos.logback.core.db",
            "org.apache.xbean.propertyeditor",
            "org.apache.shiro.jndi",
            "org.apache.tomcat.dbcp",
            "org.apache.commons.configuration",
            "org.apache.ibatis.datasource",
            "org.python.core",
            "com.sun.jndi",
            "com.caucho",
            "com.zaxxer.hikari",
            "java.beans.eventhandler",
            "javax.management.loading",
            "javax.swing.jeditorpane",
            "javax.imageio.imageio",
            "org.apache.naming",
            "org.apache.catalina",
            "org.apache.log4j.jndi",
            "org.apache.cocoon.components",
            "org.apache.activemq",
            "org.apache.aries.transaction",
            "org.apache.openjpa.ee",
            "org.apache.drill.exec",
            "org.springframework.jndi",
            "org.springframework.aop.config",
            "org.jboss.util.propertyeditor",
            "org.mozilla.javascript",
            "org.codehaus.jackson",
            "com.ibatis.sqlmap",
            "com.newrelic.agent",
            "com.nqadmin.rowset",
            "com.pastdev.httpcomponents",
            "com.mysql.cj.jdbc.admin",
            "net.sf.ehcache",
            "br.com.anteros",
            "sun.rmi.server",
            "sun.nio.cs.streamencoder",
            "sun.plugin2",
            "bsh.interpreter",
            "groovy.util.expando",
            "clojure.core",
            "system.diagnostics.process",
            "system.windows.application",
            "system.windows.markup.xamlreader",
            "system.windows.resourcedictionary",
            "system.web.ui.losformatter",
            "system.runtime.serialization",
            "system.data.services.internal",
            "system.io.fileinfo",
            "system.activities.presentation",
            "microsoft.visualstudio.text.formatting",
            "javax.naming.ldap",
            "oracle.toplink",
            "ysoserial");

    /** With what something may begin that is looked at, in small letters. */
    private static final Marks STARTS = Marks.of("cr<{;!_\"t" + GADGETS.firsts());

    @Override
    public String id() {
        return "java-deserialisation";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH, USER_AGENT, REFERER -> 0;
            case QUERY_NAME, FORM_NAME -> Traits.DOT | Traits.BRACKET;
            case JSON_NAME -> Traits.DOT | Traits.BRACKET | Traits.SLASH | Traits.MARK;
            default ->
                Traits.SERIAL
                        | Traits.WIDE
                        | Traits.DOT
                        | Traits.ANGLE
                        | Traits.CODED
                        | Traits.QUOTE
                        | Traits.DOLLAR
                        | Traits.MARK
                        | Traits.SPACE
                        | Traits.CONTROL;
        };
    }

    @Override
    public Reach reach() {
        return Reach.ANYWHERE;
    }

    @Override
    public boolean countsInLine() {
        return true;
    }

    /** In a line, an object that is all of it; what may stand anywhere was told of the whole. */
    @Override
    public Finding inLine(Sample line, Finding found) {
        return found.at() <= line.text().first() ? found : Finding.NONE;
    }

    @Override
    public boolean mayFind(Sample sample) {
        return sample.has(Signs.SERIAL | Signs.NAMESPACE)
                || beginning(sample.text()).suspicion() != Suspicion.NONE
                || ForeignObjects.mayHold(sample.text())
                || TypeName.isMember(sample.name())
                || sample.place() == Place.JSON_NAME && TypeName.isOnlyBuilt(sample.text())
                || sample.place() == Place.XML_NAME && TypeName.isOfPlatform(sample.text());
    }

    /** In a member that says of which type an object is to be built, a class of a library, too. */
    @Override
    public Finding look(Sample sample) {
        var found = look(sample.text(), sample.place());
        var told = sample.place() == Place.XML_NAME
                ? TypeName.isOfPlatform(sample.text()) && isNamedClass(sample.text())
                : TypeName.isMember(sample.name()) && TypeName.isForeign(sample.text());
        return !found.isStrong() && told ? Finding.strong(sample.text().first()) : found;
    }

    /** Names among them that settings and sources hold, too: in a document they are a hint. */
    private static final Phrases SETTINGS = Phrases.of(
            "java.net.inet4address",
            "java.net.inetsocketaddress",
            "com.sun.jndi",
            "org.springframework.beans.factory",
            "org.springframework.context.support",
            "org.apache.commons.configuration",
            "org.apache.commons.beanutils",
            "org.apache.commons.collections",
            "org.apache.tomcat.dbcp",
            "com.zaxxer.hikari",
            "com.caucho",
            "org.python.core",
            "org.codehaus.groovy.runtime",
            "org.apache.catalina",
            "org.apache.naming",
            "org.apache.activemq",
            "org.codehaus.jackson",
            "org.mozilla.javascript",
            "net.sf.ehcache",
            "system.diagnostics.process",
            "system.runtime.serialization",
            "system.io.fileinfo",
            "org.hibernate.engine.spi");

    @Override
    public Finding inDocument(Sample sample, Finding found) {
        return found.isFaint() || SETTINGS.begin(sample.text(), found.at()) ? Finding.NONE : found;
    }

    /** Where an object may begin: behind a quote, or behind a short name and an equals sign. */
    private static int opening(Text text) {
        var first = text.first();
        var quoted = text.at(first) == '"' || text.at(first) == '\'';
        var end = first;
        while (end < first + NAME && Text.isWord(text.at(end))) {
            end++;
        }
        return quoted ? first + 1 : text.at(end) == '=' && end < text.last() - 1 ? end + 1 : first;
    }

    /** Judges how a text begins. */
    private static Finding beginning(Text text) {
        var start = opening(text);
        if (text.toString().startsWith("\u00ac\u00ed\u0000\u0005", start)) {
            return Finding.certain(start);
        }
        var begins = text.says("aced0005", start) || ForeignObjects.begin(text, start);
        return begins ? Finding.strong(start) : Finding.NONE;
    }

    @Override
    public Finding look(Text text, Place place) {
        if (place == Place.JSON_NAME && TypeName.isOnlyBuilt(text)) {
            return Finding.strong(0);
        }
        var beginning = beginning(text);
        if (beginning.suspicion() != Suspicion.NONE) {
            return beginning;
        }
        if (ForeignObjects.isArray(text, text.first())) {
            var written = place == Place.JSON_VALUE || place == Place.XML_VALUE;
            return written && ForeignObjects.isOfTexts(text)
                    ? Finding.faint(text.first())
                    : Finding.strong(text.first());
        }
        var bomb = text.next('&', 0) < text.length() && text.next('*', 0) < text.length() ? YamlBomb.in(text) : -1;
        return bomb < 0 ? within(text) : Finding.certain(bomb);
    }

    private static Finding within(Text text) {
        var start = text.first();
        for (var i = 0; i < text.length(); i++) {
            var c = text.lower(i);
            if (STARTS.lacks(c)) {
                continue;
            }
            if (c == 'c' && isClassLoader(text, i) || c == 'r' && isStream(text, i)) {
                return Finding.certain(i);
            }
            if (c == '<' && isElement(text, i) || (c == '{' || c == ';') && ForeignObjects.isHeld(text, i)) {
                return Finding.strong(i);
            }
            if ((c == '!' || c == '_' || c == '"' || c == '<' || c == 't') && ForeignObjects.isTag(text, i)) {
                return Finding.strong(i);
            }
            if (Text.isLetter(c) && begins(text, i) && GADGETS.begin(text, i) && !isTold(text, i)) {
                var before = text.at(i - 1);
                var named = i == start || before == '"' || before == '!' || before == '\'' || before == 'L';
                return named ? Finding.strong(i) : Finding.faint(i);
            }
        }
        return Finding.NONE;
    }

    /** Tells whether a word begins at the index, or a class behind what marks one in the names of arrays. */
    private static boolean begins(Text text, int at) {
        var before = text.at(at - 1);
        var marked = before == 'L' && (at - 1 <= text.first() || !Text.isWord(text.at(at - 2)));
        return marked || !Text.isWord(before);
    }

    /** Tells whether an element is named like a class of Java, as readers of XStream take it, and is no argument of a type. */
    private static boolean isElement(Text text, int at) {
        var argument = Text.isWord(text.at(at - 1));
        return text.says("<dynamic-proxy", at)
                || !argument
                        && (text.says("<java.", at)
                                || text.says("<javax.", at)
                                || text.says("<jdk.nashorn", at)
                                || text.says("<com.sun.", at)
                                || text.says("<sun.", at))
                        && isClass(text, at + 1);
    }

    /** Tells whether an element as a whole is named like a class, and not like a property such as {@code java.version}. */
    private static boolean isNamedClass(Text text) {
        var part = text.toString().lastIndexOf('.', text.last()) + 1;
        return Character.isUpperCase(text.at(part))
                || text.next('$', 0) < text.length()
                || text.next('-', 0) < text.length();
    }

    /** Tells whether the name at the index is that of an exception, of a logger's level or of an annotation, of which no reader builds objects. */
    private static boolean isTold(Text text, int from) {
        var part = from;
        var end = text.wordEnd(from);
        var annotated = false;
        while (text.at(end) == '.' && Text.isWord(text.at(end + 1))) {
            part = end + 1;
            end = text.wordEnd(part);
            annotated |= text.says("annotation.", part) && text.says("org.springframework.", from);
        }
        var thrown = text.says("exception", end - "exception".length()) && ":\n\r ".indexOf(text.at(end)) >= 0;
        var level = text.says("level", part) && end == part + 5 && text.at(text.skipSpace(end)) == '=';
        return thrown || level || annotated;
    }

    /** Tells whether the last part of the name begins with a capital letter, as that of a class does and no property's. */
    private static boolean isClass(Text text, int from) {
        var part = from;
        var end = text.wordEnd(from);
        while (text.at(end) == '.') {
            part = end + 1;
            end = text.wordEnd(part);
        }
        return text.at(part) >= 'A' && text.at(part) <= 'Z' || text.at(end) == '$' || text.at(end) == Text.END;
    }

    /** Tells whether the stream format begins in Base64, be it behind the name of a parameter. */
    private static boolean isStream(Text text, int at) {
        return text.at(at + 1) == 'O' && text.toString().startsWith("rO0AB", at) && !Text.isWord(text.at(at - 1));
    }

    private static boolean isClassLoader(Text text, int at) {
        return text.lower(at + 1) == 'l' && isClassLoaded(text, at);
    }

    private static boolean isClassLoaded(Text text, int at) {
        return text.says("class.module.classloader", at)
                || text.says("class.classloader", at)
                || text.says("class['classloader']", at)
                || text.says("class[classloader]", at);
    }
}
