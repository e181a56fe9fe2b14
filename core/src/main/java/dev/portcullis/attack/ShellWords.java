package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;

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
                            + " crontab mkfifo xxd sudo lsof printenv netsh tasklist taskkill regedit wmic schtasks certutil"
                            + " bitsadmin mshta rundll32 regsvr32 cscript wscript msiexec rmdir mkdir egrep gawk xargs nohup gcc"
                            + " nmap iptables ls lsb_release busybox phpinfo dir docker kubectl setenforce getent xterm lynx socat gunzip unzip"),
            new Line<>(
                    Kind.COMMON,
                    "echo ping sleep net env pwd cd ps su wc tac nl od reg attrib del ren fc icacls cacls mysql psql git sc w eval"
                            + " exec printf whereis java node perl python python2 python3 ruby php bash sh powershell pwsh cmd curl"
                            + " base64 rm mv cp grep awk sed openssl dig arp hostname nc ftp passwd shutdown reboot tar gzip"),
            new Line<>(
                    Kind.ENGLISH,
                    "id cat type set less more head tail sort find file who host man kill date time at last test which where"
                            + " print copy move start route exit halt history source cut touch make expr read export system"
                            + " finger strings stat zip comp tree rev ver vol tee")));

    /** What follows commands that work on something: {@code net user}. */
    static final Words<Boolean> VERBS =
            Words.set("user users localgroup view share use group accounts add query delete save config"
                    + " firewall advfirewall clone session statistics start stop");

    /** Commands that are followed by such a word. */
    static final Words<Boolean> VERBOSE = Words.set("net net1 reg netsh git sc");

    /** Commands that run the code, or start the program, that an option gives them. */
    static final Words<Boolean> RUNNERS = Words.set(
            "perl python python2 python3 ruby php node lua bash sh zsh ksh dash nc ncat netcat powershell pwsh");

    private ShellWords() {}
}
