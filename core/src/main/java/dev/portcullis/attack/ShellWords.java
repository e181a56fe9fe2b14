package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands of Unix shells and of Windows. A table of data. */
final class ShellWords {

    /** What a word says where a command could stand. */
    enum Kind {
        /** No command. */
        NONE,
        /** A word of programs alone. */
        DISTINCT,
        /** A word of programs that stands in lists, too. */
        COMMON,
        /** A word of the language. */
        ENGLISH
    }

    static final Words<Kind> COMMANDS = Words.of(List.of(
            new Line<>(
                    Kind.DISTINCT,
                    "whoami ifconfig ipconfig netstat uname wget nslookup traceroute tracert systeminfo sysinfo zsh ksh csh tcsh"
                            + " cmd.exe powershell.exe chmod chown useradd adduser usermod netcat ncat telnet ssh scp tftp rsync"
                            + " crontab mkfifo xxd sudo lsof printenv netsh tasklist taskkill regedit forfiles nltest dsquery cmdkey psexec odbcconf wmic schtasks certutil"
                            + " bitsadmin mshta rundll32 regsvr32 cscript wscript msiexec rmdir mkdir egrep gawk xargs nohup gcc"
                            + " dmesg lscpu lsblk blkid killall pkill pgrep umount arch nproc getfacl systemctl journalctl"
                            + " luajit nodejs tclsh mawk nawk nmap iptables ls lsb_release busybox phpinfo dir docker kubectl setenforce getent xterm lynx socat gunzip unzip"
                            + " usleep driverquery calc.exe notepad.exe mshta.exe rundll32.exe wscript.exe cscript.exe certutil.exe getmac nbtstat qwinsta"
                            + " quser vssadmin bcdedit fsutil takeown wevtutil"),
            new Line<>(
                    Kind.COMMON,
                    "echo ping sleep net net.exe sc.exe reg.exe nc.exe env pwd cd ps su wc tac nl od reg attrib del ren fc icacls cacls mysql psql git sc w eval"
                            + " exec printf whereis java node lua perl python python2 python3 ruby php bash sh powershell pwsh cmd curl"
                            + " base64 rm mv cp grep awk sed openssl dig arp hostname nc ftp passwd shutdown reboot tar gzip"
                            + " expr uptime mount kill df du timeout uniq tr dd sendmail"),
            new Line<>(
                    Kind.ENGLISH,
                    "id cat type set less more head tail sort find file who host man date time at last test which where"
                            + " groups free top jobs"
                            + " print copy move start route exit halt history source cut touch make read export system"
                            + " finger strings stat zip comp tree rev ver vol tee")));

    /** What follows commands that work on something: {@code net user}. */
    static final Words<Boolean> VERBS =
            Words.set("aux auxw auxww user users localgroup view share use group accounts add query delete save config"
                    + " firewall advfirewall clone session process useraccount os qfe statistics start stop print");

    /** Commands that are followed by such a word. */
    static final Words<Boolean> VERBOSE =
            Words.set("net net.exe net1 reg reg.exe netsh git sc sc.exe ps wmic route vssadmin");

    /** Commands that run the code, or start the program, that an option gives them. */
    static final Words<Boolean> RUNNERS = Words.set(
            "perl python python2 python3 ruby php node nodejs lua luajit tclsh bash sh zsh ksh dash ash nc nc.exe ncat netcat powershell pwsh");

    /** Those of them that tie a program to an address: options may stand behind it. */
    static final Words<Boolean> TIES = Words.set("nc nc.exe ncat netcat");

    /** Programs that are meant to be given the path of a shell. */
    static final Words<Boolean> OPENING =
            Words.set("docker kubectl podman ssh chsh useradd usermod adduser sudo su scp ls which file cat");

    /** Programs that say where others are. */
    static final Words<Boolean> ASKS = Words.set("which where whereis type");

    /** What somebody runs first to see whether anything is run. */
    static final Words<Boolean> FIRST_LOOKS =
            Words.set("id whoami ls pwd env uname ifconfig ipconfig netstat ps hostname dir w");

    /** Other programs of which people name the version. */
    static final Words<Boolean> VERSIONED = Words.set("java mysql psql git gcc docker kubectl openssl");

    /** Programs that run the program which their arguments name. */
    static final Words<Boolean> STARTERS = Words.set(
            "command time nice nohup exec env xargs stdbuf timeout sudo eval busybox watch setsid doas builtin unshare");

    /** Words with which loops and conditions begin. */
    static final Words<Boolean> LOOPS = Words.set("for while until if");

    /** All words with which a command or what holds one may begin. */
    static final Words<Boolean> BEGINNERS = Words.set(Stream.of(COMMANDS.all(), STARTERS.all(), LOOPS.all())
            .flatMap(List::stream)
            .distinct()
            .collect(Collectors.joining(" ")));

    /** Commands that change what others print: what a line of a script has behind a pipe. */
    static final Words<Boolean> FILTERS = Words.set(
            "grep egrep fgrep awk gawk sed sort uniq cut tr head tail wc less more xargs tee cat nl tac rev tar gzip gunzip base64 od xxd");

    /** Commands with which somebody looks around, or fetches and opens doors. */
    static final Words<Boolean> INTRUDERS = Words.set(
            "whoami ifconfig ipconfig netstat systeminfo nslookup nc ncat netcat mkfifo useradd adduser usermod tasklist"
                    + " certutil bitsadmin mshta rundll32 regsvr32 wmic schtasks printenv lsof tftp telnet getent");

    /** Words with which a line of a script begins beside {@link #COMMANDS}. */
    static final Words<Boolean> TOOLS = Words.set(
            "git npm npx yarn pnpm pip pip3 apt apt-get yum dnf brew docker podman kubectl helm mvn gradle go cargo make"
                    + " cmake ninja perf systemctl service tar zip unzip gem bundle composer dotnet terraform ansible vagrant az aws gcloud"
                    + " cd ls for while case function local export declare readonly");

    /** Programs that no word of the language is, and that people build with. */
    static final Words<Boolean> BUILDERS = Words.set("npm npx yarn pnpm tsc eslint rimraf webpack");

    /** What the names of files end in that scripts which build something run. */
    static final Words<Boolean> SCRIPT_ENDINGS = Words.set("js ts mjs cjs py sh rb pl");

    /** Words that stand before programs in scripts. */
    static final Words<Boolean> BEFORE_PROGRAMS =
            Words.set("if then else elif do while until sudo time local readonly export root user run");

    /** How commands begin: the lower five bits of their first three characters. */
    private static final boolean[] LEADS = new boolean[1 << 15];

    static {
        COMMANDS.all().stream().filter(word -> word.length() > 2).forEach(word -> LEADS[lead(word)] = true);
    }

    private ShellWords() {}

    private static int lead(CharSequence letters) {
        return (letters.charAt(0) & 31) << 10 | (letters.charAt(1) & 31) << 5 | letters.charAt(2) & 31;
    }

    /** Tells whether a command may begin with these three letters; it may say so too often. */
    static boolean leads(CharSequence letters) {
        return LEADS[lead(letters)];
    }
}
