/*
 * ptys [MODE]: line (the default) types at the master end of a pseudo terminal and shows what it
 * echoes and what the other end reads, under many settings; jobs runs children in the foreground and
 * background of a session on one; packets shows packet mode (TIOCPKT) and bytes typed by TIOCSTI.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static int master, slave;

static void show(const char *what, const char *bytes, ssize_t count)
{
    printf("%s ", what);
    for (ssize_t i = 0; i < count; i++) {
        unsigned char c = bytes[i];
        if (c == '\n')
            printf("\\n");
        else if (c == '\r')
            printf("\\r");
        else if (c == '\t')
            printf("\\t");
        else if (c < 32 || c >= 127)
            printf("\\%03o", c);
        else
            putchar(c);
    }
    putchar('\n');
    fflush(stdout);
}

/* Reads all that comes within a while. */
static ssize_t drain(int fd, char *buffer, size_t size)
{
    size_t have = 0;
    struct pollfd one = {fd, POLLIN, 0};
    while (have < size && poll(&one, 1, 40) == 1 && (one.revents & POLLIN)) {
        ssize_t got = read(fd, buffer + have, size - have);
        if (got <= 0)
            break;
        have += got;
    }
    return have;
}

/* Reads once; a line at most in canonical mode. */
static void read_once(void)
{
    char buffer[256];
    struct pollfd one = {slave, POLLIN, 0};
    if (poll(&one, 1, 40) != 1) {
        printf("  read: nothing yet\n");
        return;
    }
    ssize_t got = read(slave, buffer, sizeof buffer);
    if (got < 0)
        printf("  read: %s\n", strerrorname_np(errno));
    else
        show("  read:", buffer, got);
}

static void type(const char *keys, size_t count)
{
    char echo[1024];
    show("type", keys, count);
    if (write(master, keys, count) != (ssize_t)count)
        printf("  short write\n");
    show("  echo:", echo, drain(master, echo, sizeof echo));
}

#define TYPE(keys) type(keys, sizeof keys - 1)

static void set(const char *what, tcflag_t in_on, tcflag_t in_off, tcflag_t out_on, tcflag_t out_off,
                tcflag_t local_on, tcflag_t local_off)
{
    struct termios t;
    printf("-- %s\n", what);
    tcgetattr(slave, &t);
    t.c_iflag = (t.c_iflag & ~in_off) | in_on;
    t.c_oflag = (t.c_oflag & ~out_off) | out_on;
    t.c_lflag = (t.c_lflag & ~local_off) | local_on;
    if (tcsetattr(slave, TCSANOW, &t) != 0)
        printf("tcsetattr: %s\n", strerrorname_np(errno));
}

static void open_pair(void)
{
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
    if (master < 0) {
        printf("ptmx: %s\n", strerrorname_np(errno));
        exit(1);
    }
    char *name = ptsname(master);
    if (open(name, O_RDWR | O_NOCTTY) != -1)
        printf("a locked terminal opens\n");
    else
        printf("locked: %s\n", strerrorname_np(errno));
    grantpt(master);
    unlockpt(master);
    slave = open(name, O_RDWR | O_NOCTTY);
    if (slave < 0) {
        printf("%s: %s\n", name, strerrorname_np(errno));
        exit(1);
    }
    struct stat st;
    fstat(slave, &st);
    printf("device: %s, major %d\n", S_ISCHR(st.st_mode) ? "character" : "other",
           (int)(st.st_rdev >> 8 & 0xfff));
    printf("isatty: %d %d, ttyname right: %s\n", isatty(master), isatty(slave),
           strcmp(ttyname(slave), name) == 0 ? "yes" : "no");
}

static void lines(void)
{
    open_pair();
    struct termios t;
    tcgetattr(slave, &t);
    printf("defaults: %x %x %x %x\n", t.c_iflag, t.c_oflag, t.c_cflag, t.c_lflag);
    show("characters:", (char *)t.c_cc, 17);
    struct winsize size = {25, 90, 0, 0};
    ioctl(master, TIOCSWINSZ, &size);
    memset(&size, 0, sizeof size);
    ioctl(slave, TIOCGWINSZ, &size);
    printf("window: %d rows, %d columns\n", size.ws_row, size.ws_col);

    printf("-- as it comes\n");
    TYPE("hello\r");
    read_once();
    TYPE("abc");
    read_once();
    TYPE("\177d\r");
    read_once();
    TYPE("two words\027here\r");
    read_once();
    TYPE("  one.two_3 \027x\r");
    read_once();
    TYPE("kill me\025ok\r");
    read_once();
    TYPE("\177\025\027\r");
    read_once();
    TYPE("tab\tb\177\177\177c\r");
    read_once();
    TYPE("\ta\tb\177\177\177\177z\n");
    read_once();
    TYPE("\001\002\177x\026\003\026\177\r");
    read_once();
    TYPE("rep\022rint\r");
    read_once();
    TYPE("end\004");
    read_once();
    TYPE("\004");
    read_once();
    TYPE("a\rb\r\004");
    read_once();
    read_once();
    read_once();
    TYPE("lost\003kept\r");
    read_once();
    TYPE("\303\244\303\244\177\r");
    read_once();

    set("UTF-8", IUTF8, 0, 0, 0, 0, 0);
    TYPE("\303\244\303\244\177\r");
    read_once();
    TYPE("x\343\201\202\t\177\177\r");
    read_once();

    set("no echo", 0, 0, 0, 0, 0, ECHO);
    TYPE("secret\r");
    read_once();
    set("only the newline", 0, 0, 0, 0, ECHONL, 0);
    TYPE("secret\177\r");
    read_once();
    set("echo, but no ECHOE", 0, 0, 0, 0, ECHO, ECHONL | ECHOE);
    TYPE("ab\177c\025d\r");
    read_once();
    set("no ECHOK", 0, 0, 0, 0, ECHOE, ECHOK);
    TYPE("ab\025d\r");
    read_once();
    set("ECHOPRT", 0, 0, 0, 0, ECHOK | ECHOPRT, 0);
    TYPE("abc\177\177d\r");
    read_once();
    TYPE("abc\027\r");
    read_once();
    set("no ECHOCTL", 0, 0, 0, 0, 0, ECHOPRT | ECHOCTL);
    TYPE("a\001\177\177b\r");
    read_once();
    set("no IEXTEN", 0, 0, 0, 0, ECHOCTL, IEXTEN);
    TYPE("a b\027\026\r");
    read_once();
    set("no ISIG", 0, 0, 0, 0, IEXTEN, ISIG);
    TYPE("\003\032\034\r");
    read_once();
    set("INLCR IGNCR, no ICRNL", INLCR | IGNCR, ICRNL, 0, 0, ISIG, 0);
    TYPE("a\rb\nc\004");
    read_once();
    set("ISTRIP IUCLC", ICRNL | ISTRIP | IUCLC, INLCR | IGNCR, 0, 0, 0, 0);
    TYPE("ABC\341\r");
    read_once();
    set("OLCUC", 0, ISTRIP | IUCLC, OLCUC, 0, 0, 0);
    TYPE("abc\r");
    read_once();
    set("XTABS", 0, 0, XTABS, OLCUC, 0, 0);
    TYPE("ab\tc\177\177\r");
    read_once();
    set("no ONLCR", 0, 0, 0, XTABS | ONLCR, 0, 0);
    TYPE("ab\r");
    read_once();
    set("OCRNL, no ICRNL", 0, ICRNL, OCRNL | ONLCR, 0, 0, ECHOCTL);
    TYPE("ab\rc\n");
    read_once();
    set("ONOCR", 0, 0, ONOCR, OCRNL, 0, 0);
    TYPE("\r\ra\r\n");
    read_once();
    set("no OPOST", ICRNL, 0, 0, OPOST | ONOCR, ECHOCTL, 0);
    TYPE("ab\r");
    read_once();
    set("raw", 0, ICRNL | IXON, OPOST, 0, 0, ICANON | ECHO | ISIG);
    TYPE("ab\r\003\177\004");
    read_once();
    printf("-- what is typed in one mode and read in another\n");
    TYPE("raw");
    set("canonical again", ICRNL | IXON, 0, 0, 0, ICANON | ECHO | ISIG, 0);
    read_once();
    TYPE("cooked");
    set("raw again", 0, 0, 0, 0, 0, ICANON);
    read_once();

    printf("-- VMIN and VTIME\n");
    tcgetattr(slave, &t);
    t.c_cc[VMIN] = 3;
    t.c_cc[VTIME] = 0;
    tcsetattr(slave, TCSANOW, &t);
    TYPE("ab");
    read_once();
    TYPE("c");
    read_once();
    t.c_cc[VMIN] = 0;
    t.c_cc[VTIME] = 0;
    tcsetattr(slave, TCSANOW, &t);
    char buffer[16];
    printf("read: %zd\n", read(slave, buffer, sizeof buffer));
    t.c_cc[VTIME] = 2;
    tcsetattr(slave, TCSANOW, &t);
    printf("after two tenths: %zd\n", read(slave, buffer, sizeof buffer));
    t.c_cc[VMIN] = 5;
    tcsetattr(slave, TCSANOW, &t);
    TYPE("xy");
    printf("two and no more: %zd\n", read(slave, buffer, sizeof buffer));

    set("output", 0, 0, OPOST | ONLCR, 0, ICANON, 0);
    char echo[256];
    if (write(slave, "one\ntwo\tthree\n", 14) != 14)
        printf("short\n");
    show("shows", echo, drain(master, echo, sizeof echo));
    TYPE("\023");
    int flags = fcntl(slave, F_GETFL);
    fcntl(slave, F_SETFL, flags | O_NONBLOCK);
    ssize_t written = write(slave, "held", 4);
    printf("after ^S: %zd %s\n", written, written < 0 ? strerrorname_np(errno) : "");
    TYPE("\021");
    written = write(slave, "free", 4);
    printf("after ^Q: %zd\n", written);
    show("shows", echo, drain(master, echo, sizeof echo));
    TYPE("typed ahead\r");
    int waiting = 0;
    ioctl(slave, FIONREAD, &waiting);
    printf("waiting: %d\n", waiting);
    tcflush(slave, TCIFLUSH);
    ioctl(slave, FIONREAD, &waiting);
    printf("flushed: %d\n", waiting);
    printf("read without wait: %zd %s\n", read(slave, buffer, 9), strerrorname_np(errno));

    int other = -1;
    printf("tcgetpgrp without control: %s\n",
           ioctl(slave, TIOCGPGRP, &other) == -1 ? strerrorname_np(errno) : "works");
    close(slave);
    struct pollfd hung = {master, POLLIN, 0};
    poll(&hung, 1, 40);
    printf("all left: hang-up %s, read %zd %s\n", hung.revents & POLLHUP ? "yes" : "no",
           read(master, buffer, 9), strerrorname_np(errno));
    slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    close(master);
    printf("master left: read %zd", read(slave, buffer, 9));
    written = write(slave, "x", 1);
    printf(", write %s\n", written < 0 ? strerrorname_np(errno) : "works");
}

/* ---------------------------------------------------------------- jobs */

static void wait_for(pid_t pid, const char *what, int options)
{
    int status;
    pid_t got = waitpid(pid, &status, options);
    if (got != pid)
        printf("%s: waitpid %s\n", what, got == 0 ? "0" : strerrorname_np(errno));
    else if (WIFEXITED(status))
        printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        printf("%s: killed by %d\n", what, WTERMSIG(status));
    else if (WIFSTOPPED(status))
        printf("%s: stopped by %d\n", what, WSTOPSIG(status));
    else
        printf("%s: continued\n", what);
    fflush(stdout);
}

/* A child in a group of its own that runs what. */
static pid_t job(void (*what)(void))
{
    int ends[2];
    char byte = 0;
    if (pipe(ends) == -1)
        exit(1);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        if (write(ends[1], &byte, 1) != 1)
            _exit(99);
        close(ends[0]);
        close(ends[1]);
        what();
        _exit(0);
    }
    setpgid(pid, pid);
    if (read(ends[0], &byte, 1) != 1)
        exit(1);
    close(ends[0]);
    close(ends[1]);
    return pid;
}

static void reads(void)
{
    char buffer[64];
    ssize_t got = read(slave, buffer, sizeof buffer);
    if (got < 0)
        printf("the job read: %s\n", strerrorname_np(errno));
    else
        show("the job read:", buffer, got);
    fflush(stdout);
}

static void reads_ignoring(void)
{
    signal(SIGTTIN, SIG_IGN);
    reads();
}

static void writes(void)
{
    ssize_t done = write(slave, "from the job\n", 13);
    printf("the job wrote %zd\n", done);
    fflush(stdout);
}

static void sets(void)
{
    struct termios t;
    tcgetattr(slave, &t);
    printf("the job set: %d\n", tcsetattr(slave, TCSANOW, &t));
    fflush(stdout);
}

static void waits(void)
{
    for (;;)
        pause();
}

static volatile sig_atomic_t winch, hup, cont;

static void note(int signal)
{
    if (signal == SIGWINCH)
        winch++;
    else if (signal == SIGHUP)
        hup++;
    else
        cont++;
}

static void waits_for_winch(void)
{
    struct winsize size;
    signal(SIGWINCH, note);
    sigset_t set;
    sigemptyset(&set);
    while (!winch)
        sigsuspend(&set);
    ioctl(slave, TIOCGWINSZ, &size);
    printf("the job's window: %d rows, %d columns\n", size.ws_row, size.ws_col);
    fflush(stdout);
}

static void leader(void)
{
    char echo[256];
    printf("setsid: %s\n", setsid() == getpid() ? "leads" : "fails");
    printf("/dev/tty before: %s\n", open("/dev/tty", O_RDWR) == -1 ? strerrorname_np(errno) : "opens");
    printf("TIOCSCTTY: %d\n", ioctl(slave, TIOCSCTTY, 0));
    int tty = open("/dev/tty", O_RDWR);
    printf("/dev/tty after: %s\n", tty == -1 ? strerrorname_np(errno) : "opens");
    close(tty);
    printf("tcgetpgrp: %s\n", tcgetpgrp(slave) == getpgrp() ? "ours" : "other");
    printf("tcsetpgrp to nobody: %s\n",
           tcsetpgrp(slave, 30000) == -1 ? strerrorname_np(errno) : "works");
    signal(SIGTTOU, SIG_IGN);

    pid_t pid = job(reads);
    wait_for(pid, "reads in the background", WUNTRACED);
    tcsetpgrp(slave, pid);
    kill(-pid, SIGCONT);
    wait_for(pid, "then", WCONTINUED);
    usleep(50000);
    if (write(master, "for the job\r", 12) != 12)
        printf("short write\n");
    wait_for(pid, "in the foreground", 0);
    show("  shows", echo, drain(master, echo, sizeof echo));
    tcsetpgrp(slave, getpgrp());

    signal(SIGTTIN, SIG_DFL);
    pid = job(reads_ignoring);
    wait_for(pid, "reads and ignores SIGTTIN", WUNTRACED);

    signal(SIGTTOU, SIG_DFL);
    pid = job(writes);
    wait_for(pid, "writes in the background", WUNTRACED);
    show("  shows", echo, drain(master, echo, sizeof echo));
    struct termios t;
    tcgetattr(slave, &t);
    t.c_lflag |= TOSTOP;
    tcsetattr(slave, TCSANOW, &t);
    pid = job(writes);
    wait_for(pid, "writes under TOSTOP", WUNTRACED);
    kill(-pid, SIGKILL);
    wait_for(pid, "then", WUNTRACED);
    t.c_lflag &= ~TOSTOP;
    tcsetattr(slave, TCSANOW, &t);
    pid = job(sets);
    wait_for(pid, "sets in the background", WUNTRACED);
    kill(-pid, SIGKILL);
    wait_for(pid, "then", WUNTRACED);
    signal(SIGTTOU, SIG_IGN);

    static const struct {
        const char *name;
        const char *key;
    } keys[] = {{"^C", "\003"}, {"^\\", "\034"}, {"^Z", "\032"}};
    for (int i = 0; i < 3; i++) {
        signal(SIGTTOU, SIG_DFL);
        pid = job(waits);
        signal(SIGTTOU, SIG_IGN);
        tcsetpgrp(slave, pid);
        usleep(50000);
        TYPE("lost");
        type(keys[i].key, 1);
        wait_for(pid, keys[i].name, WUNTRACED);
        tcsetpgrp(slave, getpgrp());
    }
    kill(-pid, SIGTERM);
    kill(-pid, SIGCONT);
    wait_for(pid, "SIGTERM and SIGCONT after ^Z", WUNTRACED);
    TYPE("\r");
    char buffer[16];
    show("what is left", buffer, read(slave, buffer, sizeof buffer));

    pid = job(waits_for_winch);
    tcsetpgrp(slave, pid);
    usleep(50000);
    struct winsize size = {50, 132, 0, 0};
    ioctl(master, TIOCSWINSZ, &size);
    wait_for(pid, "resized", 0);
    tcsetpgrp(slave, getpgrp());

    pid = job(waits);
    tcsetpgrp(slave, pid);
    printf("the leader leaves\n");
    fflush(stdout);
    _exit(pid == 0);
}

static void jobs(void)
{
    open_pair();
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        leader();
    wait_for(pid, "leader", 0);
    char buffer[16];
    fcntl(slave, F_SETFL, O_RDWR | O_NONBLOCK);
    ssize_t got = read(slave, buffer, sizeof buffer);
    printf("after it: read %zd %s", got, got < 0 ? strerrorname_np(errno) : "");
    got = write(slave, "x", 1);
    printf(", write %s\n", got < 0 ? strerrorname_np(errno) : "works");
}

/* ------------------------------------------------------------------------------------------ packet mode */

/* What one read of the master gives, and what poll says before it. */
static void packet(const char *what, size_t most)
{
    char buffer[64];
    struct pollfd one = {master, POLLIN | POLLPRI, 0};
    if (poll(&one, 1, 40) != 1) {
        printf("%s: nothing\n", what);
        return;
    }
    printf("%s:%s%s", what, one.revents & POLLPRI ? " PRI" : "", one.revents & POLLIN ? " IN" : "");
    ssize_t got = read(master, buffer, most);
    if (got < 0)
        printf(" %s\n", strerrorname_np(errno));
    else
        show(" read", buffer, got);
}

static void press(const char *keys)
{
    if (write(master, keys, strlen(keys)) < 0)
        printf("press: %s\n", strerrorname_np(errno));
}

static void print(const char *text)
{
    if (write(slave, text, strlen(text)) < 0)
        printf("print: %s\n", strerrorname_np(errno));
}

static void answer(const char *what, int result)
{
    if (result < 0)
        printf("%s: %s\n", what, strerrorname_np(errno));
    else
        printf("%s: %d\n", what, result);
}

static void flow(int start, int stop, int on)
{
    struct termios t;
    tcgetattr(slave, &t);
    t.c_cc[VSTART] = start;
    t.c_cc[VSTOP] = stop;
    t.c_iflag = on ? t.c_iflag | IXON : t.c_iflag & ~IXON;
    tcsetattr(slave, TCSANOW, &t);
}

static void packets(void)
{
    int on = 1;
    open_pair();
    print("before");
    answer("on", ioctl(master, TIOCPKT, &on));
    packet("written before", 64);
    print("abcdef\n");
    packet("a part", 4);
    packet("the status alone", 1);
    packet("the rest", 64);
    tcflush(slave, TCIFLUSH);
    packet("input flushed", 64);
    tcflush(slave, TCOFLUSH);
    packet("output flushed", 64);
    tcflush(slave, TCIOFLUSH);
    packet("both", 64);
    print("then");
    packet("data", 64);
    tcflow(slave, TCOOFF);
    packet("stopped", 64);
    tcflow(slave, TCOON);
    packet("started", 64);
    tcflow(slave, TCOOFF);
    tcflow(slave, TCOON);
    packet("both at once", 64);
    press("\023");
    packet("^S", 64);
    press("\023");
    packet("^S again", 64);
    press("\021");
    packet("^Q", 64);
    flow('q', 's', 1);
    packet("other characters", 64);
    flow('Q' & 31, 'S' & 31, 1);
    packet("the usual ones", 64);
    flow('Q' & 31, 'S' & 31, 0);
    packet("no flow control", 64);
    flow('Q' & 31, 'S' & 31, 1);
    packet("again", 64);
    press("x\003");
    packet("^C", 64);
    packet("its echo", 64);
    print("data and news");
    tcflow(slave, TCOOFF);
    packet("news first", 64);
    packet("then data", 64);
    tcflow(slave, TCOON);
    on = 0;
    answer("no more", ioctl(master, TIOCPKT, &on));
    print("plain");
    packet("plain", 64);
    tcflush(slave, TCIFLUSH);
    packet("nobody is told", 64);
    on = 1;
    ioctl(master, TIOCPKT, &on);
    packet("what was, is forgotten", 64);
    answer("at the other end", ioctl(slave, TIOCPKT, &on));
    answer("nowhere", ioctl(master, TIOCPKT, (void *) 16));
    on = 0;
    ioctl(master, TIOCPKT, &on);
    for (const char *at = "sti\n"; *at; at++)
        if (ioctl(slave, TIOCSTI, at) < 0)
            answer("TIOCSTI", -1);
    char buffer[64];
    show("typed:", buffer, read(slave, buffer, sizeof buffer));
    packet("echoed", 64);
    answer("from nowhere", ioctl(slave, TIOCSTI, (void *) 16));
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        if (setuid(7) == 0) {
            answer("of somebody else", ioctl(slave, TIOCSTI, "x"));
            setsid();
            ioctl(slave, TIOCSCTTY, 0);
            answer("of one's own", ioctl(slave, TIOCSTI, "x"));
        }
        fflush(stdout);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOFBF, 65536);
    alarm(60);
    if (argc > 1 && strcmp(argv[1], "jobs") == 0)
        jobs();
    else if (argc > 1 && strcmp(argv[1], "packets") == 0)
        packets();
    else
        lines();
    return 0;
}
