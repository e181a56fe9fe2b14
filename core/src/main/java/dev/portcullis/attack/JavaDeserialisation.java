package dev.portcullis.attack;

/**
 * Serialised objects of Java, and names of classes that readers of objects must not load.
 *
 * <p>Looks for: the beginning of Java's stream format as it is, in hexadecimal digits or in Base64; the names of classes that gadget
 * chains consist of; and the path from a bound bean to its class loader.
 *
 * <p>Does not look for: objects of other languages' formats.
 *
 * <p>Caught: {@code rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==}
 *
 * <p>Let through: {@code java.util.HashMap explained}
 */
final class JavaDeserialisation implements Detector {

    private static final String[] GADGETS = {
        "org.apache.commons.collections",
        "org.apache.commons.beanutils",
        "com.sun.rowset.jdbcrowsetimpl",
        "com.sun.org.apache.xalan",
        "com.sun.org.apache.bcel",
        "javax.management.badattributevalueexpexception",
        "javax.script.scriptenginemanager",
        "javax.naming.initialcontext",
        "org.codehaus.groovy.runtime",
        "org.springframework.beans.factory",
        "org.springframework.context.support",
        "java.lang.processbuilder",
        "java.lang.runtime",
        "java.net.urlclassloader",
        "org.hibernate.engine.spi",
        "com.mchange.v2.c3p0",
        "ch.qos.logback.core.db",
        "ysoserial",
    };

    @Override
    public String id() {
        return "java-deserialisation";
    }

    @Override
    public int attractors(Place place) {
        return switch (place) {
            case PATH, USER_AGENT, REFERER -> 0;
            case QUERY_NAME, FORM_NAME, JSON_NAME -> Traits.DOT | Traits.BRACKET;
            default -> Traits.SERIAL | Traits.WIDE | Traits.DOT;
        };
    }

    @Override
    public Reach reach() {
        return Reach.ANYWHERE;
    }

    @Override
    public Finding look(Text text, Place place) {
        var start = text.first();
        if (text.toString().startsWith("rO0AB", start)
                || text.toString().startsWith("\u00ac\u00ed\u0000\u0005", start)) {
            return Finding.certain(start);
        }
        if (text.says("aced0005", start)) {
            return Finding.strong(start);
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.lower(i);
            if (c == 'c' && isClassLoader(text, i)) {
                return Finding.certain(i);
            }
            if ((c == 'o' || c == 'c' || c == 'j' || c == 'y') && !Text.isWord(text.at(i - 1)) && isGadget(text, i)) {
                return i == start ? Finding.strong(i) : Finding.faint(i);
            }
        }
        return Finding.NONE;
    }

    private static boolean isClassLoader(Text text, int at) {
        return text.says("class.module.classloader", at)
                || text.says("class.classloader", at)
                || text.says("class['classloader']", at)
                || text.says("class[classloader]", at);
    }

    private static boolean isGadget(Text text, int at) {
        for (var gadget : GADGETS) {
            if (text.says(gadget, at)) {
                return true;
            }
        }
        return false;
    }
}
