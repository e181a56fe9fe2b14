package dev.portcullis.attack;

import java.util.List;
import java.util.stream.Stream;

/**
 * Calls of what the run-times of languages give to code for files, programs, the network, the environment and their own inside, where they are
 * all that a value is.
 */
final class RuntimeCall {

    private static final int NEAR = 160;
    /** How long a value of code is at most. */
    private static final int LONGEST = 400;

    /** Members of run-times, each with the object that it belongs to. */
    private static final Words<Boolean> MEMBERS = Words.set(
            "os.system os.popen os.execute os.exit os.listdir os.getenv os.environ os.remove os.rename os.tmpname os.dup2 os.kill"
                    + " os.fork os.walk os.scandir os.spawnl os.execl os.execve os.getcwd os.getuid os.uname os.unlink os.chmod"
                    + " io.popen io.open io.lines io.read package.loadlib string.dump debug.getregistry time.sleep sys.exit"
                    + " subprocess.run subprocess.popen subprocess.call subprocess.getoutput pty.spawn shutil.rmtree socket.socket"
                    + " importlib.import_module pickle.loads marshal.loads builtins.eval"
                    + " process.exit process.kill process.abort process.binding process.dlopen process.cwd process.chdir process.setuid"
                    + " process.env process.versions process.reallyexit deno.run deno.command deno.readtextfile deno.readfile deno.exit"
                    + " bun.spawn bun.spawnsync bun.file vm.runinnewcontext vm.runinthiscontext vm.runincontext vm.script"
                    + " fs.readfilesync fs.readdirsync fs.writefilesync fs.readfile fs.unlinksync fs.existssync"
                    + " system.exit system.getproperty system.getproperties system.getenv system.setproperty system.load"
                    + " system.loadlibrary thread.sleep class.forname runtime.getruntime runtime.halt files.readalllines"
                    + " files.readallbytes files.readstring files.write paths.get eval.me eval.x eval.xy jenkins.instance"
                    + " jenkins.getinstance groovyshell.evaluate scriptengine.eval redis.call redis.pcall redis.log"
                    + " file.read file.open file.readlines file.write file.delete file.unlink file.exists file.readalltext"
                    + " file.readallbytes file.readalllines file.writealltext dir.entries dir.glob dir.children dir.pwd dir.mkdir io.binread"
                    + " io.readlines kernel.system kernel.exec kernel.open kernel.spawn kernel.eval kernel.exit process.spawn process.fork"
                    + " open3.capture2 open3.capture3 open3.popen3 objectspace.each_object marshal.load yaml.load erb.new object.const_get"
                    + " response.write response.end server.execute server.createobject server.mappath process.start"
                    + " wscript.createobject"
                    + " assembly.load activator.createinstance environment.getenvironmentvariable environment.exit"
                    + " directory.getfiles directory.getdirectories");

    /** Functions of languages that do so without an object. */
    private static final Words<Boolean> FUNCTIONS =
            Words.set("breakpoint unlink rmdir ini_set ini_get ini_get_all error_reporting"
                    + " set_time_limit getenv putenv php_uname php_sapi_name phpversion scandir opendir getcwd chdir posix_getpwuid"
                    + " posix_getuid get_current_user getmyuid show_source highlight_file file_get_contents file_put_contents fopen"
                    + " parse_ini_file readfile call_user_func call_user_func_array"
                    + " register_shutdown_function loadstring dofile loadfile usleep sleep printenv curl_exec dl mail fsockopen"
                    + " dir vars get_defined_vars get_loaded_extensions get_defined_constants getattr globals locals md5 sha1 execfile"
                    + " instance_eval class_eval module_eval const_get");

    /** Classes whose objects do so. */
    private static final Words<Boolean> CLASSES =
            Words.set("groovyshell groovyclassloader scriptenginemanager processbuilder"
                    + " filereader fileinputstream filewriter fileoutputstream urlclassloader socket serversocket file"
                    + " activexobject elprocessor spelexpressionparser initialcontext splfileobject directoryiterator globiterator"
                    + " filesystemiterator simplexmlelement soapclient reflectionfunction");

    /** Classes of Java that do so, whose names others have, too. */
    private static final Words<Boolean> PACKAGED = Words.set("scanner inetaddress");

    /** Functions and statements that print or run what another one returns. */
    private static final Words<Boolean> PRINTING = Words.set(
            "print echo puts p println str eval exec die exit var_dump print_r repr console.log fwrite fputs fread"
                    + " fgets stream_get_contents");

    /** Those that do nothing when nothing is given to them. */
    private static final Words<Boolean> NEEDY = Words.set(
            "fs.readfilesync fs.readdirsync fs.writefilesync fs.readfile fs.unlinksync"
                    + " fs.existssync process.kill process.dlopen process.chdir process.binding process.setuid class.forname"
                    + " os.remove os.rename os.kill os.unlink os.chmod os.getenv os.popen os.system fopen unlink rmdir chdir readfile"
                    + " file_get_contents file_put_contents opendir scandir usleep time.sleep thread.sleep yaml.load pickle.loads"
                    + " marshal.loads files.write paths.get file.open file.read file.write file.delete md5 sha1 getattr");

    /** What programs of some lines call as well, and nobody who has but one value to break in with. */
    private static final Words<Boolean> ORDINARY =
            Words.set("putenv getenv fopen chdir getcwd ini_set ini_get error_reporting set_time_limit sleep usleep"
                    + " md5 sha1 getattr globals locals phpversion php_sapi_name sys.exit os.exit process.exit system.exit time.sleep"
                    + " thread.sleep");

    private RuntimeCall() {}

    /** The last parts of all names, which are signs where they are called. */
    static List<String> names() {
        return Stream.of(MEMBERS, FUNCTIONS, CLASSES, PACKAGED)
                .flatMap(words -> words.all().stream())
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .distinct()
                .toList();
    }

    /** Tells whether a value is a call of such a name, be it printed, behind imports or what ends a string, and nothing but code. */
    static boolean is(Text text, int from, int end, int paren) {
        return text.length() <= LONGEST
                && isArgued(text, paren)
                && isNamed(text, from, end, paren)
                && !isIdle(text, from, end, paren)
                && !isOrdinary(text, from, end, paren)
                && isStart(text, from)
                && isClosed(text, paren);
    }

    private static boolean isNamed(Text text, int from, int end, int paren) {
        var last = part(text, from, end);
        if (last == from) {
            var made = CLASSES.has(text, from, end) && text.says("new ", from - 4);
            return made || end == paren && FUNCTIONS.has(text, from, end);
        }
        return MEMBERS.has(text, member(text, from, end), end)
                || text.says("java.lang.", from)
                || (CLASSES.has(text, last, end) || PACKAGED.has(text, last, end))
                        && text.says("new", text.first())
                        && text.says("java", from);
    }

    /** Tells whether nothing is given, or what needs no program around it. */
    private static boolean isArgued(Text text, int paren) {
        var first = text.skipSpace(paren + 1);
        return "'\"$_[{()".indexOf(text.at(first)) >= 0
                || Text.isDigit(text.at(text.at(first) == '-' ? first + 1 : first))
                || text.says("new ", first)
                || text.at(wordEnd(text, first)) == '('
                || Text.isWord(text.at(first)) && text.at(text.wordEnd(first)) == '.';
    }

    /** Tells whether nothing is given to what does nothing then. */
    private static boolean isIdle(Text text, int from, int end, int paren) {
        return text.at(paren + 1) == ')' && NEEDY.has(text, member(text, from, end), end);
    }

    /** Tells whether a program of some lines, which ends no string of another one, calls what all programs do. */
    private static boolean isOrdinary(Text text, int from, int end, int paren) {
        var c = text.at(text.first());
        return ORDINARY.has(text, member(text, from, end), end)
                && (Text.isWord(c) || c == '$')
                && Lines.isBroken(text)
                && !isInner(text, from, paren);
    }

    /** Tells whether a member of Python's inside is asked for by its name, and called at once. */
    static boolean isInner(Text text, int from, int paren) {
        if (!text.says("getattr", from)) {
            return false;
        }
        var inner = false;
        for (var i = paren; i < paren + NEAR && text.at(i) != Text.END && text.at(i) != '\n'; i++) {
            inner |= CodeName.isQuote(text.at(i)) && text.says("__", i + 1);
            if (inner && text.at(i) == ')' && text.at(i + 1) == '(') {
                return true;
            }
        }
        return false;
    }

    /** Where the last part of a dotted name begins, with the object that it belongs to. */
    private static int member(Text text, int from, int end) {
        var last = part(text, from, end);
        return last == from ? from : part(text, from, last - 1);
    }

    private static int part(Text text, int from, int end) {
        var i = end;
        while (i > from && text.at(i - 1) != '.') {
            i--;
        }
        return i;
    }

    /** Tells whether the name begins the value or a statement, or stands in a call that does. */
    private static boolean isStart(Text text, int from) {
        var first = text.first();
        var start = text.says("new ", from - 4) ? from - 4 : from;
        for (var calls = 0; calls < 3 && start > first && text.at(start - 1) == '('; calls++) {
            start = wordStart(text, start - 1);
        }
        if (start == first + 1 && text.at(first) == '@') {
            return true;
        }
        if (start <= first) {
            return start == first && (start == from || text.says("new ", first) || isPrinting(text, first));
        }
        var before = start - 1;
        while (before > first && text.at(before) == ' ') {
            before--;
        }
        var c = text.at(before);
        var printed = before < start - 1 && PRINTING.has(text, first, before + 1);
        var broken = c == ';' && ")\"'".indexOf(text.at(before - 1)) >= 0
                || (c == '+' || c == '.') && isBroken(text, before)
                || c == ';' && isImported(text, before);
        return printed || broken || (c == ';' || c == '=' || c == '\n') && isStatement(text, first);
    }

    /** Tells whether the value begins with what ends a string, and the sign stands behind the quote. */
    private static boolean isBroken(Text text, int sign) {
        var quote = text.at(text.first());
        return text.at(sign - 1) == quote && (quote == '"' || quote == '\'');
    }

    /** Tells whether the statement before the semicolon imports a module. */
    private static boolean isImported(Text text, int end) {
        var name = wordStart(text, end);
        return name < end && text.says("import ", name - "import ".length());
    }

    private static boolean isPrinting(Text text, int from) {
        return PRINTING.has(text, from, wordEnd(text, from));
    }

    private static int wordStart(Text text, int end) {
        var i = end;
        while (i > end - NEAR && (Text.isWord(text.at(i - 1)) || text.at(i - 1) == '.')) {
            i--;
        }
        return i;
    }

    private static int wordEnd(Text text, int from) {
        var i = from;
        while (Text.isWord(text.at(i)) || text.at(i) == '.') {
            i++;
        }
        return i;
    }

    /** Tells whether the value begins with what ends a string, or as code does that imports or assigns something. */
    private static boolean isStatement(Text text, int first) {
        var c = text.at(first);
        var end = text.wordEnd(first);
        var next = text.at(text.skipSpace(end));
        return "'\");}]$".indexOf(c) >= 0
                || text.says("import ", first)
                || text.says("use ", first)
                || text.says("from ", first)
                || text.says("local ", first)
                || end > first && (next == '=' || next == '(' || next == '.');
    }

    /** Tells whether the parenthesis is closed, and no sentence goes on behind it. */
    private static boolean isClosed(Text text, int paren) {
        var depth = 0;
        for (var i = paren; i < paren + LONGEST && text.at(i) != Text.END; i++) {
            depth += text.at(i) == '(' ? 1 : text.at(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return text.at(i + 1) != ' ' || !Text.isLetter(text.at(i + 2));
            }
        }
        return false;
    }
}
