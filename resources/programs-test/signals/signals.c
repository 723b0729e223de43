/*
 * signals [MODE]: default (the default if none is given) kills children with many signals and prints
 * how each ended; stop stops and continues a child; handler catches signals, with mask, restart and
 * interrupted calls; timer uses setitimer and alarm.
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void print_status(const char *what, int status)
{
    if (WIFEXITED(status))
        printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        printf("%s: killed by %d\n", what, WTERMSIG(status));
    else if (WIFSTOPPED(status))
        printf("%s: stopped by %d\n", what, WSTOPSIG(status));
    else
        printf("%s: continued\n", what);
    fflush(stdout);
}

/* A child that waits for ever; ready is told through a pipe, so that no signal comes too early. */
static pid_t waiting_child(void (*prepare)(void))
{
    int ends[2];
    char byte = 0;
    if (pipe(ends) == -1)
        exit(1);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        if (prepare)
            prepare();
        if (write(ends[1], &byte, 1) != 1)
            _exit(99);
        for (;;)
            pause();
    }
    if (read(ends[0], &byte, 1) != 1)
        exit(1);
    close(ends[0]);
    close(ends[1]);
    return pid;
}

static void ignore_term(void)
{
    signal(SIGTERM, SIG_IGN);
}

static void block_term(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

static void exit_on_usr1(int signal)
{
    _exit(signal == SIGUSR1 ? 17 : 18);
}

static void catch_usr1(void)
{
    signal(SIGUSR1, exit_on_usr1);
}

static void default_actions(void)
{
    static const int lethal[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGILL,  SIGTRAP, SIGABRT, SIGBUS,
                                 SIGFPE,  SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM,
                                 SIGTERM, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGSYS};
    int status;
    char what[32];
    for (size_t i = 0; i < sizeof lethal / sizeof *lethal; i++) {
        pid_t pid = waiting_child(NULL);
        kill(pid, lethal[i]);
        waitpid(pid, &status, 0);
        snprintf(what, sizeof what, "signal %d", lethal[i]);
        print_status(what, status);
    }

    pid_t pid = waiting_child(NULL);
    kill(pid, SIGCHLD);
    kill(pid, SIGURG);
    kill(pid, SIGWINCH);
    printf("SIGCHLD, SIGURG, SIGWINCH leave it alive: %s\n",
           waitpid(pid, &status, WNOHANG) == 0 ? "yes" : "no");
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    print_status("then SIGKILL", status);

    pid = waiting_child(ignore_term);
    kill(pid, SIGTERM);
    kill(pid, SIGINT);
    waitpid(pid, &status, 0);
    print_status("SIGTERM ignored, SIGINT", status);

    pid = waiting_child(block_term);
    kill(pid, SIGTERM);
    kill(pid, SIGHUP);
    waitpid(pid, &status, 0);
    print_status("SIGTERM blocked, SIGHUP", status);

    pid = waiting_child(catch_usr1);
    kill(pid, SIGUSR1);
    waitpid(pid, &status, 0);
    print_status("SIGUSR1 handled", status);

    errno = 0;
    printf("kill of a reaped child: %s\n", kill(pid, 0) == -1 && errno == ESRCH ? "ESRCH" : "alive?");
    errno = 0;
    printf("signal 65: %s\n", kill(getpid(), 65) == -1 && errno == EINVAL ? "EINVAL" : "accepted?");
    errno = 0;
    printf("wait without children: %s\n", wait(NULL) == -1 && errno == ECHILD ? "ECHILD" : "?");

    int ends[2];
    if (pipe(ends) == -1)
        exit(1);
    close(ends[0]);
    fflush(stdout);
    pid = fork();
    if (pid == 0)
        _exit(write(ends[1], "x", 1) == 1 ? 1 : 2);
    close(ends[1]);
    waitpid(pid, &status, 0);
    print_status("write to a pipe without reader", status);
}

static void stop_and_continue(void)
{
    int status;
    pid_t pid = waiting_child(NULL);
    printf("nothing to report: %s\n", waitpid(pid, &status, WNOHANG) == 0 ? "yes" : "no");
    kill(pid, SIGSTOP);
    waitpid(pid, &status, WUNTRACED);
    print_status("SIGSTOP", status);
    kill(pid, SIGCONT);
    waitpid(pid, &status, WCONTINUED);
    print_status("SIGCONT", status);
    kill(pid, SIGTSTP);
    waitpid(pid, &status, WUNTRACED);
    print_status("SIGTSTP", status);
    kill(pid, SIGTERM); /* pending while stopped */
    printf("still stopped: %s\n", waitpid(pid, &status, WNOHANG) == 0 ? "yes" : "no");
    kill(pid, SIGCONT);
    waitpid(pid, &status, 0);
    print_status("SIGTERM after SIGCONT", status);
}

static volatile sig_atomic_t caught[65];
static volatile uintptr_t handler_stack;
static volatile int caught_code;

static void count(int signal)
{
    caught[signal]++;
}

static void examine(int signal, siginfo_t *info, void *context)
{
    char here;
    (void) context;
    caught[signal]++;
    caught_code = info->si_code;
    handler_stack = (uintptr_t) &here;
}

static void handlers(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);

    action.sa_handler = count;
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    raise(SIGUSR1);
    printf("SIGUSR1 caught %d times\n", (int) caught[SIGUSR1]);

    sigset_t set, old;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, &old);
    raise(SIGUSR1);
    raise(SIGUSR1);
    printf("blocked: caught %d\n", (int) caught[SIGUSR1]);
    sigprocmask(SIG_SETMASK, &old, NULL);
    printf("unblocked: caught %d\n", (int) caught[SIGUSR1]);

    static char alternate[65536];
    stack_t stack = {.ss_sp = alternate, .ss_size = sizeof alternate};
    sigaltstack(&stack, NULL);
    action.sa_sigaction = examine;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND;
    sigaction(SIGUSR2, &action, NULL);
    kill(getpid(), SIGUSR2);
    printf("on the alternate stack: %s, by kill: %s\n",
           handler_stack >= (uintptr_t) alternate && handler_stack < (uintptr_t) alternate + sizeof alternate
               ? "yes"
               : "no",
           caught_code == SI_USER ? "yes" : "no");
    sigaction(SIGUSR2, NULL, &action);
    printf("reset to default: %s\n", action.sa_handler == SIG_DFL ? "yes" : "no");

    memset(&action, 0, sizeof action);
    action.sa_handler = count;
    sigaction(SIGCHLD, &action, NULL);
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, &old);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        _exit(5);
    while (!caught[SIGCHLD])
        sigsuspend(&old);
    sigprocmask(SIG_SETMASK, &old, NULL);
    int status;
    waitpid(pid, &status, 0);
    print_status("SIGCHLD caught, child", status);

    /* A read that a handler interrupts: EINTR without SA_RESTART, the byte with it. */
    for (int restart = 0; restart < 2; restart++) {
        int ends[2];
        if (pipe(ends) == -1)
            exit(1);
        action.sa_handler = count;
        action.sa_flags = restart ? SA_RESTART : 0;
        sigaction(SIGALRM, &action, NULL);
        fflush(stdout);
        pid_t parent = getpid();
        pid = fork();
        if (pid == 0) {
            struct timespec pause = {0, 200 * 1000 * 1000};
            nanosleep(&pause, NULL);
            kill(parent, SIGALRM);
            nanosleep(&pause, NULL);
            _exit(write(ends[1], "y", 1) == 1 ? 0 : 1);
        }
        char byte = 'n';
        ssize_t n = read(ends[0], &byte, 1);
        printf("read with SA_RESTART %d: %zd, %s\n", restart, n,
               n == 1 ? "the byte" : errno == EINTR ? "EINTR" : "?");
        while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
            ;
        print_status("the writer", status);
        close(ends[0]);
        close(ends[1]);
    }
    printf("SIGALRM caught %d times\n", (int) caught[SIGALRM]);
}

static void timers(void)
{
    struct itimerval interval = {{0, 20000}, {0, 20000}};
    signal(SIGALRM, count);
    setitimer(ITIMER_REAL, &interval, NULL);
    while (caught[SIGALRM] < 5)
        pause();
    memset(&interval, 0, sizeof interval);
    setitimer(ITIMER_REAL, &interval, NULL);
    printf("five ticks of the interval timer\n");
    signal(SIGALRM, SIG_DFL);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        alarm(1);
        for (;;)
            pause();
    }
    int status;
    waitpid(pid, &status, 0);
    print_status("alarm", status);
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "default";
    if (!strcmp(mode, "default"))
        default_actions();
    else if (!strcmp(mode, "stop"))
        stop_and_continue();
    else if (!strcmp(mode, "handler"))
        handlers();
    else if (!strcmp(mode, "timer"))
        timers();
    else
        return 2;
    return 0;
}
