package dev.portcullis.attack;

/** What a token of SQL is. */
enum SqlKind {
    STRING,
    /** A string that does not end within the text. */
    OPEN_STRING,
    NUMBER,
    CONSTANT,
    VARIABLE,
    /** A variable of the server, such as {@code @@version}. */
    SYSTEM_VARIABLE,
    NAME,
    /** A table or schema in which a database describes itself. */
    CATALOG,
    /** A name before a parenthesis that no dialect knows. */
    CALL,
    /** A function that dialects know, before its parenthesis. */
    FUNCTION,
    /** A function or procedure that attacks are made of. */
    PROBE,
    LOGIC,
    COMPARE,
    MATH,
    NOT,
    /** A word before an operand. */
    PREFIX,
    OPEN,
    CLOSE,
    COMMA,
    SEMICOLON,
    /** A comment to the end of the text. */
    COMMENT,
    UNION,
    SELECT,
    FROM,
    /** A word that begins a clause after the conditions. */
    CLAUSE,
    /** A word that begins a statement. */
    STATEMENT,
    /** A word that says on what a statement works. */
    OBJECT,
    /** A word of a choice between expressions. */
    CASE,
    /** A word between operands that makes a bigger expression. */
    JOINT,
    /** A word after an operand. */
    SUFFIX,
    OTHER;

    boolean isLiteral() {
        return compareTo(SYSTEM_VARIABLE) <= 0;
    }

    boolean isName() {
        return this == NAME || this == CATALOG;
    }

    boolean isCall() {
        return this == CALL || this == FUNCTION || this == PROBE;
    }
}
