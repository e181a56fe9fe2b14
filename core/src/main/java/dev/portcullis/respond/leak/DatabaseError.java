package dev.portcullis.respond.leak;

import java.util.List;

/**
 * Errors of databases.
 *
 * <p>Looks for: sentences and codes in which Oracle, PostgreSQL, MySQL, SQL Server, SQLite, DB2, MongoDB and their drivers complain, up to the
 * end of the line.
 *
 * <p>Does not look for: names of databases, nor SQL.
 *
 * <p>Caught: {@code ORA-00942: table or view does not exist}
 *
 * <p>Let through: {@code we moved from ORA to PostgreSQL}
 */
final class DatabaseError implements Leak {

    private static final int MAX_LINE = 300;
    private static final List<String> PHRASES = List.of(
            "ERROR: syntax error at or near",
            "ERROR: duplicate key value",
            "duplicate key value violates unique constraint",
            "violates foreign key constraint",
            "violates not-null constraint",
            "org.postgresql.util.PSQLException",
            "You have an error in your SQL syntax",
            "com.mysql.cj.jdbc.exceptions",
            "java.sql.SQL",
            "SQLSTATE[",
            "SQLState: ",
            "Unclosed quotation mark after the character string",
            "Incorrect syntax near ",
            "[Microsoft][ODBC ",
            "com.microsoft.sqlserver.jdbc.SQLServerException",
            "System.Data.SqlClient.SqlException",
            "sqlite3.OperationalError",
            "SQLITE_ERROR",
            "DB2 SQL error: SQLCODE",
            "MongoServerError: ",
            "com.mongodb.Mongo",
            "org.h2.jdbc.Jdbc",
            "org.hibernate.exception.",
            "could not execute statement",
            "quoted string not properly terminated");
    private static final String ORACLE = "ORA-";

    @Override
    public String id() {
        return "database-error";
    }

    @Override
    public String beginnings() {
        var first = new StringBuilder(ORACLE.substring(0, 1));
        PHRASES.forEach(phrase -> first.append(phrase.charAt(0)));
        return first.toString();
    }

    @Override
    public int end(Text text, int at) {
        if (!text.begins(at)) {
            return -1;
        }
        if (text.has(at, ORACLE)) {
            var code = text.run(at + ORACLE.length(), Ascii.DIGIT, 6);
            return code - at == 9 ? text.line(code, MAX_LINE) : -1;
        }
        for (var i = 0; i < PHRASES.size(); i++) {
            if (text.has(at, PHRASES.get(i))) {
                return text.line(at + PHRASES.get(i).length(), MAX_LINE);
            }
        }
        return -1;
    }
}
