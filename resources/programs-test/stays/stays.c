/*
 * stays: raises one stay reason after the other, looks at /proc/self/cantmove after each step, and
 * undoes them. One argument: which reason; "all" raises several at once.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 8192 };

static void look(const char *after)
{
    char text[256];
    int fd = open("/proc/self/cantmove", O_RDONLY);
    ssize_t length = fd == -1 ? -1 : read(fd, text, sizeof text - 1);
    if (fd != -1)
        close(fd);
    text[length < 0 ? 0 : length] = 0;
    for (char *c = text; *c; c++)
        if (*c == '\n')
            *c = ' ';
    printf("%s: %s\n", after, text);
    fflush(stdout);
}

static void *map(const char *path, int prot, int flags)
{
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    if (fd == -1 || (*path == '/' && strncmp(path, "/dev", 4) && ftruncate(fd, SIZE) == -1))
        perror(path);
    void *at = mmap(NULL, SIZE, prot, flags, fd, 0);
    if (at == MAP_FAILED)
        perror("mmap");
    close(fd);
    return at;
}

static void file_monkey(void)
{
    char *at = map("/tmp/stays", PROT_READ | PROT_WRITE, MAP_SHARED);
    strcpy(at, "shared");
    look("shared writable file");
    munmap(at, SIZE);
    look("unmapped");
    at = map("/tmp/stays", PROT_READ, MAP_SHARED);
    look("shared read-only file");
    if (mprotect(at, SIZE, PROT_READ | PROT_WRITE))
        perror("mprotect");
    look("made writable");
    mprotect(at, SIZE, PROT_READ);
    look("read-only again");
    munmap(at, SIZE);
    at = map("/tmp/stays", PROT_READ | PROT_WRITE, MAP_PRIVATE);
    look("private file");
    printf("it says %s\n", at);
    munmap(at, SIZE);
}

static void segment_monkey(void)
{
    int id = shmget(IPC_PRIVATE, SIZE, IPC_CREAT | 0600);
    look("shmget");
    void *at = shmat(id, NULL, 0);
    look("shmat");
    shmctl(id, IPC_RMID, NULL);
    look("removed");
    shmdt(at);
    look("shmdt");
}

static void device(void)
{
    char *at = map("/dev/zero", PROT_READ | PROT_WRITE, MAP_PRIVATE);
    at[5000] = 7;
    printf("zeros %d, mine %d\n", at[4999], at[5000]);
    look("mapped /dev/zero");
    munmap(at, SIZE / 2);
    look("half unmapped");
    munmap(at + SIZE / 2, SIZE / 2);
    look("unmapped");
}

static void locked(void)
{
    char *at = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mlock(at, SIZE))
        perror("mlock");
    look("mlock");
    munlock(at, SIZE / 2);
    look("half unlocked");
    munlock(at, SIZE);
    look("munlock");
    mlock(at, SIZE);
    munmap(at, SIZE);
    look("unmapped");
    mlockall(MCL_CURRENT | MCL_FUTURE);
    look("mlockall");
    munlockall();
    look("munlockall");
    at = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);
    look("MAP_LOCKED");
    munmap(at, SIZE);
    look("unmapped");
    printf("mlock of nothing: %s\n", mlock((void *) 0x7000000, 4096) ? strerrorname_np(errno) : "0");
}

static void *thread(void *unused)
{
    look("thread");
    return unused;
}

static void threads(void)
{
    pthread_t id;
    pthread_create(&id, NULL, thread, NULL);
    pthread_join(id, NULL);
    usleep(1000);
    look("joined");
}

static int other(void *at)
{
    look("a process in our memory");
    munlock(at, SIZE);
    look("it unlocks");
    return 0;
}

static void processes(void)
{
    static char stack[65536] __attribute__((aligned(16)));
    char *at = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mlock(at, SIZE);
    look("locked");
    pid_t pid = clone(other, stack + sizeof stack, CLONE_VM | SIGCHLD, at);
    waitpid(pid, NULL, 0);
    usleep(1000);
    look("it has ended");
}

static void real_time(void)
{
    struct sched_param parameter = {.sched_priority = 10};
    if (sched_setscheduler(0, SCHED_FIFO, &parameter))
        perror("sched_setscheduler");
    look("SCHED_FIFO");
    sched_setscheduler(0, SCHED_RR, &parameter);
    look("SCHED_RR");
    printf("policy %d, ", sched_getscheduler(0));
    sched_getparam(0, &parameter);
    printf("priority %d\n", parameter.sched_priority);
    parameter.sched_priority = 0;
    sched_setscheduler(0, SCHED_OTHER, &parameter);
    look("SCHED_OTHER");
    parameter.sched_priority = 100;
    printf("priority 100: %s\n", sched_setscheduler(0, SCHED_RR, &parameter) ? strerrorname_np(errno) : "0");
}

static void all(void)
{
    struct sched_param parameter = {.sched_priority = 1};
    int id = shmget(IPC_PRIVATE, SIZE, IPC_CREAT | 0600);
    char *at = map("/dev/zero", PROT_READ | PROT_WRITE, MAP_PRIVATE);
    mlock(at, SIZE);
    sched_setscheduler(0, SCHED_RR, &parameter);
    look("several");
    shmctl(id, IPC_RMID, NULL);
    look("one less");
    munmap(at, SIZE);
    look("three less");
    parameter.sched_priority = 0;
    sched_setscheduler(0, SCHED_OTHER, &parameter);
    look("none");
}

int main(int count, char **arguments)
{
    const char *which = count > 1 ? arguments[1] : "all";
    volatile long spin = count > 2 ? atol(arguments[2]) : 0;
    while (spin > 0)
        spin--;
    if (!strcmp(which, "file"))
        file_monkey();
    else if (!strcmp(which, "segment"))
        segment_monkey();
    else if (!strcmp(which, "device"))
        device();
    else if (!strcmp(which, "locked"))
        locked();
    else if (!strcmp(which, "threads"))
        threads();
    else if (!strcmp(which, "processes"))
        processes();
    else if (!strcmp(which, "realtime"))
        real_time();
    else
        all();
    return 0;
}
