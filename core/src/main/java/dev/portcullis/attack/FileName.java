package dev.portcullis.attack;

/** Names of parameters that hold the name of a file, and of files that are run. */
final class FileName {

    private static final Words<Boolean> PARAMETERS = Words.set(
            "file filename file_name filepath file_path path page pg include inc incfile template tpl tmpl document"
                    + " doc docname folder dir directory root root_path rootpath basepath base_path dir_prefix layout module"
                    + " mod load read download view show style theme skin pdf conf config configfile cfg lang locale language"
                    + " log logfile attachment resource source src_file content script import");

    /** Those that mean a part of a page that the application puts together, and no address that people give. */
    private static final Words<Boolean> INCLUDED =
            Words.set("include inc incfile template tpl tmpl layout module mod load"
                    + " theme skin lang locale language style pg root root_path rootpath basepath base_path dir_prefix dir directory"
                    + " folder conf config configfile cfg");

    /** Those that mean code that is put into a page. */
    private static final Words<Boolean> INCLUSIONS = Words.set(
            "include inc incfile include_file include_path require dir_prefix basepath base_path root_path rootpath");

    /** Those that mean a file of the application, and no page that somebody is on. */
    private static final Words<Boolean> FILES =
            Words.set("file filename file_name filepath file_path document doc docname template");

    /** Those that mean a file of the application that is shown. */
    private static final Words<Boolean> SHOWN =
            Words.set("page pg path file filename file_name filepath file_path view show");

    /** Those that mean a picture. */
    private static final Words<Boolean> PICTURES = Words.set(
            "img image images imgpath image_path imagepath img_path picture pic photo icon avatar logo thumb thumbnail");

    /** What the names of files end in that are the sources of a program. */
    private static final Words<Boolean> SOURCES = Words.set("js mjs cjs ts tsx jsx vue");

    /** What the names of files end in that a server makes pages with: addresses of pages do, too. */
    private static final Words<Boolean> PAGES =
            Words.set("php php3 php4 php5 php7 phtml jsp jspx asp aspx ashx cfm vm ftl");

    /** What the names of files end in that a server or a shell would run, or read as its own. */
    private static final Words<Boolean> CODE = Words.set(
            "php php3 php4 php5 php7 phtml inc txt jsp jspx asp aspx ashx cfm pl py rb sh bash ps1 bat cmd vbs hta"
                    + " exe dll elf jar war class xsl xslt dtd ser groovy tpl ftl vm");

    /** Files and folders whose names tell by themselves that nobody should read them. */
    private static final Words<Boolean> SECRETS = Words.set(
            ".env .git .svn .hg .htpasswd .htaccess .aws .ssh .npmrc .netrc .pgpass .docker .kube .bash_history"
                    + " .dockercfg .git-credentials web.config wp-config.php web-inf meta-inf");

    /** Parts of the names of files and folders that tell of what nobody should read. */
    private static final Words<Boolean> SECRET_PARTS =
            Words.set("credential credentials secret secrets serviceaccount service-account service_account adminsdk"
                    + " admin-sdk password passwords passwd private privatekey users");

    /** How long such a part is at most. */
    private static final int LONGEST_PART = 15;

    /** How many folders may stand before such a file: more are those of a project's sources. */
    private static final int FEW_FOLDERS = 1;

    /** What the names of files end in that tell how a system is set up, or what happened on it. */
    private static final Words<Boolean> SETTINGS =
            Words.set("conf ini cnf cfg log xml properties inc php sql bak default orig pl cgi pem key yml yaml env");

    private FileName() {}

    /** Tells whether parameters of this name mean a file of the application. */
    static boolean isNamed(String name) {
        return PARAMETERS.has(new Text(name), 0, name.length());
    }

    /** Tells whether parameters of this name mean a part that the application puts into its pages. */
    static boolean isIncluded(String name) {
        return INCLUDED.has(new Text(name), 0, name.length());
    }

    /** Tells whether parameters of this name mean what is run as a part of a page. */
    static boolean isInclusion(String name) {
        return INCLUSIONS.has(new Text(name), 0, name.length());
    }

    /** Tells whether parameters of this name mean a file, and never the page where somebody is. */
    static boolean isNothingElse(String name) {
        return FILES.has(new Text(name), 0, name.length());
    }

    /** Tells whether parameters of this name mean a file that the application shows. */
    static boolean isShown(String name) {
        return SHOWN.has(new Text(name), 0, name.length());
    }

    /** Tells whether parameters of this name mean a picture. */
    static boolean isPicture(String name) {
        return PICTURES.has(new Text(name), 0, name.length());
    }

    /** Tells whether a path ends in the name of a file with sources. */
    static boolean isSource(Text path) {
        return SOURCES.has(path, path.toString().lastIndexOf('.', path.last()) + 1, path.last());
    }

    /** Tells whether the path of an address ends as that of a page may. */
    static boolean isPage(Text address) {
        var end = pathEnd(address);
        return PAGES.has(address, address.toString().lastIndexOf('.', end - 1) + 1, end);
    }

    /** Tells whether the path of an address ends in the name of a file that is run; what is asked of it does not count. */
    static boolean isCode(Text address) {
        var end = pathEnd(address);
        var dot = address.toString().lastIndexOf('.', end - 1);
        var slash = address.toString().lastIndexOf('/', end - 1);
        return dot > slash && slash > 0 && address.at(slash - 1) != '/' && CODE.has(address, dot + 1, end);
    }

    /** Tells whether the path of an address ends in the name of a web shell. */
    static boolean isShell(Text address) {
        var end = pathEnd(address);
        var slash = address.toString().lastIndexOf('/', end - 1);
        var dot = address.toString().indexOf('.', Math.max(slash, 0));
        return slash > 0
                && dot > slash
                && dot < end
                && isCode(address)
                && ExploitWords.SHELLS.has(address, slash + 1, dot);
    }

    /** Tells whether a value is the name of a file that holds secrets or settings, be it in a folder. */
    static boolean isSecret(Text text) {
        for (int i = text.first(), folders = 0; i < text.last() && folders <= FEW_FOLDERS; i++) {
            folders += text.at(i) == '/' && i > text.first() && text.at(i - 1) != '.' ? 1 : 0;
            var end = PathShape.segmentEnd(text, i);
            if (end > i && SECRETS.has(text, i, end)) {
                return true;
            }
            i = Math.max(i, end - 1);
        }
        return false;
    }

    /** Tells whether a part of a path tells of secrets: {@code firebase-adminsdk.json}, {@code serviceAccountKey.json}. */
    static boolean tellsOfSecrets(Text path) {
        for (var i = path.first(); i < path.last(); i++) {
            if (isPartBorder(path, i) && Text.isLetter(path.at(i)) && isSecretPart(path, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSecretPart(Text path, int from) {
        for (var end = from + 1; end <= path.last() && end <= from + LONGEST_PART; end++) {
            if (isPartBorder(path, end) && SECRET_PARTS.has(path, from, end)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a word ends before the index or begins there: no letter, or a capital behind a small one. */
    private static boolean isPartBorder(Text path, int at) {
        var before = path.at(at - 1);
        var next = path.at(at);
        return !Text.isLetter(before)
                || !Text.isLetter(next)
                || before >= 'a' && before <= 'z' && next >= 'A' && next <= 'Z';
    }

    /** Tells whether the name of a file that holds settings or logs ends the text. */
    static boolean isSettings(Text text) {
        var suffix = text.toString().lastIndexOf('.', text.last()) + 1;
        return SETTINGS.has(text, suffix, text.last());
    }

    private static int pathEnd(Text address) {
        var i = address.first();
        while (i < address.last() && address.at(i) != '?' && address.at(i) != '#') {
            i++;
        }
        return i;
    }
}
