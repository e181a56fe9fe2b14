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
        /** A short word that seldom stands in sentences. */
        COMMON,
        /** A word of the language. */
        ENGLISH
    }

    static final Words<Kind> COMMANDS = Words.of(List.of(
            new Line<>(
                    Kind.COMMON,
                    "id cat echo ping sleep net env pwd cd ps su wc tee tac nl od reg attrib del ren ver vol fc icacls cacls mysql"
                            + " psql git sc w eval exec printf whereis java node"),
            new Line<>(
                    Kind.ENGLISH,
                    "type set less more head tail sort find file who host man kill date time at last test which where print copy"
                            + " move start route exit halt history source cut touch make expr read export system finger strings"
                            + " stat zip comp tree rev"),
            new Line<>(
                    Kind.DISTINCT,
                    "whoami ifconfig ipconfig sysinfo netstat uname wget curl nslookup traceroute tracert systeminfo perl python python2"
                            + " python3 ruby php bash sh zsh ksh csh tcsh powershell pwsh cmd cmd.exe powershell.exe chmod chown"
                            + " useradd adduser usermod netcat ncat nc telnet ssh scp tftp rsync crontab mkfifo base64 xxd sudo lsof"
                            + " printenv netsh tasklist taskkill regedit wmic schtasks certutil bitsadmin mshta rundll32 regsvr32"
                            + " cscript wscript msiexec rm rmdir mv cp mkdir grep egrep awk gawk sed xargs nohup gcc openssl nmap"
                            + " dig arp iptables ls lsb_release hostname busybox phpinfo dir setenforce getent xterm lynx ftp"
                            + " socat passwd shutdown reboot gunzip unzip tar gzip")));

    /** What follows commands that work on something: {@code net user}. */
    static final Words<Boolean> VERBS =
            Words.set("user users localgroup view share use group accounts add query delete save config"
                    + " firewall advfirewall clone session statistics start stop");

    /** Commands that are followed by such a word. */
    static final Words<Boolean> VERBOSE = Words.set("net net1 reg netsh git sc");

    private ShellWords() {}
}
