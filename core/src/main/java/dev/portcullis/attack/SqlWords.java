package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The words of SQL as MySQL, MariaDB, PostgreSQL, SQL Server, Oracle and SQLite know them. A table of data. */
final class SqlWords {

    /** Words that are what they were once somebody has taken out the same word from within: {@code selselectect}. */
    private static final List<Line<SqlKind>> DOUBLED = List.of(
            doubled(SqlKind.UNION, "union"),
            doubled(SqlKind.SELECT, "select"),
            doubled(SqlKind.FROM, "from"),
            doubled(SqlKind.CLAUSE, "where"),
            doubled(SqlKind.LOGIC, "or"),
            doubled(SqlKind.LOGIC, "and"));

    /** Words that mean the same whatever follows. */
    static final Words<SqlKind> KEYWORDS = Words.of(with(
            DOUBLED,
            List.of(
                    new Line<>(SqlKind.LOGIC, "and or xor"),
                    new Line<>(SqlKind.NOT, "not"),
                    new Line<>(
                            SqlKind.COMPARE,
                            "like rlike ilike regexp glob similar sounds between in is soundslike notnull"),
                    new Line<>(SqlKind.MATH, "div mod collate"),
                    new Line<>(
                            SqlKind.CONSTANT,
                            "null true false unknown current_user current_date current_time sysdate rownum dual"),
                    new Line<>(
                            SqlKind.PREFIX,
                            "all distinct distinctrow exists any some binary interval top sql_no_cache high_priority"),
                    new Line<>(SqlKind.UNION, "union intersect except"),
                    new Line<>(SqlKind.SELECT, "select"),
                    new Line<>(SqlKind.FROM, "from"),
                    new Line<>(SqlKind.CLAUSE, "order group having limit offset procedure into where fetch"),
                    new Line<>(
                            SqlKind.STATEMENT,
                            "insert update delete drop create alter truncate exec execute declare shutdown waitfor grant revoke merge"
                                    + " call begin set use load copy rename backup restore kill handler do prepare attach go goto while if show"),
                    new Line<>(
                            SqlKind.OBJECT,
                            "table database schema view index user login role trigger column tables databases data delay time outfile"
                                    + " dumpfile analyse values sequence"),
                    new Line<>(
                            SqlKind.JOINT,
                            "as on using join inner outer left right cross natural full over within for separator by"
                                    + " returning"),
                    new Line<>(SqlKind.CASE, "case when then else"),
                    new Line<>(SqlKind.SUFFIX, "asc desc end nulls share"))));

    private static final String[] SYSTEM = {
        "pg_",
        "sysibm",
        "syscat.",
        "sysproc.",
        "dba_",
        "v$",
        "gv$",
        "rdb$",
        "sqlite_",
        "master..",
        "master.dbo.",
        "mysql."
    };

    /** The same, told by their first two characters. */
    private static final Phrases SYSTEM_NAMES = Phrases.of(SYSTEM);

    /** Functions, which mean something only before a parenthesis. */
    static final Words<SqlKind> FUNCTIONS = Words.of(
            List.of(
                    new Line<>(
                            SqlKind.PROBE,
                            "sleep benchmark pg_sleep load_file extractvalue updatexml name_const xp_cmdshell xp_dirtree xp_regread"
                                    + " sp_executesql sp_oacreate sp_password xmltype utl_inaddr.get_host_address utl_inaddr.get_host_name"
                                    + " utl_http.request dbms_pipe.receive_message dbms_lock.sleep dbms_java.runjava ctxsys.drithsx.sn"
                                    + " httpuritype.getclob randomblob lo_import lo_export pg_read_file pg_ls_dir dblink openrowset"
                                    + " opendatasource openquery aes_decrypt aes_encrypt concat_ws group_concat listagg string_agg"
                                    + " db_name is_srvrolemember is_member has_dbaccess suser_name suser_sname serverproperty"
                                    + " system_user session_user fn_virtualfilestats load_extension sqlite_version row_count"
                                    + " query_to_xml database_to_xml xmlagg wm_concat gtid_subset gtid_subtract json_keys"
                                    + " connection_id last_insert_rowid get_current_ts_config pg_client_encoding pg_backend_pid inet_server_addr"
                                    + " sys_eval sys_exec pg_stat_file pg_read_binary_file fn_xe_file_target_read_file sys.fn_get_audit_file"
                                    + " httpuritype xp_fileexist xp_subdirs xp_cmdshell_proxy lo_get lo_from_bytea xml2clob xmlrow lnnvl user_lock.sleep dbms_session.sleep fts3_tokenizer"
                                    + " fn_my_permissions fn_trace_gettable fn_get_sql fn_dblog fn_listextendedproperty"),
                    new Line<>(
                            SqlKind.FUNCTION,
                            "abs acos ascii asin atan avg bin bin_to_num bit_and bit_or bit_count cast ceil ceiling char char_length"
                                    + " charindex chr coalesce compress concat conv convert cos cot count crc32 curdate curtime current_user"
                                    + " current_database current_setting database date datediff day decode degrees elt encode encrypt exp"
                                    + " export_set field find_in_set floor format found_rows from_base64 from_unixtime getdate greatest hex"
                                    + " host_name if ifnull iif charset coercibility inet_aton inet_ntoa insert instr isnull json_array json_extract json_object"
                                    + " last_insert_id lcase least left len length ln locate log lower lpad ltrim make_set max md5 mid min"
                                    + " minute mod month nchar newid now nullif nvl nvl2 object_id object_name oct ord password patindex pi"
                                    + " position pow power quote quotename radians rand random regexp_like regexp_replace regexp_substr"
                                    + " repeat replace replicate reverse right round rpad rtrim schema sha1 sha2 sign sin soundex space sqrt"
                                    + " stdev str strcmp stuff substr substring sum sys_context sysdate tan timestamp to_base64 to_char"
                                    + " to_date to_number trim trunc truncate ucase unhex unicode unix_timestamp upper user user_id"
                                    + " user_name uuid values version week year zeroblob st_x polygon multipoint linestring"
                                    + " row column xmlserialize bitand to_nchar raise_error throw printf typeof total_changes")));

    /** Where databases describe themselves: names, or schemas before a dot. */
    static final Words<Boolean> CATALOGS = Words.set(
            "information_schema sysobjects syscolumns sysusers sysdatabases sysservers"
                    + " sqlite_master sqlite_schema sqlite_temp_master pg_group pg_roles pg_authid pg_catalog pg_database pg_user pg_shadow pg_tables pg_class"
                    + " mysql.user mysql.db mysql.innodb_table_stats all_tables all_tab_columns all_tab_tables user_tables user_tab_columns"
                    + " user_objects dba_users dba_tables dba_role_privs all_users v$version v$instance sys.user$ sys.tables sys.columns"
                    + " sys.objects sys.databases sys.all_users sys.login_user sys.schema_table_statistics msysaccessobjects msysobjects"
                    + " master..sysdatabases master..sysobjects master..sysservers master..syslogins session_privs innodb_table_stats sys.loginuser"
                    + " master.dbo.sysdatabases master..xp_cmdshell master.dbo.xp_cmdshell xp_cmdshell sp_password table_schema table_name"
                    + " column_name schema_name schemata user_sys_privs syslogins user_users global_name sysibm syscat sysproc");

    private SqlWords() {}

    private static Line<SqlKind> doubled(SqlKind kind, String word) {
        var all = IntStream.range(1, word.length()).mapToObj(i -> word.substring(0, i) + word + word.substring(i));
        return new Line<>(kind, all.collect(Collectors.joining(" ")));
    }

    private static List<Line<SqlKind>> with(List<Line<SqlKind>> some, List<Line<SqlKind>> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Whether a name begins as those of tables and views do in which servers describe themselves. */
    static boolean isSystem(Text text, int from, int end) {
        if (!SYSTEM_NAMES.mayBegin(text, from)) {
            return false;
        }
        for (var prefix : SYSTEM) {
            if (end - from > prefix.length() && text.lower(from) == prefix.charAt(0) && text.says(prefix, from)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a name begins with that of a package or a family of functions of a server. */
    static boolean isPackage(Text text, int from) {
        var c = text.lower(from);
        return (c == 'd' || c == 'u') && (text.says("dbms_", from) || text.says("utl_", from));
    }
}
