/*
 * execs: replaces itself by itself, from a fork, a vfork and posix_spawn, with other arguments and
 * another environment, and checks what must survive (process id, open descriptors, ignored signals)
 * and what must not (close-on-exec descriptors, handlers). Then the ways in which exec fails.
 *
 * qemu-user cannot exec a guest program, so expected.txt is written by hand, from execve(2).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char self[] = "/proc/self/exe";

static void handler(int signal)
{
    (void) signal;
}

/* What the program does when it was started by itself: `again KEPT CLOSED PID`. */
static int again(char **argv)
{
    const char *colour = getenv("COLOUR");
    struct sigaction usr1, usr2;
    sigaction(SIGUSR1, NULL, &usr1);
    sigaction(SIGUSR2, NULL, &usr2);
    printf("again: COLOUR %s, HOME %s\n", colour ? colour : "(none)", getenv("HOME") ? "set" : "(none)");
    printf("again: kept descriptor open %d, close-on-exec descriptor open %d\n",
           fcntl(atoi(argv[2]), F_GETFD) != -1, fcntl(atoi(argv[3]), F_GETFD) != -1);
    printf("again: handler reset %d, ignored kept %d\n", usr1.sa_handler == SIG_DFL,
           usr2.sa_handler == SIG_IGN);
    if (strcmp(argv[4], "-"))
        printf("again: same process %d\n", atoi(argv[4]) == getpid());
    return 33;
}

static void reap(pid_t pid, const char *what)
{
    int status;
    if (pid == -1 || waitpid(pid, &status, 0) != pid) {
        perror(what);
        exit(1);
    }
    printf("%s: exit %d\n", what, WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
    fflush(stdout);
}

static void refuse(const char *path, const char *what)
{
    char *arguments[] = {"x", NULL}, *environment[] = {NULL};
    execve(path, arguments, environment);
    printf("exec of %s: %s\n", what, strerrorname_np(errno));
}

static void make(const char *path, const char *contents, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd == -1 || write(fd, contents, strlen(contents)) != (ssize_t) strlen(contents) ||
        fchmod(fd, mode) == -1) {
        perror(path);
        exit(1);
    }
    close(fd);
}

int main(int argc, char **argv)
{
    if (argc == 5 && !strcmp(argv[1], "again"))
        return again(argv);

    char kept[16], closed[16], pid_text[16];
    snprintf(kept, sizeof kept, "%d", open("/dev/null", O_RDONLY));
    snprintf(closed, sizeof closed, "%d", open("/dev/null", O_RDONLY | O_CLOEXEC));
    signal(SIGUSR1, handler);
    signal(SIGUSR2, SIG_IGN);
    char *environment[] = {"COLOUR=green", NULL};

    pid_t pid = fork();
    if (pid == 0) {
        snprintf(pid_text, sizeof pid_text, "%d", (int) getpid());
        char *arguments[] = {"renamed", "again", kept, closed, pid_text, NULL};
        execve(self, arguments, environment);
        _exit(99);
    }
    reap(pid, "fork and exec");

    char *arguments[] = {"renamed", "again", kept, closed, "-", NULL};
    volatile int touched = 0;
    pid = vfork();
    if (pid == 0) {
        touched = 1;
        execve(self, arguments, environment);
        _exit(99);
    }
    reap(pid, "vfork and exec");
    printf("vfork shares memory until exec: %s\n", touched ? "yes" : "no");
    fflush(stdout);

    int error = posix_spawn(&pid, self, NULL, NULL, arguments, environment);
    reap(error ? -1 : pid, "posix_spawn");

    mkdir("/tmp/execs", 0700);
    make("/tmp/execs/text", "no program\n", 0700);
    make("/tmp/execs/locked", "no program\n", 0600);
    refuse("/tmp/execs/none", "a missing file");
    refuse("/tmp/execs", "a directory");
    refuse("/tmp/execs/text", "a text");
    refuse("/tmp/execs/locked", "a file without the x bit");
    unlink("/tmp/execs/text");
    unlink("/tmp/execs/locked");
    rmdir("/tmp/execs");
    error = posix_spawn(&pid, "/tmp/execs/none", NULL, NULL, arguments, environment);
    printf("posix_spawn of a missing file: %s\n", strerrorname_np(error));
    return 0;
}
