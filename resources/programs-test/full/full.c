/*
 * full PART: fills the node's memory to the last page and then makes the kernel need one: for a handler's frame
 * (handler), for the tid of a child (fork), for the tid of an ending process that shares memory (clear), or in a
 * page fault of such a process (fault). For a node of Godwit only: on a real machine it would take all memory.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096
#define MEGABYTE (1 << 20)

static volatile int caught;
static char *room;
static long touched;

static void handler(int signal)
{
    caught = signal;
}

static long free_pages(void)
{
    struct sysinfo info;
    sysinfo(&info);
    return (long) (info.freeram / PAGE);
}

/* Touches pages until none is free. */
static void fill(void)
{
    while (free_pages() > 0)
        room[touched++ * PAGE] = 1;
}

static void say(const char *text)
{
    if (write(1, text, strlen(text)) < 0)
        _exit(9);
}

/* A child that has touched so many megabytes and sleeps. */
static int holder(int megabytes)
{
    int ready[2];
    if (pipe(ready) < 0)
        _exit(9);
    int pid = fork();
    if (pid == 0) {
        for (long at = 0; at < (long) megabytes * MEGABYTE; at += PAGE)
            room[at] = 1;
        if (write(ready[1], "x", 1) < 0)
            _exit(9);
        for (;;)
            pause();
    }
    char byte;
    if (read(ready[0], &byte, 1) != 1)
        _exit(9);
    return pid;
}

static int end_of(int pid)
{
    int status = 0;
    waitpid(pid, &status, __WALL);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int *word;
static volatile int greedy;

static int sharer(void *nothing)
{
    (void) nothing;
    while (!greedy)
        sched_yield();
    while (greedy)
        room[touched++ * PAGE] = 1;
    return 0;
}

static int share(void)
{
    char *stack = mmap(NULL, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(stack, 1, 16 * PAGE);
    word = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    *word = 7;
    return clone(sharer, stack + 16 * PAGE, CLONE_VM | CLONE_CHILD_CLEARTID | SIGCHLD, NULL, NULL, NULL, word);
}

int main(int argc, char **argv)
{
    const char *part = argc > 1 ? argv[1] : "";
    room = mmap(NULL, 64 * MEGABYTE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (strcmp(part, "handler") == 0) {
        stack_t stack = {.ss_sp = room + 60 * MEGABYTE, .ss_size = 16 * PAGE};
        struct sigaction action = {.sa_handler = handler, .sa_flags = SA_ONSTACK};
        sigaltstack(&stack, NULL);
        sigaction(SIGUSR1, &action, NULL);
        int large = holder(9);
        fill();
        kill(getpid(), SIGUSR1);
        while (!caught)
            ;
        say("handled\n");
        return end_of(large);
    }
    if (strcmp(part, "fork") == 0) {
        fill();
        long child = syscall(SYS_clone, CLONE_CHILD_SETTID | SIGCHLD, 0, 0, 0, room);
        if (child == 0)
            _exit(3);
        say("forked\n");
        return child < 0 ? errno : end_of((int) child);
    }
    int sharing = share();
    int copy = holder(0);
    if (strcmp(part, "clear") == 0) {
        fill();
        kill(sharing, SIGTERM);
        if (end_of(sharing) != 128 + SIGTERM)
            _exit(8);
        say(*word == 7 ? "not cleared yet\n" : "cleared at once\n");
        kill(copy, SIGKILL);
        while (*(volatile int *) word == 7)
            syscall(SYS_futex, word, FUTEX_WAIT, 7, NULL, NULL, 0);
        say("cleared\n");
        return end_of(copy);
    }
    greedy = 1;
    for (;;)
        pause();
}
