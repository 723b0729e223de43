/*
 * clones: processes that share what threads share (memory, descriptors, current directory, handlers),
 * one by one and all together as LinuxThreads had them, with process ids and parents of their own.
 *
 * qemu-user refuses CLONE_VM without CLONE_THREAD, so expected.txt is what the same source prints
 * when it is built for the host and run there.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STACK = 64 * 1024, MOST = 8 };

static char stacks[MOST][STACK] __attribute__((aligned(16)));
static int used;

static volatile int counter, told_parent, told_pid, handled, descriptor;
static volatile int tid;
static char *volatile mapped;
static char *self;

static int start(int (*what)(void *), int flags, void *argument)
{
    char *top = stacks[used++ % MOST] + STACK;
    return clone(what, top, flags, argument, (pid_t *) &tid, NULL, (pid_t *) &tid);
}

static void reap(int pid, int options, const char *what)
{
    int status = 0;
    int got = waitpid(pid, &status, options);
    if (got == -1)
        printf("%s: %s\n", what, strerrorname_np(errno));
    else if (WIFSIGNALED(status))
        printf("%s: its own child %d, signal %d\n", what, got == pid || pid == -1, WTERMSIG(status));
    else
        printf("%s: its own child %d, exit %d\n", what, got == pid || pid == -1, WEXITSTATUS(status));
}

/* ---- what the children do */

static int count(void *argument)
{
    counter += (int) (long) argument;
    told_pid = getpid();
    told_parent = getppid();
    return 3;
}

static int opens(void *argument)
{
    (void) argument;
    descriptor = open("/dev/null", O_RDWR);
    return 0;
}

static int closes(void *argument)
{
    return close((int) (long) argument) != 0;
}

static int wanders(void *argument)
{
    (void) argument;
    umask(0);
    return chdir("/tmp") != 0;
}

static void handler(int number)
{
    handled = number;
}

static int handles(void *argument)
{
    (void) argument;
    signal(SIGUSR1, handler);
    return 0;
}

static int maps(void *argument)
{
    (void) argument;
    mapped = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(mapped, "still here");
    return 0;
}

static int crashes(void *argument)
{
    *(volatile int *) argument = 1;
    return 0;
}

static int executes(void *argument)
{
    char *arguments[] = {self, argument, NULL}, *environment[] = {NULL};
    execve("/proc/self/exe", arguments, environment);
    return 1;
}

static int outlives(void *argument)
{
    int *pipes = argument;
    char c;
    close(pipes[1]); /* the parent's end is left to the parent, which ends */
    if (read(pipes[0], &c, 1) != 0)
        return 1;
    counter = 55;
    dprintf(1, "the parent has ended, its memory has not: %s, counter %d\n", mapped, counter);
    return 0;
}

/* One of several that add up under a lock, all in one memory. */
static volatile int lock, sum;

static int adds(void *argument)
{
    (void) argument;
    for (int i = 0; i < 1000; i++) {
        while (__sync_lock_test_and_set(&lock, 1))
            sched_yield();
        sum++;
        __sync_lock_release(&lock);
    }
    return 0;
}

/* ---- the cases */

static void shares_memory(void)
{
    counter = 1;
    int pid = start(count, CLONE_VM | SIGCHLD, (void *) 41);
    reap(pid, 0, "CLONE_VM");
    printf("counter %d, pid of its own %d, as clone told %d, our child %d\n", counter,
           told_pid != getpid(), told_pid == pid, told_parent == getpid());
    pid = start(count, SIGCHLD, (void *) 1000);
    reap(pid, 0, "without CLONE_VM");
    printf("counter %d\n", counter);
    pid = start(count, CLONE_VM | CLONE_VFORK | SIGCHLD, (void *) 8);
    printf("CLONE_VFORK waits: counter %d\n", counter);
    reap(pid, 0, "CLONE_VFORK");
    pid = start(maps, CLONE_VM | SIGCHLD, NULL);
    reap(pid, 0, "a child maps");
    printf("what it mapped is %s\n", mapped);
    pid = start(crashes, CLONE_VM | SIGCHLD, (void *) 8);
    reap(pid, 0, "a child crashes");
    pid = start(executes, CLONE_VM | SIGCHLD, "again");
    reap(pid, 0, "a child executes");
    printf("counter %d\n", counter);
}

static void shares_descriptors(void)
{
    descriptor = -1;
    reap(start(opens, CLONE_VM | CLONE_FILES | SIGCHLD, NULL), 0, "CLONE_FILES");
    printf("open here too %d\n", fcntl(descriptor, F_GETFD) != -1);
    reap(start(closes, CLONE_FILES | SIGCHLD, (void *) (long) descriptor), 0, "CLONE_FILES, other memory");
    printf("closed here too %d\n", fcntl(descriptor, F_GETFD) == -1);
    reap(start(opens, CLONE_VM | SIGCHLD, NULL), 0, "no CLONE_FILES");
    printf("open here too %d\n", fcntl(descriptor, F_GETFD) != -1);
    descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
    reap(start(executes, CLONE_VM | CLONE_FILES | SIGCHLD, "again"), 0, "exec takes a table of its own");
    printf("still open here %d\n", fcntl(descriptor, F_GETFD) != -1);
    close(descriptor);
}

static void shares_place(void)
{
    char path[200];
    chdir("/");
    umask(022);
    reap(start(wanders, SIGCHLD, NULL), 0, "no CLONE_FS");
    printf("we are in %s, umask %03o\n", getcwd(path, sizeof path), umask(022));
    reap(start(wanders, CLONE_FS | SIGCHLD, NULL), 0, "CLONE_FS");
    printf("we are in %s, umask %03o\n", getcwd(path, sizeof path), umask(022));
}

static void shares_handlers(void)
{
    signal(SIGUSR1, SIG_IGN);
    reap(start(handles, CLONE_VM | SIGCHLD, NULL), 0, "no CLONE_SIGHAND");
    raise(SIGUSR1);
    printf("handled %d\n", handled == SIGUSR1);
    reap(start(handles, CLONE_VM | CLONE_SIGHAND | SIGCHLD, NULL), 0, "CLONE_SIGHAND");
    raise(SIGUSR1);
    printf("handled %d\n", handled == SIGUSR1);
    reap(start(executes, CLONE_VM | CLONE_SIGHAND | SIGCHLD, "again"), 0, "exec has handlers of its own");
    handled = 0;
    raise(SIGUSR1);
    printf("handled %d\n", handled == SIGUSR1);
}

static void ends_with_a_signal(void)
{
    sigset_t set;
    siginfo_t info;
    struct timespec none = {0, 0};
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    while (sigtimedwait(&set, NULL, &none) > 0) /* what earlier children left */
        ;
    int pid = start(count, CLONE_VM | SIGUSR2, (void *) 1);
    sigwaitinfo(&set, &info);
    printf("signal %d, CLD_EXITED %d, status %d, its pid %d\n", info.si_signo, info.si_code == CLD_EXITED,
           info.si_status, info.si_pid == pid);
    reap(-1, 0, "waitpid of any child");
    reap(pid, __WCLONE, "with __WCLONE");
    pid = start(count, CLONE_VM, (void *) 1);
    reap(pid, __WALL, "no signal, with __WALL");
    printf("a signal waits %d\n", sigtimedwait(&set, NULL, &none) != -1);
    pid = start(count, CLONE_VM | SIGCHLD, (void *) 1);
    reap(pid, __WCLONE, "an ordinary child with __WCLONE");
    reap(pid, 0, "without");
    while (sigtimedwait(&set, NULL, &none) > 0)
        ;
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void has_our_parent(void)
{
    int middle = fork();
    if (middle == 0) {
        int pid = start(count, CLONE_VM | CLONE_PARENT | SIGCHLD, (void *) 1);
        while (told_pid != pid)
            sched_yield();
        dprintf(1, "CLONE_PARENT: a sibling %d\n", told_parent == getppid());
        reap(-1, 0, "the middle one waits");
        fflush(stdout);
        _exit(9);
    }
    int sum_of_exits = 0, status;
    while (wait(&status) > 0)
        sum_of_exits += WEXITSTATUS(status);
    printf("both were ours: %d\n", sum_of_exits);
}

static void clears_its_tid(void)
{
    tid = -1;
    int pid = start(count, CLONE_VM | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, (void *) 1);
    int now;
    while ((now = tid) != 0)
        syscall(SYS_futex, &tid, FUTEX_WAIT, now, NULL, NULL, 0);
    printf("its tid is cleared %d\n", tid == 0);
    reap(pid, 0, "CLONE_CHILD_CLEARTID");
}

static void like_threads(void)
{
    int children[4];
    for (int i = 0; i < 4; i++)
        children[i] = start(adds, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND, NULL);
    for (int i = 0; i < 4; i++)
        reap(children[i], __WCLONE, "one of four");
    printf("sum %d\n", sum);
}

static void is_refused(void)
{
    int flags[] = {CLONE_SIGHAND | SIGCHLD, CLONE_THREAD | CLONE_VM | SIGCHLD};
    const char *names[] = {"CLONE_SIGHAND without CLONE_VM", "CLONE_THREAD without CLONE_SIGHAND"};
    for (int i = 0; i < 2; i++) {
        int pid = start(count, flags[i], (void *) 1);
        printf("%s: %s\n", names[i], pid == -1 ? strerrorname_np(errno) : "allowed");
    }
}

static void is_outlived(void)
{
    int pipes[2], done[2];
    char c;
    fflush(stdout);
    pipe(done);
    int middle = fork();
    if (middle == 0) {
        pipe(pipes);
        close(done[0]);
        start(outlives, CLONE_VM | SIGCHLD, pipes);
        _exit(7);
    }
    close(done[1]);
    read(done[0], &c, 1); /* ends when the last of them does */
    reap(middle, 0, "the one in the middle");
    printf("all have ended, counter %d here\n", counter);
}

int main(int argc, char **argv)
{
    self = argv[0];
    if (argc > 1) {
        printf("again: counter %d\n", counter);
        return 12;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    shares_memory();
    shares_descriptors();
    shares_place();
    shares_handlers();
    ends_with_a_signal();
    has_our_parent();
    clears_its_tid();
    like_threads();
    is_refused();
    is_outlived();
    return 0;
}
