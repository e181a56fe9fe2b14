package dev.portcullis.attack;

/**
 * Steps of a build in one line, as packages and workflows name them: {@code tsc -p . && node tools/pack.js}, {@code echo "none yet" && exit 1}. Each begins
 * with a tool for that, names nothing but what lies below the folder, and takes nothing from elsewhere.
 */
final class ShellBuild {

    private static final int LONGEST = 400;

    private static final Words<Boolean> TOOLS =
            Words.set("npm npx yarn pnpm bun tsc tsx eslint prettier jest mocha tap vitest webpack rollup vite"
                    + " esbuild babel rimraf copyfiles mkdirp cpy node echo exit cd cp mkdir mv rm touch true test make gradle gradlew mvn cargo go dotnet"
                    + " pip poetry pytest tox ruff black mypy bundle rake docker jshint standard xo nyc c8 ava lerna nx turbo husky git python python3 deno"
                    + " chmod composer phpunit ng vue-cli-service react-scripts next nuxt cross-env");

    /** Those that change files, of which only what builds make may be thrown away. */
    private static final Words<Boolean> MADE =
            Words.set("dist build out lib libcjs libesm esm cjs coverage target tmp temp cache node_modules"
                    + " .nyc_output .cache .next .turbo es umd types docs public");

    private ShellBuild() {}

    /** Tells whether the text is nothing but such steps. */
    static boolean is(Text text) {
        if (text.length() > LONGEST) {
            return false;
        }
        for (var i = text.first(); i < text.last(); ) {
            var end = stepEnd(text, i);
            if (end < 0 || !isStep(text, i, end)) {
                return false;
            }
            i = text.skipSpace(end + 2);
        }
        return true;
    }

    /** Where a step ends, at the sign that joins it to the next one; -1 when it holds what no such step has. */
    private static int stepEnd(Text text, int from) {
        var quote = 0;
        for (var i = from; i < text.last(); i++) {
            var c = text.at(i);
            quote = quote == 0 && (c == '"' || c == '\'') ? c : c == quote ? 0 : quote;
            if (quote == 0 && (text.says("&&", i) || text.says("||", i))) {
                return i;
            }
            if (c == '`'
                    || c == '$'
                    || c == '>'
                    || c == ';'
                    || c == '|'
                    || c == '&'
                    || c == '\n'
                    || text.says("..", i) && !text.says("../", i)) {
                return -1;
            }
            if (Text.isSpace(text.at(i - 1)) && (c == '/' || c == '~') || text.says("://", i)) {
                return -1;
            }
        }
        return quote == 0 ? text.last() : -1;
    }

    private static boolean isStep(Text text, int from, int end) {
        var word = from;
        while (word < end && !Text.isSpace(text.at(word))) {
            word++;
        }
        var near = text.says("./", from)
                || text.says("node_modules/", from)
                || text.toString().lastIndexOf("/bin/", word) > from;
        if (text.says("rm", from) && word == from + 2) {
            return throwsAwayMade(text, word, end);
        }
        var risky = text.says("-e", text.skipSpace(word))
                || text.says("-c", text.skipSpace(word))
                || text.says("-p ", text.skipSpace(word)) && text.says("node", from);
        return (near || TOOLS.has(text, from, word)) && !risky;
    }

    /** Tells whether what is thrown away are folders that builds make. */
    private static boolean throwsAwayMade(Text text, int from, int end) {
        for (var i = text.skipSpace(from); i < end; i = text.skipSpace(i)) {
            var part = i;
            while (i < end && !Text.isSpace(text.at(i))) {
                i++;
            }
            var bare = text.at(i - 1) == '/' ? i - 1 : i;
            if (text.at(part) != '-' && !MADE.has(text, part, bare)) {
                return false;
            }
        }
        return true;
    }
}
