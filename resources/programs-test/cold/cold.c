/*
 * cold [ROUNDS]: lets the kernel touch pages that the program has not touched for a while: a handler's stack, what
 * sigtimedwait(2) and a sleep cut short fill in, the tids of clone(2). Where memory is left behind on another node the
 * kernel meets pages that are not there yet.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096
#define PAGES 400

static volatile int caught;
static char *warm;
static unsigned at;

static void handler(int signal)
{
    volatile char deep[3 * PAGE];
    (void) signal;
    for (int i = 0; i < 3 * PAGE; i += PAGE)
        deep[i] = 1;
    caught += deep[0];
}

/* Walks over memory, so that everything else is forgotten. */
static void work(int steps)
{
    for (int i = 0; i < steps; i++) {
        at = at * 1103515245 + 12345;
        warm[(at >> 8) % PAGES * PAGE + (at >> 20) % PAGE]++;
    }
}

static char *cold(void)
{
    char *page = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(page, 1, 3 * PAGE);
    return page + PAGE;
}

static void every(long micros)
{
    struct itimerval timer = {{micros / 1000000, micros % 1000000}, {micros / 1000000, micros % 1000000}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 40;
    warm = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(warm, 1, PAGES * PAGE);
    stack_t stack = {.ss_sp = mmap(NULL, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), .ss_size = 16 * PAGE};
    sigaltstack(&stack, NULL);
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};
    sigaction(SIGALRM, &action, NULL);
    handler(0);
    caught = 0;

    every(3000);
    while (caught < rounds)
        work(200);
    every(0);
    printf("handlers: %d\n", caught >= rounds);

    struct timespec *left = (struct timespec *) cold();
    int cut = 0;
    every(20000);
    for (int i = 0; i < rounds / 4; i++) {
        struct timespec span = {5, 0};
        *left = (struct timespec) {9, 9};
        work(2000);
        if (nanosleep(&span, left) < 0 && errno == EINTR && left->tv_sec == 4)
            cut++;
    }
    every(0);
    printf("sleeps cut short: %d\n", cut);

    sigset_t set;
    siginfo_t *info = (siginfo_t *) cold();
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    every(20000);
    int told = 0;
    for (int i = 0; i < rounds / 4; i++) {
        info->si_signo = 0;
        work(2000);
        if (sigtimedwait(&set, info, NULL) == SIGALRM && info->si_signo == SIGALRM)
            told++;
    }
    every(0);
    printf("signals awaited: %d\n", told);

    volatile int *tids = (volatile int *) cold();
    int own = 0, right = 0;
    for (int i = 0; i < rounds / 4; i++) {
        tids[0] = tids[1] = 0;
        work(2000);
        long child = syscall(SYS_clone, CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | SIGCHLD, 0, &tids[0], 0, &tids[1]);
        if (child == 0)
            _exit(tids[1] == getpid() ? 3 : 4);
        int status;
        waitpid(child, &status, 0);
        own += WIFEXITED(status) && WEXITSTATUS(status) == 3;
        right += tids[0] == child;
    }
    printf("children told their tid: %d, parents: %d\n", own, right);
    long child = syscall(SYS_clone, CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | SIGCHLD, 0, (void *) 16, 0, (void *) 16);
    if (child == 0)
        _exit(7);
    int status = 0;
    waitpid(child, &status, 0);
    printf("told nowhere: %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return 0;
}
