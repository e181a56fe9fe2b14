package dev.portcullis.attack;

import static dev.portcullis.attack.SignWords.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each of the {@link SignWords} means, gathered from the tables of those who look for it. */
final class SignVocabulary {

    private SignVocabulary() {}

    /** All words with what they mean. */
    static Map<String, Long> words() {
        var words = new HashMap<String, Long>();
        markup(words);
        add(words, Signs.PROTOTYPE, List.of("__proto__", "prototype"));
        add(words, Signs.PROTOTYPE, PrototypePollution.ACCESSORS.all());
        add(words, Signs.PROTOTYPE, PrototypePollution.DOUBLED.all());
        add(words, GRAPH, GraphQuery.ANCHORS.all());
        add(words, STORE, StoreCommand.VERBS.all());
        JavaDeserialisation.GADGETS
                .all()
                .forEach(gadget -> add(words, PACKAGE, List.of(parts(gadget)[0], "l" + parts(gadget)[0])));
        pages(words);
        add(words, Signs.SERIAL, List.of("py", "yaml", "ruby", "__js_function"));
        add(words, TEMPLATE_CALL, List.of("inspect", "forname", "getsession", "getclass"));
        add(words, FOLDER | Signs.EDGE_CLIMB, List.of("program", "documents"));
        code(words);
        xpath(words);
        stores(words);
        shell(words);
        sql(words);
        return words;
    }

    private static void pages(Map<String, Long> words) {
        add(
                words,
                Signs.PAGE,
                List.of(
                        "addtype",
                        "addhandler",
                        "sethandler",
                        "forcetype",
                        "auto_prepend_file",
                        "auto_append_file",
                        "userdict",
                        "graphic"));
    }

    private static void markup(Map<String, Long> words) {
        add(words, SCRIPT_CALL, MarkupWords.PROBES.all());
        add(words, SCRIPT_CALL, ScriptValue.names());
        add(words, SCRIPT_OBJECT, MarkupWords.OBJECTS.all());
        add(words, SCRIPT_OBJECT, List.of("this"));
        add(words, SCRIPT_CALL, List.of("url"));
        add(words, Signs.SCRIPT, List.of("adw"));
        MarkupWords.ATTRIBUTES.all().forEach(name -> add(words, ATTRIBUTE, List.of(parts(name)[0])));
        add(words, ATTRIBUTE, List.of("style"));
        add(
                words,
                IN_TAG,
                List.of(
                        "objectdataprovider",
                        "resourcedictionary",
                        "esi",
                        "xi",
                        "jsp",
                        "dynamic",
                        "java",
                        "javax",
                        "jdk",
                        "com",
                        "sun",
                        "xsl"));
        add(words, IN_TAG, CodePage.TAGS.all());
        add(words, IN_TAG, StyleSheet.PREFIXES.all());
    }

    private static void code(Map<String, Long> words) {
        CodeName.NAMES.all().forEach(name -> {
            var part = longest(name);
            add(words, part.equals(name) ? Signs.CODE : CODE_PART, List.of(part));
        });
        add(words, CODE_PART, List.of("execute", "lang"));
        add(words, CODE_CALL, lasts(CodeInjection.CALLS.all()));
        add(words, CODE_CALL, RuntimeCall.names());
        add(words, CODE_CALL, HiddenName.names());
        add(words, CODE_CALL, List.of("function", "require"));
        add(words, CODE_CALL, CodeRun.STARTS.all());
        add(words, CODE_CALL, CodeRun.OUTPUTS.all());
        add(words, CODE_CALL, CodeRun.READS.all());
        add(words, Signs.CODE, List.of("qx"));
        add(words, Signs.CODE, List.of("constructor"));
        add(
                words,
                CODE_CALL,
                List.of("getclass", "import", "date", "method", "instance_method", "include_once", "require_once"));
        add(words, Signs.CODE, CodeTricks.INNER.all());
    }

    private static void xpath(Map<String, Long> words) {
        add(words, XPATH_CALL, lasts(XpathInjection.FUNCTIONS.all()));
        add(words, XPATH_CALL, lasts(XpathInjection.POSITIONS.all()));
        add(words, XPATH_CALL, lasts(XpathInjection.TRUTHS.all()));
        add(words, XPATH_CALL, List.of("text", "error"));
        add(words, XPATH_CALL, lasts(XpathInjection.LOADS.all()));
        add(words, XPATH_CALL, List.of("property", "node", "comment", "instruction"));
        add(words, Signs.XPATH, List.of("codepoints", "xdmp", "unparsed"));
        add(
                words,
                XPATH_CALL,
                List.of(
                        "variable",
                        "variables",
                        "length",
                        "with",
                        "before",
                        "after",
                        "space",
                        "case",
                        "values",
                        "name",
                        "uri"));
    }

    private static void stores(Map<String, Long> words) {
        add(
                words,
                NOSQL_STATEMENT,
                List.of("while", "for", "do", "sleep", "var", "let", "it", "throw", "function", "db", "return"));
        add(words, NOSQL_OPERATOR, NosqlInjection.OPERATORS.all());
        add(words, NOSQL_OPERATOR, NosqlInjection.OTHERS.all());
        add(words, Signs.NOSQL, SearchQuery.KEYS.all());
        add(words, Signs.NOSQL, SearchQuery.NAMES.all());
        add(words, Signs.NOSQL, List.of("filtering", "script"));
        add(words, TRAVERSAL, GraphTraversal.SOURCES.all());
        add(words, TRAVERSAL, GraphTraversal.STEPS.all());
        add(
                words,
                TRAVERSAL,
                List.of(
                        "startswith",
                        "endswith",
                        "contains",
                        "substringof",
                        "indexof",
                        "length",
                        "substring",
                        "keys",
                        "values"));
        add(words, SEARCH_OPERATOR, List.of("or", "and", "not"));
        add(words, ANSWER, List.of("eq", "ne", "gt", "ge", "lt", "le"));
        add(words, NOSQL_OBJECT, List.of("this", "db", "redis"));
    }

    private static void shell(Map<String, Long> words) {
        PowerShell.COMMANDS.all().forEach(name -> {
            var parts = parts(name);
            add(words, parts.length == 1 ? Signs.SHELL : DASHED, List.of(parts[parts.length - 1]));
        });
        PowerShell.BARE.all().forEach(name -> add(words, DASHED, List.of(parts(name)[parts(name).length - 1])));
        add(words, Signs.SHELL, List.of("psversiontable"));
        add(words, DASHED, List.of("object", "content", "nop", "ec"));
        add(words, DASHED, PowerShell.shortened());
        add(words, BRACKETED, List.of("webclient", "convert", "assembly", "scriptblock", "marshal"));
        add(words, DOLLAR, List.of("env"));
        add(words, DEVICE, List.of("tcp", "udp"));
        add(words, Signs.SHELL, List.of("iex", "downloadstring", "downloadfile", "downloaddata"));
    }

    private static void sql(Map<String, Long> words) {
        for (var word : SqlWords.KEYWORDS.all()) {
            var kind = SqlWords.KEYWORDS.find(word, 0, word.length());
            add(words, SqlSigns.isAnchor(kind) ? SQL_ANCHOR : 0, List.of(word));
        }
        for (var name : SqlWords.FUNCTIONS.all()) {
            var probes = SqlWords.FUNCTIONS.find(name, 0, name.length()) == SqlKind.PROBE;
            add(words, probes ? SQL_PROBE : SQL_FUNCTION, lasts(List.of(name)));
        }
        add(words, SQL_MODE, List.of("boolean"));
        add(words, SQL_JOINT, List.of("and", "or", "xor", "having", "where"));
        add(words, SQL_UNION, words(SqlKind.UNION));
        add(words, Signs.CLAUSE, words(SqlKind.LOGIC, SqlKind.UNION, SqlKind.SELECT, SqlKind.CLAUSE, SqlKind.CASE));
        add(words, Signs.CLAUSE, SqlTruth.WORDS.all());
        add(words, Signs.CLAUSE, List.of("null"));
        add(words, Signs.STATEMENT, words(SqlKind.UNION, SqlKind.STATEMENT, SqlKind.CLAUSE));
        add(words, Signs.INSERT, List.of("insert", "merge"));
        add(words, Signs.INTO, List.of("into"));
        add(words, Signs.DELETE, List.of("delete", "copy"));
        add(words, Signs.FROM, List.of("from", "program"));
        add(words, Signs.UPDATE, List.of("update"));
        add(words, Signs.SET, List.of("set"));
        add(words, Signs.SQL, List.of("infile", "duplicate"));
    }

    private static List<String> words(SqlKind... kinds) {
        return SqlWords.KEYWORDS.all().stream()
                .filter(word -> List.of(kinds).contains(SqlWords.KEYWORDS.find(word, 0, word.length())))
                .toList();
    }

    private static void add(Map<String, Long> words, long meaning, List<String> more) {
        more.forEach(word -> words.merge(word, meaning, (one, other) -> one | other));
    }

    private static String[] parts(String name) {
        return name.split("[^a-z0-9_]+");
    }

    private static String longest(String name) {
        var longest = "";
        for (var part : parts(name)) {
            longest = part.length() > longest.length() ? part : longest;
        }
        return longest;
    }

    private static List<String> lasts(List<String> names) {
        return names.stream().map(name -> parts(name)[parts(name).length - 1]).toList();
    }
}
