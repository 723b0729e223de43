/*
 * sharing: what several processes have in common and what bounds one of them: futexes in shared
 * memory, modes of shared segments, RLIMIT_FSIZE with SIGXFSZ. One line per question.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t caught;

static void handler(int signal)
{
    caught = signal;
}

static void say(const char *what, long result)
{
    if (result == -1)
        printf("%s: %s\n", what, strerrorname_np(errno));
    else
        printf("%s: %ld\n", what, result);
    fflush(stdout);
}

static long futex(int *word, int operation, int value)
{
    return syscall(SYS_futex, word, operation, value, NULL, NULL, -1);
}

static void futexes(void)
{
    int *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t child = fork();
    if (child == 0) {
        while (*(volatile int *) word == 0)
            futex(word, FUTEX_WAIT, 0);
        _exit(*word);
    }
    usleep(20000);
    *word = 7;
    futex(word, FUTEX_WAKE, 1);
    int status;
    waitpid(child, &status, 0);
    say("child woken through shared memory, it saw", WEXITSTATUS(status));
    int own = 0;
    int *copy = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    *copy = 0;
    say("nobody waits at a private copy", futex(copy, FUTEX_WAKE, 1));
    say("nor at the stack", futex(&own, FUTEX_WAKE, 1));
}

static void limit(void)
{
    struct rlimit limit = {1000, RLIM_INFINITY};
    say("setrlimit", setrlimit(RLIMIT_FSIZE, &limit));
    struct rlimit now;
    getrlimit(RLIMIT_FSIZE, &now);
    say("soft limit", (long) now.rlim_cur);
    int fd = open("limited", O_CREAT | O_TRUNC | O_RDWR, 0600);
    char block[600];
    memset(block, 'x', sizeof block);
    signal(SIGXFSZ, handler);
    say("first 600", write(fd, block, sizeof block));
    say("next 600", write(fd, block, sizeof block));
    say("signals so far", caught);
    say("at the limit", write(fd, block, sizeof block));
    say("signal", caught);
    caught = 0;
    say("pwrite beyond", pwrite(fd, block, 10, 5000));
    say("signal", caught);
    caught = 0;
    say("ftruncate beyond", ftruncate(fd, 2000));
    say("signal", caught);
    say("pipes have no limit", 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_DFL);
        write(fd, block, 1);
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    say("without a handler it ends by", WTERMSIG(status));
    close(fd);
    unlink("limited");
}

int main(int count, char **arguments)
{
    (void) arguments;
    if (count > 1)
        limit();
    else
        futexes();
    return 0;
}
