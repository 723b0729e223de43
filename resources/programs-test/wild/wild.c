/*
 * wild: passes a pointer to nowhere for each pointer argument of each call, everything else being
 * right, and prints the errno. The argument says where nowhere is: low, high (the kernel's half), or
 * edge (the last byte of memory, so that nothing longer fits). With a second argument it prints only
 * the calls for which qemu-riscv64 forgets to look: Linux says EFAULT.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sched.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define W 0x57494c44574eL /* stands for the wild pointer */

static long wild;
static char *last; /* the last byte of memory, if that is where nowhere begins */

static void call(const char *what, long number, long a, long b, long c, long d, long e, long f)
{
    long arguments[] = {a, b, c, d, e, f};
    if (last)
        *last = 'x'; /* A call that fails may have written as far as it could. */
    for (int i = 0; i < 6; i++)
        if (arguments[i] == W)
            arguments[i] = wild;
    long result = syscall(
        number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
    if (result == -1)
        printf("%s: %s\n", what, strerrorname_np(errno));
    else
        printf("%s: no error\n", what);
    fflush(stdout);
}

#define C(what, name, ...) call(#name " " what, SYS_##name, __VA_ARGS__)
#define P(x) ((long) (x))

int main(int count, char **arguments)
{
    const char *where = count > 1 ? arguments[1] : "low";
    if (strcmp(where, "low") == 0) {
        wild = 16;
    } else if (strcmp(where, "high") == 0) {
        wild = (long) 0xffffffc000001000UL;
    } else {
        char *two = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        munmap(two + 4096, 4096);
        memset(two, 'x', 4096);
        last = two + 4095;
        wild = P(last);
    }
    if (count > 2) {
        C("request", nanosleep, W, 0, 0, 0, 0, 0);
        C("time", clock_getres, CLOCK_MONOTONIC, W, 0, 0, 0, 0);
        return 0;
    }
    char name[] = "/tmp/wild.file", other[] = "/tmp/wild.other";
    char buffer[512] = "";
    long zeros[32] = {0};
    int length = sizeof buffer;
    int fd = open(name, O_CREAT | O_TRUNC | O_RDWR, 0600);
    if (write(fd, "0123456789abcdef", 16) != 16)
        return 1;
    int folder = open("/tmp", O_RDONLY | O_DIRECTORY);
    int pipes[2], pair[2], stream[2];
    if (pipe2(pipes, O_NONBLOCK) || write(pipes[1], "0123456789", 10) != 10)
        return 2;
    socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, pair);
    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, stream);
    for (int i = 0; i < 6; i++)
        if (send(pair[0], "hello", 5, 0) != 5 || send(stream[0], "hello", 5, 0) != 5)
            return 3;
    int free_socket = socket(AF_UNIX, SOCK_STREAM, 0);
    int epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN};
    epoll_ctl(epoll, EPOLL_CTL_ADD, pipes[0], &event);
    int timer_fd = timerfd_create(CLOCK_MONOTONIC, 0);
    timer_t timer;
    timer_create(CLOCK_MONOTONIC, &(struct sigevent){.sigev_notify = SIGEV_NONE}, &timer);
    int semaphores = semget(IPC_PRIVATE, 1, 0600);
    int queue = msgget(IPC_PRIVATE, 0600);
    struct { long type; char text[8]; } message = {1, "hello"};
    msgsnd(queue, &message, 5, 0);
    int segment = shmget(IPC_PRIVATE, 4096, 0600);
    struct timespec soon = {0, 1000};
    struct iovec good = {buffer, 8};
    struct iovec bad = {(void *) wild, 8};
    struct msghdr empty = {.msg_iov = &good, .msg_iovlen = 1};
    (void) event;

    C("buffer", getcwd, W, 100, 0, 0, 0, 0);
    C("event", epoll_ctl, epoll, EPOLL_CTL_MOD, pipes[0], W, 0, 0);
    C("events", epoll_pwait, epoll, W, 1, 0, 0, 8);
    C("mask", epoll_pwait, epoll, P(&event), 1, 0, W, 8);
    C("path", mknodat, AT_FDCWD, W, S_IFIFO | 0600, 0, 0, 0);
    C("path", mkdirat, AT_FDCWD, W, 0700, 0, 0, 0);
    C("path", unlinkat, AT_FDCWD, W, 0, 0, 0, 0);
    C("target", symlinkat, W, AT_FDCWD, P(other), 0, 0, 0);
    C("path", symlinkat, P(name), AT_FDCWD, W, 0, 0, 0);
    C("path", linkat, AT_FDCWD, W, AT_FDCWD, P(other), 0, 0);
    C("new path", linkat, AT_FDCWD, P(name), AT_FDCWD, W, 0, 0);
    C("path", renameat2, AT_FDCWD, W, AT_FDCWD, P(other), 0, 0);
    C("new path", renameat2, AT_FDCWD, P(name), AT_FDCWD, W, 0, 0);
    C("path", statfs, W, P(buffer), 0, 0, 0, 0);
    C("buffer", statfs, P(name), W, 0, 0, 0, 0);
    C("buffer", fstatfs, fd, W, 0, 0, 0, 0);
    C("path", truncate, W, 16, 0, 0, 0, 0);
    C("path", faccessat, AT_FDCWD, W, R_OK, 0, 0, 0);
    C("path", faccessat2, AT_FDCWD, W, R_OK, 0, 0, 0);
    C("path", chdir, W, 0, 0, 0, 0, 0);
    C("path", fchmodat, AT_FDCWD, W, 0600, 0, 0, 0);
    C("path", fchownat, AT_FDCWD, W, -1, -1, 0, 0);
    C("path", openat, AT_FDCWD, W, O_RDONLY, 0, 0, 0);
    C("ends", pipe2, W, 0, 0, 0, 0, 0);
    C("buffer", getdents64, folder, W, 512, 0, 0, 0);
    lseek(fd, 0, SEEK_SET);
    C("buffer", read, fd, W, 8, 0, 0, 0);
    C("buffer of a pipe", read, pipes[0], W, 8, 0, 0, 0);
    C("buffer", write, fd, W, 8, 0, 0, 0);
    C("buffer of a pipe", write, pipes[1], W, 8, 0, 0, 0);
    C("vector", readv, fd, W, 1, 0, 0, 0);
    C("buffer", readv, fd, P(&bad), 1, 0, 0, 0);
    C("vector", writev, fd, W, 1, 0, 0, 0);
    C("buffer", writev, fd, P(&bad), 1, 0, 0, 0);
    C("buffer", pread64, fd, W, 8, 0, 0, 0);
    C("buffer", pwrite64, fd, W, 8, 0, 0, 0);
    C("vector", preadv, fd, W, 1, 0, 0, 0);
    C("buffer", preadv, fd, P(&bad), 1, 0, 0, 0);
    C("vector", pwritev, fd, W, 1, 0, 0, 0);
    C("buffer", pwritev, fd, P(&bad), 1, 0, 0, 0);
    C("offset", sendfile, pipes[1], fd, W, 1, 0, 0);
    C("read set", pselect6, 3, W, 0, 0, P(&soon), 0);
    C("write set", pselect6, 3, 0, W, 0, P(&soon), 0);
    C("except set", pselect6, 3, 0, 0, W, P(&soon), 0);
    C("timeout", pselect6, 0, 0, 0, 0, W, 0);
    C("mask", pselect6, 0, 0, 0, 0, P(&soon), W);
    C("descriptors", ppoll, W, 1, P(&soon), 0, 8, 0);
    C("timeout", ppoll, 0, 0, W, 0, 8, 0);
    C("mask", ppoll, 0, 0, P(&soon), W, 8, 0);
    C("mask", signalfd4, -1, W, 8, 0, 0, 0);
    C("offset in", splice, fd, W, pipes[1], 0, 1, 0);
    C("offset out", splice, pipes[0], 0, fd, W, 1, 0);
    C("path", readlinkat, AT_FDCWD, W, P(buffer), 100, 0, 0);
    C("buffer", readlinkat, AT_FDCWD, P("/proc/self/exe"), W, 100, 0, 0);
    C("path", newfstatat, AT_FDCWD, W, P(buffer), 0, 0, 0);
    C("buffer", newfstatat, AT_FDCWD, P(name), W, 0, 0, 0);
    C("buffer", fstat, fd, W, 0, 0, 0, 0);
    C("path", statx, AT_FDCWD, W, 0, 0x7ff, P(buffer), 0);
    C("buffer", statx, AT_FDCWD, P(name), 0, 0x7ff, W, 0);
    C("new", timerfd_settime, timer_fd, 0, W, 0, 0, 0);
    C("old", timerfd_settime, timer_fd, 0, P(zeros), W, 0, 0);
    C("value", timerfd_gettime, timer_fd, W, 0, 0, 0, 0);
    C("path", utimensat, AT_FDCWD, W, 0, 0, 0, 0);
    C("times", utimensat, AT_FDCWD, P(name), W, 0, 0, 0);
    C("word", futex, W, 0, 0, P(&soon), 0, 0);
    C("timeout", futex, P(&length), 0, length, W, 0, 0);
    C("value", getitimer, ITIMER_REAL, W, 0, 0, 0, 0);
    C("new", setitimer, ITIMER_REAL, W, 0, 0, 0, 0);
    C("old", setitimer, ITIMER_REAL, P(zeros), W, 0, 0, 0);
    C("event", timer_create, CLOCK_MONOTONIC, W, P(buffer), 0, 0, 0);
    C("timer", timer_create, CLOCK_MONOTONIC, 0, W, 0, 0, 0);
    C("value", timer_gettime, P(timer), W, 0, 0, 0, 0);
    C("new", timer_settime, P(timer), 0, W, 0, 0, 0);
    C("old", timer_settime, P(timer), 0, P(zeros), W, 0, 0);
    C("time", clock_gettime, CLOCK_MONOTONIC, W, 0, 0, 0, 0);
    C("request", clock_nanosleep, CLOCK_MONOTONIC, 0, W, 0, 0, 0);
    C("parameters", sched_setparam, 0, W, 0, 0, 0, 0);
    C("parameters", sched_setscheduler, 0, SCHED_OTHER, W, 0, 0, 0);
    C("parameters", sched_getparam, 0, W, 0, 0, 0, 0);
    C("mask", sched_getaffinity, 0, 128, W, 0, 0, 0);
    C("interval", sched_rr_get_interval, 0, W, 0, 0, 0, 0);
    C("new", sigaltstack, W, 0, 0, 0, 0, 0);
    C("old", sigaltstack, 0, W, 0, 0, 0, 0);
    C("mask", rt_sigsuspend, W, 8, 0, 0, 0, 0);
    C("action", rt_sigaction, SIGUSR1, W, 0, 8, 0, 0);
    C("old", rt_sigaction, SIGUSR1, 0, W, 8, 0, 0);
    C("set", rt_sigprocmask, SIG_BLOCK, W, 0, 8, 0, 0);
    C("old", rt_sigprocmask, SIG_BLOCK, 0, W, 8, 0, 0);
    C("set", rt_sigpending, W, 8, 0, 0, 0, 0);
    C("set", rt_sigtimedwait, W, 0, P(&soon), 8, 0, 0);
    C("timeout", rt_sigtimedwait, P(zeros), 0, W, 8, 0, 0);
    C("info", rt_sigqueueinfo, getpid(), SIGUSR1, W, 0, 0, 0);
    C("real", getresuid, W, P(buffer), P(buffer), 0, 0, 0);
    C("effective", getresuid, P(buffer), W, P(buffer), 0, 0, 0);
    C("saved", getresuid, P(buffer), P(buffer), W, 0, 0, 0);
    C("real", getresgid, W, P(buffer), P(buffer), 0, 0, 0);
    C("effective", getresgid, P(buffer), W, P(buffer), 0, 0, 0);
    C("saved", getresgid, P(buffer), P(buffer), W, 0, 0, 0);
    C("times", times, W, 0, 0, 0, 0, 0);
    C("name", uname, W, 0, 0, 0, 0, 0);
    C("limit", getrlimit, 7, W, 0, 0, 0, 0);
    C("new", prlimit64, 0, 7, W, 0, 0, 0);
    C("old", prlimit64, 0, 7, 0, W, 0, 0);
    C("usage", getrusage, 0, W, 0, 0, 0, 0);
    C("time", gettimeofday, W, 0, 0, 0, 0, 0);
    C("info", sysinfo, W, 0, 0, 0, 0, 0);
    C("buffer", msgctl, queue, IPC_STAT, W, 0, 0, 0);
    C("message", msgsnd, queue, W, 5, 0, 0, 0);
    C("message", msgrcv, queue, W, 5, 0, IPC_NOWAIT, 0);
    C("buffer", semctl, semaphores, 0, IPC_STAT, W, 0, 0);
    C("operations", semop, semaphores, W, 1, 0, 0, 0);
    C("operations", semtimedop, semaphores, W, 1, 0, 0, 0);
    C("buffer", shmctl, segment, IPC_STAT, W, 0, 0, 0);
    C("ends", socketpair, AF_UNIX, SOCK_STREAM, 0, W, 0, 0);
    C("address", bind, free_socket, W, 16, 0, 0, 0);
    C("address", connect, free_socket, W, 16, 0, 0, 0);
    C("address", getsockname, stream[0], W, P(&length), 0, 0, 0);
    length = sizeof buffer;
    C("length", getsockname, stream[0], P(buffer), W, 0, 0, 0);
    C("address", getpeername, stream[0], W, P(&length), 0, 0, 0);
    length = sizeof buffer;
    C("length", getpeername, stream[0], P(buffer), W, 0, 0, 0);
    C("buffer", sendto, stream[0], W, 8, 0, 0, 0);
    C("peer", sendto, pair[0], P(buffer), 5, 0, W, 16);
    C("buffer", recvfrom, pair[1], W, 8, 0, 0, 0);
    C("buffer of a stream", recvfrom, stream[1], W, 8, 0, 0, 0);
    C("value", setsockopt, stream[0], SOL_SOCKET, SO_SNDBUF, W, 4, 0);
    length = 4;
    C("value", getsockopt, stream[0], SOL_SOCKET, SO_SNDBUF, W, P(&length), 0);
    C("length", getsockopt, stream[0], SOL_SOCKET, SO_SNDBUF, P(buffer), W, 0);
    C("message", sendmsg, stream[0], W, 0, 0, 0, 0);
    C("message", recvmsg, stream[1], W, 0, 0, 0, 0);
    empty.msg_iov = (void *) wild;
    C("vector", sendmsg, stream[0], P(&empty), 0, 0, 0, 0);
    C("vector", recvmsg, stream[1], P(&empty), 0, 0, 0, 0);
    empty.msg_iov = &bad;
    C("buffer", sendmsg, stream[0], P(&empty), 0, 0, 0, 0);
    C("buffer", recvmsg, stream[1], P(&empty), 0, 0, 0, 0);
    C("path", execve, W, 0, 0, 0, 0, 0);
    C("offset in", copy_file_range, fd, W, fd, 0, 1, 0);
    C("buffer", getrandom, W, 8, 0, 0, 0, 0);
    C("range", mlock, 16 << 12, 4096, 0, 0, 0, 0);
    pid_t child = fork();
    if (child == 0)
        _exit(3);
    C("info", waitid, P_PID, child, W, WEXITED | WNOWAIT, 0, 0);
    C("status", wait4, child, W, 0, 0, 0, 0);
    waitpid(child, NULL, 0);
    shmctl(segment, IPC_RMID, NULL);
    semctl(semaphores, 0, IPC_RMID);
    msgctl(queue, IPC_RMID, NULL);
    unlink(name);
    unlink(other);
    puts("done");
    return 0;
}
