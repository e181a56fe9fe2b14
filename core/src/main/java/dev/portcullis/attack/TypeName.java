package dev.portcullis.attack;

/** Members of JSON that say of which class an object is to be built, and the classes of libraries that no client has a reason to name. */
final class TypeName {

    private static final Words<Boolean> MEMBERS = Words.set("@type @class $type __type _class javaclass @c");

    /** Members with which readers of other languages build objects, and that nothing else has. */
    private static final Words<Boolean> BUILT =
            Words.set("^o ^c ^u ruby/object ruby/class py/object py/type py/reduce py/function py/repr");

    /** Packages of the platforms and of libraries. */
    private static final Phrases LIBRARIES = Phrases.of(
            "java.lang.",
            "java.net.",
            "java.io.",
            "java.nio.",
            "java.awt.",
            "java.beans.",
            "java.rmi.",
            "java.sql.",
            "java.security.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "org.apache.",
            "org.springframework.",
            "org.hibernate.",
            "org.codehaus.",
            "org.jboss.",
            "org.eclipse.",
            "net.sf.",
            "ch.qos.",
            "com.mchange.",
            "com.alibaba.",
            "com.mysql.",
            "com.zaxxer.",
            "oracle.",
            "groovy.",
            "clojure.",
            "scala.",
            "bsh.",
            "system.",
            "microsoft.");

    private static final Phrases PLATFORM = Phrases.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    /** What stands for plain values, which some write with their types. */
    private static final Phrases VALUES = Phrases.of(
            "java.lang.string",
            "java.lang.integer",
            "java.lang.long",
            "java.lang.boolean",
            "java.lang.double",
            "java.lang.float",
            "java.lang.short",
            "java.lang.byte",
            "java.lang.character",
            "java.lang.object",
            "java.lang.number",
            "java.sql.timestamp",
            "java.sql.date",
            "java.net.ur",
            "system.string",
            "system.int",
            "system.boolean",
            "system.collections",
            "system.double",
            "system.decimal",
            "system.datetime",
            "system.guid",
            "system.object",
            "system.byte",
            "system.linq",
            "system.nullable",
            "scala.collection");

    private TypeName() {}

    /** Tells whether a member of this name says the type of its object. */
    static boolean isMember(String name) {
        return !name.isEmpty() && "@$_jJ".indexOf(name.charAt(0)) >= 0 && MEMBERS.has(name, 0, name.length());
    }

    /** Tells whether a member of this name has a reader of another language build an object. */
    static boolean isOnlyBuilt(Text name) {
        return BUILT.has(name, 0, name.length());
    }

    /** Tells whether the text begins as the names of the platform's classes do. */
    static boolean isOfPlatform(Text text) {
        return PLATFORM.begin(text, 0);
    }

    /** Tells whether the text is the name of a class of a library, be it that of an array. */
    static boolean isForeign(Text text) {
        var first = text.first();
        while (text.at(first) == '[' || text.at(first) == 'L' && text.at(first + 1) != '.') {
            first++;
        }
        return LIBRARIES.begin(text, first) && !VALUES.begin(text, first) && text.at(text.wordEnd(first)) == '.';
    }
}
