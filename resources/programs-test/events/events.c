/*
 * events [epoll|timer|signal|splice]: what epoll(7), timerfd_create(2), signalfd(2), eventfd(2), splice(2),
 * tee(2) and copy_file_range(2) answer, one line per question. All of it if no part is named.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *error(long result)
{
    static char text[64];
    if (result >= 0)
        snprintf(text, sizeof text, "%ld", result);
    else
        snprintf(text, sizeof text, "%s", strerrorname_np(errno));
    return text;
}

static void say(const char *what, long result)
{
    printf("%s: %s\n", what, error(result));
}

/* ------------------------------------------------------------------------------------------ epoll */

static int ctl(int ep, int op, int fd, uint32_t events, uint64_t data)
{
    struct epoll_event event = {.events = events, .data.u64 = data};
    return epoll_ctl(ep, op, fd, &event);
}

/* Waits and shows what came, in its order. */
static void show(const char *what, int ep, int most, int millis)
{
    struct epoll_event events[16];
    int n = epoll_wait(ep, events, most, millis);
    printf("%s: %s", what, error(n));
    for (int i = 0; i < n; i++)
        printf(" %llu=%x", (unsigned long long) events[i].data.u64, events[i].events);
    putchar('\n');
}

static void put(int fd, const char *text)
{
    if (write(fd, text, strlen(text)) < 0)
        perror("events: write");
}

static void take(int fd, size_t most)
{
    char buffer[70000];
    if (read(fd, buffer, most) < 0)
        perror("events: read");
}

static void refusals(int ep, int *pipes)
{
    int file = open("/tmp/events", O_RDWR | O_CREAT, 0600);
    int inner = epoll_create1(0);
    say("regular file", ctl(ep, EPOLL_CTL_ADD, file, EPOLLIN, 1));
    say("itself", ctl(ep, EPOLL_CTL_ADD, ep, EPOLLIN, 1));
    say("no set", ctl(pipes[0], EPOLL_CTL_ADD, pipes[1], EPOLLIN, 1));
    say("bad descriptor", ctl(ep, EPOLL_CTL_ADD, 99, EPOLLIN, 1));
    say("bad set", ctl(99, EPOLL_CTL_ADD, pipes[0], EPOLLIN, 1));
    say("bad operation", ctl(ep, 9, pipes[0], EPOLLIN, 1));
    say("change what is not there", ctl(ep, EPOLL_CTL_MOD, pipes[0], EPOLLIN, 1));
    say("delete what is not there", epoll_ctl(ep, EPOLL_CTL_DEL, pipes[0], NULL));
    say("twice", ctl(ep, EPOLL_CTL_ADD, pipes[0], EPOLLIN, 1) + 1);
    say("twice", ctl(ep, EPOLL_CTL_ADD, pipes[0], EPOLLIN, 1));
    say("delete", epoll_ctl(ep, EPOLL_CTL_DEL, pipes[0], NULL));
    struct epoll_event event;
    say("no room", epoll_wait(ep, &event, 0, 0));
    say("no set to wait for", epoll_wait(file, &event, 1, 0));
    say("flags", epoll_create1(1));
    say("within", ctl(ep, EPOLL_CTL_ADD, inner, EPOLLIN, 1));
    say("in turns", ctl(inner, EPOLL_CTL_ADD, ep, EPOLLIN, 1));
    int outer = ep;
    for (int i = 0; i < 6; i++) {
        int next = epoll_create1(0);
        say("deeper", ctl(next, EPOLL_CTL_ADD, outer, EPOLLIN, 1));
        outer = next;
    }
    say("delete", epoll_ctl(ep, EPOLL_CTL_DEL, inner, NULL));
    close(inner);
    close(file);
    unlink("/tmp/events");
}

static void epolls(void)
{
    int ep = epoll_create1(EPOLL_CLOEXEC), a[2], b[2];
    if (pipe(a) || pipe(b))
        perror("events: pipe");
    refusals(ep, a);

    ctl(ep, EPOLL_CTL_ADD, a[0], EPOLLIN, 10);
    ctl(ep, EPOLL_CTL_ADD, b[0], EPOLLIN, 20);
    show("level, nothing", ep, 8, 0);
    put(b[1], "bbb");
    put(a[1], "aaa");
    show("level, both", ep, 8, 0);
    show("level, again", ep, 8, 0);
    show("one at a time", ep, 1, 0);
    show("one at a time", ep, 1, 0);
    show("one at a time", ep, 1, 0);
    take(a[0], 2);
    show("a rest", ep, 8, 0);
    take(a[0], 2);
    show("no rest", ep, 8, 0);

    ctl(ep, EPOLL_CTL_MOD, b[0], EPOLLIN | EPOLLET, 21);
    show("edge, what is there", ep, 8, 0);
    show("edge, told already", ep, 8, 0);
    put(b[1], "b");
    show("edge, more", ep, 8, 0);
    take(b[0], 1);
    show("edge, fewer", ep, 8, 0);
    take(b[0], 9);
    put(b[1], "b");
    take(b[0], 9);
    show("edge, gone again", ep, 8, 0);

    ctl(ep, EPOLL_CTL_MOD, a[0], EPOLLIN | EPOLLONESHOT, 11);
    put(a[1], "a");
    show("once", ep, 8, 0);
    put(a[1], "a");
    show("once, told already", ep, 8, 0);
    ctl(ep, EPOLL_CTL_MOD, a[0], EPOLLIN | EPOLLONESHOT, 12);
    show("once more", ep, 8, 0);
    close(a[1]);
    show("once, hung up", ep, 8, 0);
    ctl(ep, EPOLL_CTL_MOD, a[0], 0, 13);
    show("hang-up needs no asking", ep, 8, 0);
    int copy = dup(a[0]);
    close(a[0]);
    show("a copy keeps it", ep, 8, 0);
    close(copy);
    show("the last is gone", ep, 8, 0);

    char block[4096] = {0};
    ctl(ep, EPOLL_CTL_ADD, b[1], EPOLLOUT | EPOLLET, 30);
    show("room", ep, 8, 0);
    for (int i = 0; i < 16; i++)
        if (write(b[1], block, sizeof block) != sizeof block)
            perror("events: write");
    show("full", ep, 8, 0);
    take(b[0], 4096);
    show("room again", ep, 8, 0);
    take(b[0], 4096);
    show("more room is no news", ep, 8, 0);
    close(b[0]);
    show("no reader", ep, 8, 0);

    int pair[2], outer = epoll_create1(0);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
        perror("events: socketpair");
    ctl(ep, EPOLL_CTL_DEL, b[1], 0, 0);
    ctl(outer, EPOLL_CTL_ADD, ep, EPOLLIN, 50);
    ctl(ep, EPOLL_CTL_ADD, pair[0], EPOLLIN | EPOLLRDHUP, 40);
    show("outer, nothing", outer, 8, 0);
    put(pair[1], "x");
    show("outer", outer, 8, 0);
    show("inner", ep, 8, 0);
    take(pair[0], 1);
    show("outer, taken", outer, 8, 0);
    shutdown(pair[1], SHUT_WR);
    show("inner, half closed", ep, 8, 0);
    struct pollfd ask = {ep, POLLIN, 0};
    printf("poll: %d", poll(&ask, 1, 0));
    printf(" %x\n", ask.revents);

    int counter = eventfd(0, EFD_NONBLOCK);
    ctl(ep, EPOLL_CTL_MOD, pair[0], 0, 40);
    ctl(ep, EPOLL_CTL_ADD, counter, EPOLLIN | EPOLLET, 60);
    eventfd_t value = 0;
    eventfd_write(counter, 2);
    show("counter", ep, 8, 0);
    eventfd_write(counter, 3);
    show("counter, more", ep, 8, 0);
    say("read", eventfd_read(counter, &value));
    printf("value: %llu\n", (unsigned long long) value);
    say("read", eventfd_read(counter, &value));

    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        usleep(20000);
        eventfd_write(counter, 1);
        _exit(0);
    }
    show("a child wakes", ep, 8, -1);
    waitpid(child, NULL, 0);
    show("20 ms", ep, 8, 20);
}

/* ---------------------------------------------------------------------------------------- timerfd */

static int arm(int fd, int flags, long seconds, long nanos, long interval)
{
    struct itimerspec time = {{interval / 1000000000, interval % 1000000000}, {seconds, nanos}};
    return timerfd_settime(fd, flags, &time, NULL);
}

static void timers(void)
{
    say("clock", timerfd_create(99, 0));
    say("flags", timerfd_create(CLOCK_MONOTONIC, 1));
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK), ep = epoll_create1(0);
    struct itimerspec left;
    uint64_t count = 0;
    say("nanoseconds", arm(fd, 0, 1, 1000000000, 0));
    say("no timer", arm(ep, 0, 1, 0, 0));
    say("not armed", read(fd, &count, sizeof count));
    say("write", write(fd, &count, sizeof count));
    say("short", read(fd, &count, 4));
    say("arm", arm(fd, 0, 3600, 0, 5000000000));
    timerfd_gettime(fd, &left);
    printf("left: %d, interval %ld\n", left.it_value.tv_sec >= 3598, (long) left.it_interval.tv_sec);
    struct itimerspec off = {{0, 0}, {0, 0}};
    say("disarm", timerfd_settime(fd, 0, &off, &left));
    printf("left: %d, interval %ld\n", left.it_value.tv_sec >= 3598, (long) left.it_interval.tv_sec);
    timerfd_gettime(fd, &left);
    printf("left: %ld %ld\n", (long) left.it_value.tv_sec, (long) left.it_value.tv_nsec);
    ctl(ep, EPOLL_CTL_ADD, fd, EPOLLIN, 1);
    show("nothing", ep, 8, 0);
    say("in 10 ms", arm(fd, 0, 0, 10000000, 0));
    show("ran out", ep, 8, -1);
    show("level", ep, 8, 0);
    say("read", read(fd, &count, sizeof count));
    printf("times: %llu\n", (unsigned long long) count);
    say("once", read(fd, &count, sizeof count));
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    say("in the past", arm(fd, TFD_TIMER_ABSTIME, now.tv_sec > 0 ? now.tv_sec - 1 : 0, 1, 0));
    show("at once", ep, 8, -1);
    say("every 20 ms", arm(fd, 0, 0, 20000000, 20000000));
    usleep(70000);
    say("read", read(fd, &count, sizeof count));
    printf("times: %d\n", count >= 3);
    fcntl(fd, F_SETFL, 0);
    say("waits", read(fd, &count, sizeof count));
    printf("times: %d\n", count >= 1);
    int real = timerfd_create(CLOCK_REALTIME, 0);
    clock_gettime(CLOCK_REALTIME, &now);
    say("on the calendar", arm(real, TFD_TIMER_ABSTIME, now.tv_sec + 1, now.tv_nsec, 0));
    timerfd_gettime(real, &left);
    printf("left: %d\n", left.it_value.tv_sec == 0 && left.it_value.tv_nsec > 500000000);
}

/* --------------------------------------------------------------------------------------- signalfd */

static void show_signal(int fd)
{
    struct signalfd_siginfo info[4];
    long n = read(fd, info, sizeof info);
    printf("read: %s", error(n < 0 ? n : n / (long) sizeof *info));
    for (long i = 0; i < n / (long) sizeof *info; i++)
        printf(" %s code %d %s value %d", sigabbrev_np((int) info[i].ssi_signo) ?: "RT", info[i].ssi_code,
               info[i].ssi_pid == (uint32_t) getpid() ? "own" : info[i].ssi_pid ? "other" : "none",
               info[i].ssi_int);
    putchar('\n');
}

static void signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGRTMIN + 2);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int fd = signalfd(-1, &set, SFD_NONBLOCK), ep = epoll_create1(0);
    say("flags", signalfd(-1, &set, 1));
    say("no signalfd", signalfd(ep, &set, 0));
    ctl(ep, EPOLL_CTL_ADD, fd, EPOLLIN, 7);
    show("nothing", ep, 8, 0);
    say("nothing", read(fd, &set, sizeof set));
    show_signal(fd);
    kill(getpid(), SIGUSR2);
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR1);
    sigqueue(getpid(), SIGRTMIN + 2, (union sigval){.sival_int = 41});
    sigqueue(getpid(), SIGRTMIN + 2, (union sigval){.sival_int = 42});
    show("waiting", ep, 8, 0);
    show_signal(fd);
    show("none", ep, 8, 0);
    show_signal(fd);
    sigset_t other;
    sigemptyset(&other);
    sigaddset(&other, SIGUSR2);
    raise(SIGUSR1);
    say("change", signalfd(fd, &other, 0) == fd ? 0 : -1);
    show_signal(fd);
    signalfd(fd, &set, 0);
    show_signal(fd);
    fcntl(fd, F_SETFL, 0);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        usleep(20000);
        kill(getppid(), SIGUSR1);
        usleep(20000);
        _exit(5);
    }
    show_signal(fd);
    struct signalfd_siginfo info;
    say("child", read(fd, &info, sizeof info));
    printf("%d %d %d %d\n", info.ssi_signo == SIGCHLD, info.ssi_code, info.ssi_status,
           info.ssi_pid == (uint32_t) child);
    waitpid(child, NULL, 0);
    child = fork();
    if (child == 0) {
        usleep(20000);
        kill(getppid(), SIGUSR2);
        _exit(0);
    }
    struct pollfd ask = {fd, POLLIN, 0};
    printf("poll: %d", poll(&ask, 1, -1));
    printf(" %x\n", ask.revents);
    waitpid(child, NULL, 0);
}

/* ----------------------------------------------------------------------------------------- splice */

static void content(const char *what, int fd)
{
    char text[64];
    long n = read(fd, text, sizeof text);
    printf("%s: %.*s\n", what, n < 0 ? 0 : (int) n, text);
}

static void splices(void)
{
    int a[2], b[2], pair[2];
    if (pipe2(a, O_NONBLOCK) || pipe2(b, O_NONBLOCK) || socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
        perror("events: pipe");
    int file = open("/tmp/spliced", O_RDWR | O_CREAT | O_TRUNC, 0600);
    int end = open("/tmp/spliced", O_WRONLY | O_APPEND);
    put(file, "0123456789");
    off64_t at = 2, back = 6;
    say("file to pipe", splice(file, &at, a[1], NULL, 4, 0));
    printf("at: %ld\n", (long) at);
    say("tee", tee(a[0], b[1], 100, 0));
    content("copy", b[0]);
    say("pipe to file", splice(a[0], NULL, file, &back, 100, 0));
    printf("at: %ld, file %ld\n", (long) back, (long) lseek(file, 0, SEEK_CUR));
    lseek(file, 0, SEEK_SET);
    content("file", file);
    say("at its end", splice(file, NULL, a[1], NULL, 4, 0));
    say("empty pipe", splice(a[0], NULL, b[1], NULL, 4, 0));
    put(a[1], "from pipe to pipe");
    say("pipe to pipe", splice(a[0], NULL, b[1], NULL, 9, 0));
    content("moved", b[0]);
    content("rest", a[0]);
    put(a[1], "to a socket");
    say("pipe to socket", splice(a[0], NULL, pair[0], NULL, 100, 0));
    content("socket", pair[1]);
    put(pair[0], "out of a socket");
    say("socket to pipe", splice(pair[1], NULL, a[1], NULL, 6, 0));
    content("pipe", a[0]);
    say("offset of a pipe", splice(file, NULL, a[1], &at, 4, 0));
    say("no pipe", splice(file, NULL, pair[0], NULL, 4, 0));
    say("the same pipe", splice(a[0], NULL, a[1], NULL, 4, 0));
    say("wrong end", splice(a[1], NULL, b[1], NULL, 4, 0));
    put(a[1], "x");
    say("appending", splice(a[0], NULL, end, NULL, 4, 0));
    say("flags", splice(a[0], NULL, file, NULL, 4, 64));
    say("nothing", splice(a[0], NULL, file, NULL, 0, 0));
    say("tee of a file", tee(file, a[1], 4, 0));
    close(b[0]);
    signal(SIGPIPE, SIG_IGN);
    say("no reader", splice(a[0], NULL, b[1], NULL, 4, 0));
    close(a[1]);
    say("the last", splice(a[0], NULL, file, NULL, 4, 0));
    say("no writer", splice(a[0], NULL, file, NULL, 4, 0));

    int copy = open("/tmp/copied", O_RDWR | O_CREAT | O_TRUNC, 0600);
    at = 1;
    say("copy", copy_file_range(file, &at, copy, NULL, 5, 0));
    printf("at: %ld, %ld\n", (long) at, (long) lseek(copy, 0, SEEK_CUR));
    say("overlap", copy_file_range(file, &(off64_t){0}, file, &(off64_t){2}, 5, 0));
    say("to a pipe", copy_file_range(file, &at, b[1], NULL, 5, 0));
    say("append", copy_file_range(copy, &(off64_t){0}, end, NULL, 5, 0));
    lseek(copy, 0, SEEK_SET);
    content("copied", copy);
    unlink("/tmp/copied");
    unlink("/tmp/spliced");
}

int main(int argc, char **argv)
{
    const char *part = argc > 1 ? argv[1] : "";
    if (!*part || !strcmp(part, "epoll"))
        epolls();
    if (!*part || !strcmp(part, "timer"))
        timers();
    if (!*part || !strcmp(part, "signal"))
        signals();
    if (!*part || !strcmp(part, "splice"))
        splices();
    return 0;
}
