/*
 * small: calls that a program seldom makes and then expects to be there: nice values, prctl(2), msync(2), mincore(2),
 * preadv2(2), and what only an administrator may do. One line per question.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, long result)
{
    if (result < 0)
        printf("%s: %s\n", what, strerrorname_np(errno));
    else
        printf("%s: %ld\n", what, result);
}

static int nice_of(int which, int who)
{
    errno = 0;
    int value = getpriority(which, who);
    return errno ? -errno - 1000 : value;
}

static void priorities(void)
{
    printf("nice: %d\n", nice_of(PRIO_PROCESS, 0));
    say("nicer", setpriority(PRIO_PROCESS, 0, 5));
    printf("is %d, own pid %d\n", nice_of(PRIO_PROCESS, 0), nice_of(PRIO_PROCESS, getpid()));
    fflush(stdout);
    int pid = fork();
    if (pid == 0) {
        printf("a child: %d\n", nice_of(PRIO_PROCESS, 0));
        setpriority(PRIO_PROCESS, 0, 100);
        printf("at most: %d\n", nice_of(PRIO_PROCESS, 0));
        fflush(stdout);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    say("no such process", setpriority(PRIO_PROCESS, 999999, 1));
    say("no such way", setpriority(7, 0, 1));
    printf("of nobody: %d\n", nice_of(PRIO_PROCESS, 999999) == -ESRCH - 1000);
    printf("no way: %d\n", nice_of(7, 0) == -EINVAL - 1000);
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        if (setgid(7) == 0 && setuid(7) == 0) {
            setpriority(PRIO_PROCESS, 0, 9);
            say("not so nice any more", setpriority(PRIO_PROCESS, 0, 6));
            say("nicer", setpriority(PRIO_PROCESS, 0, 12));
            say("of root's", setpriority(PRIO_PROCESS, getppid(), 12));
            printf("is %d\n", nice_of(PRIO_USER, 7));
        }
        fflush(stdout);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
}

static void names(void)
{
    char name[17] = "";
    int signal = -1;
    say("name", prctl(PR_SET_NAME, "a name that is too long"));
    prctl(PR_GET_NAME, name);
    printf("is '%s'\n", name);
    int fd = open("/proc/self/comm", O_RDONLY);
    char text[32] = "";
    if (fd >= 0 && read(fd, text, sizeof text - 1) > 0)
        printf("shown as %s", text);
    close(fd);
    say("name from nowhere", prctl(PR_SET_NAME, (void *) 16));
    say("death signal", prctl(PR_SET_PDEATHSIG, SIGUSR1));
    say("asked", prctl(PR_GET_PDEATHSIG, &signal));
    printf("is %d\n", signal);
    say("no such signal", prctl(PR_SET_PDEATHSIG, 99));
    prctl(PR_SET_PDEATHSIG, 0);
    say("nothing", prctl(9999, 0, 0, 0, 0));
    fflush(stdout);
    int report[2], status;
    if (pipe(report) < 0)
        exit(1);
    int pid = fork();
    if (pid == 0) {
        int ready[2];
        if (pipe(ready) < 0)
            _exit(1);
        if (fork() == 0) {
            sigset_t set;
            sigemptyset(&set);
            sigaddset(&set, SIGUSR2);
            sigprocmask(SIG_BLOCK, &set, NULL);
            prctl(PR_SET_PDEATHSIG, SIGUSR2);
            close(ready[1]);
            sigwait(&set, &signal);
            if (write(report[1], signal == SIGUSR2 ? "told" : "lost", 4) < 0)
                _exit(2);
            _exit(0);
        }
        close(ready[1]);
        char byte;
        if (read(ready[0], &byte, 1) != 0)
            _exit(3);
        usleep(20000);
        _exit(0);
    }
    waitpid(pid, &status, 0);
    char word[5] = "";
    printf("the parent has ended: %ld %s\n", (long) read(report[0], word, 4), word);
}

static void memory(void)
{
    char *pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    unsigned char there[3] = {9, 9, 9};
    pages[4096] = 1;
    say("mincore", mincore(pages, 3 * 4096, there));
    printf("the second: %d\n", there[1] & 1);
    say("not at a page", mincore(pages + 1, 4096, there));
    munmap(pages + 4096, 4096);
    say("a hole", mincore(pages, 3 * 4096, there));
    say("sync over it", msync(pages, 3 * 4096, MS_SYNC));
    say("sync", msync(pages, 4096, MS_SYNC));
    say("later", msync(pages, 4096, MS_ASYNC | MS_INVALIDATE));
    say("both", msync(pages, 4096, MS_ASYNC | MS_SYNC));
    say("no such flag", msync(pages, 4096, 64));
    say("no page", msync(pages + 1, 4096, MS_SYNC));
    say("nothing", msync(pages, 0, MS_SYNC));
}

static void vectors(void)
{
    char a[4] = "", b[4] = "";
    struct iovec in[] = {{a, 3}, {b, 3}};
    int fd = open("/tmp/small", O_RDWR | O_CREAT | O_TRUNC, 0600);
    struct iovec out[] = {{"abc", 3}, {"def", 3}};
    say("pwritev2", pwritev2(fd, out, 2, 2, 0));
    say("preadv2", preadv2(fd, in, 2, 3, 0));
    printf("%s %s\n", a, b);
    say("where it stands", preadv2(fd, in, 1, -1, 0));
    say("then", lseek(fd, 0, SEEK_CUR));
    say("no such flag", preadv2(fd, in, 1, 0, 0x40000000));
    say("before the start", preadv2(fd, in, 1, -2, 0));
    unlink("/tmp/small");
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    priorities();
    names();
    memory();
    vectors();
    if (fork() == 0) {
        if (setgid(7) == 0 && setuid(7) == 0) {
            say("host name", sethostname("x", 1));
            say("root", chroot("/"));
            say("time", syscall(SYS_clock_settime, 0, &(struct timespec) {1, 1}));
            say("swap", syscall(SYS_swapoff, "/x"));
        }
        exit(0);
    }
    wait(NULL);
    return 0;
}
