/*
 * cputimers [interval|posix|limit|sleep|clocks]: timers, limits and sleeps on CPU time: setitimer(2), timer_create(2),
 * setrlimit(2), clock_nanosleep(2). One line per question; all of it if no part is named.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t came[65];
static volatile int code, value, overrun;
static volatile unsigned sink;

static void handler(int signal, siginfo_t *info, void *context)
{
    (void) context;
    came[signal]++;
    code = info->si_code;
    value = info->si_value.sival_int;
    overrun = info->si_overrun;
}

static void handle(int signal)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    sigaction(signal, &action, NULL);
    came[signal] = 0;
}

static void say(const char *what, long result)
{
    if (result < 0)
        printf("%s: %s\n", what, strerrorname_np(errno));
    else
        printf("%s: %ld\n", what, result);
}

static long cpu(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now) < 0)
        return -1;
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

static void burn(void)
{
    for (int i = 0; i < 2000; i++)
        sink += i;
}

static void burn_for(long nanos)
{
    long end = cpu(CLOCK_PROCESS_CPUTIME_ID) + nanos;
    while (cpu(CLOCK_PROCESS_CPUTIME_ID) < end)
        burn();
}

static void burn_until(int signal, int times)
{
    while (came[signal] < times)
        burn();
}

static void nap(int millis)
{
    struct timespec span = {0, millis * 1000000L};
    while (nanosleep(&span, &span) < 0)
        ;
}

/* ------------------------------------------------------------------------------------------ interval timers */

static struct itimerval every(long micros, long first)
{
    return (struct itimerval) {{micros / 1000000, micros % 1000000}, {first / 1000000, first % 1000000}};
}

static long micros(struct timeval time)
{
    return time.tv_sec * 1000000 + time.tv_usec;
}

static void interval(void)
{
    int which[] = {ITIMER_VIRTUAL, ITIMER_PROF}, signals[] = {SIGVTALRM, SIGPROF};
    for (int i = 0; i < 2; i++) {
        struct itimerval timer = every(0, 60000), old;
        handle(signals[i]);
        long before = cpu(CLOCK_PROCESS_CPUTIME_ID);
        say("once", setitimer(which[i], &timer, NULL));
        getitimer(which[i], &old);
        printf("left: %d\n", micros(old.it_value) > 0 && micros(old.it_value) <= 80000);
        burn_until(signals[i], 1);
        printf("after 60 ms: %d, code %d\n", cpu(CLOCK_PROCESS_CPUTIME_ID) - before >= 30000000L, code);
        getitimer(which[i], &old);
        printf("over: %ld %ld\n", micros(old.it_interval), micros(old.it_value));

        timer = every(20000, 20000);
        before = cpu(CLOCK_PROCESS_CPUTIME_ID);
        handle(signals[i]);
        setitimer(which[i], &timer, NULL);
        burn_until(signals[i], 4);
        printf("four times: %d\n", cpu(CLOCK_PROCESS_CPUTIME_ID) - before >= 40000000L);
        timer = every(0, 0);
        setitimer(which[i], &timer, &old);
        printf("was: every %ld, left %d\n", micros(old.it_interval), micros(old.it_value) <= 40000);
        int seen = came[signals[i]];
        burn_for(30000000);
        printf("none any more: %d\n", came[signals[i]] == seen);

        timer = every(0, 100000);
        setitimer(which[i], &timer, NULL);
        nap(150);
        printf("a sleep does not count: %d\n", came[signals[i]] == seen);
        say("nothing given", setitimer(which[i], NULL, &old));
        getitimer(which[i], &old);
        printf("is off: %ld\n", micros(old.it_value));

        timer = every(0, 10000);
        setitimer(which[i], &timer, NULL);
        int pid = fork();
        if (pid == 0) {
            getitimer(which[i], &old);
            printf("a child has none: %ld\n", micros(old.it_value));
            fflush(stdout);
            _exit(0);
        }
        waitpid(pid, NULL, 0);
        setitimer(which[i], NULL, NULL);
    }
    struct itimerval bad = {{0, 0}, {0, 1000000}};
    say("a second of microseconds", setitimer(ITIMER_PROF, &bad, NULL));
    bad = (struct itimerval) {{0, 0}, {-1, 0}};
    say("a time before", setitimer(ITIMER_VIRTUAL, &bad, NULL));
    say("no such timer", setitimer(3, &bad, NULL));
    say("nor that", getitimer(-1, &bad));
    int pid = fork();
    if (pid == 0) {
        signal(SIGPROF, SIG_DFL);
        struct itimerval soon = every(0, 5000);
        setitimer(ITIMER_PROF, &soon, NULL);
        for (;;)
            burn();
    }
    int status;
    waitpid(pid, &status, 0);
    printf("SIGPROF ends: %d\n", WTERMSIG(status) == SIGPROF);
}

/* ------------------------------------------------------------------------------------------ timer_create */

static struct itimerspec spec(long interval, long first)
{
    return (struct itimerspec) {{interval / 1000000000, interval % 1000000000}, {first / 1000000000, first % 1000000000}};
}

static long nanos(struct timespec time)
{
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static void *idle(void *stop)
{
    while (!*(volatile int *) stop)
        nap(1);
    return NULL;
}

static void *busy(void *stop)
{
    while (!*(volatile int *) stop)
        burn();
    return NULL;
}

static void posix(void)
{
    clockid_t clocks[] = {CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID};
    for (int i = 0; i < 2; i++) {
        struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 77 + i};
        struct itimerspec timer = spec(0, 20000000), old;
        timer_t id;
        handle(SIGUSR1);
        say("create", timer_create(clocks[i], &event, &id));
        timer_gettime(id, &old);
        printf("at first: %ld\n", nanos(old.it_value));
        long before = cpu(clocks[i]);
        say("set", timer_settime(id, 0, &timer, NULL));
        burn_until(SIGUSR1, 1);
        printf("after 20 ms: %d, timer's: %d, value %d\n", cpu(clocks[i]) - before >= 20000000L, code == SI_TIMER, value);
        timer_gettime(id, &old);
        printf("over: %ld\n", nanos(old.it_value));

        before = cpu(clocks[i]);
        timer = spec(0, before + 15000000);
        timer_settime(id, TIMER_ABSTIME, &timer, NULL);
        burn_until(SIGUSR1, 2);
        printf("at an instant: %d\n", cpu(clocks[i]) - before >= 15000000L);

        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGUSR1);
        sigprocmask(SIG_BLOCK, &set, NULL);
        timer = spec(40000000, 40000000);
        timer_settime(id, 0, &timer, NULL);
        burn_for(230000000);
        int seen = came[SIGUSR1];
        sigprocmask(SIG_UNBLOCK, &set, NULL);
        printf("once: %d, again at least three times: %d %d\n", came[SIGUSR1] - seen, overrun >= 3,
            timer_getoverrun(id) == overrun);
        timer = spec(0, 0);
        timer_settime(id, 0, &timer, &old);
        printf("every: %ld\n", nanos(old.it_interval));
        say("delete", timer_delete(id));
        say("again", timer_delete(id));
        say("set it", timer_settime(id, 0, &timer, NULL));
    }

    /* A timer on a thread's time, told by that thread, while another burns. */
    int stop = 0;
    pthread_t thread;
    struct sigevent event = {.sigev_notify = SIGEV_NONE};
    struct itimerspec timer = spec(0, 1000000000), old;
    timer_t id;
    clockid_t clock;
    pthread_create(&thread, NULL, idle, &stop);
    pthread_getcpuclockid(thread, &clock);
    say("of a thread", timer_create(clock, &event, &id));
    timer_settime(id, 0, &timer, NULL);
    burn_for(100000000);
    timer_gettime(id, &old);
    printf("has counted little: %d\n", nanos(old.it_value) > 900000000L);
    say("its clock", cpu(clock) < 0 ? -1 : 0);
    stop = 1;
    pthread_join(thread, NULL);
    say("raw", timer_create(CLOCK_MONOTONIC_RAW, &event, &id));
    say("coarse", timer_create(CLOCK_REALTIME_COARSE, &event, &id));
    say("none", timer_create(12, &event, &id));
    event.sigev_notify = 17;
    say("no such way", timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &id));
    event = (struct sigevent) {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = 65};
    say("no such signal", timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &id));
}

/* A timer on real time whose signal is blocked: one signal, which counts. */
static void blocked(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 3, .sigev_value.sival_int = 5};
    timer_t id;
    handle(SIGRTMIN + 3);
    timer_create(CLOCK_MONOTONIC, &event, &id);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN + 3);
    sigprocmask(SIG_BLOCK, &set, NULL);
    struct itimerspec timer = spec(40000000, 40000000);
    timer_settime(id, 0, &timer, NULL);
    nap(220);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    printf("real time: %d, again %d %d\n", came[SIGRTMIN + 3], overrun >= 3, timer_getoverrun(id) == overrun);
    timer_delete(id);
}

/* ------------------------------------------------------------------------------------------ RLIMIT_CPU */

static void show(const char *what, int resource)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) < 0)
        say(what, -1);
    else
        printf("%s: %ld %ld\n", what, (long) limit.rlim_cur, (long) limit.rlim_max);
}

static void limit(void)
{
    int pid = fork();
    if (pid == 0) {
        handle(SIGXCPU);
        struct rlimit limit = {1, 2};
        say("one second, two at most", setrlimit(RLIMIT_CPU, &limit));
        show("is", RLIMIT_CPU);
        burn_until(SIGXCPU, 1);
        printf("after a second: %d\n", cpu(CLOCK_PROCESS_CPUTIME_ID) >= 500000000L);
        fflush(stdout);
        for (;;)
            burn();
    }
    int status;
    struct rusage usage;
    wait4(pid, &status, 0, &usage);
    long used = micros(usage.ru_utime) + micros(usage.ru_stime);
    printf("killed: %d, after two: %d\n", WTERMSIG(status), used >= 1000000);
    pid = fork();
    if (pid == 0) {
        struct rlimit limit = {1, 3};
        setrlimit(RLIMIT_CPU, &limit);
        if (fork() == 0) /* has the limit, too */
            for (;;)
                burn();
        wait(&status);
        printf("a child: %d\n", WTERMSIG(status) == SIGXCPU);
        fflush(stdout);
        _exit(0);
    }
    waitpid(pid, &status, 0);
    struct rlimit bad = {3, 2};
    say("more than at most", setrlimit(RLIMIT_CPU, &bad));
    say("no such limit", getrlimit(16, &bad));
    struct rlimit resident = {4096, 8192};
    say("resident", setrlimit(RLIMIT_RSS, &resident));
    show("resident is", RLIMIT_RSS);
    say("nobody's", prlimit(999999, RLIMIT_RSS, NULL, &resident));
    say("nowhere", syscall(SYS_setrlimit, RLIMIT_RSS, NULL));
}

/* ------------------------------------------------------------------------------------------ clock_nanosleep */

static void cpusleep(void)
{
    int stop = 0, error;
    pthread_t thread;
    struct timespec span = {0, 50000000}, left = {7, 7};
    pthread_create(&thread, NULL, busy, &stop);
    long before = cpu(CLOCK_PROCESS_CPUTIME_ID);
    printf("slept: %d\n", clock_nanosleep(CLOCK_PROCESS_CPUTIME_ID, 0, &span, NULL));
    printf("for 50 ms: %d\n", cpu(CLOCK_PROCESS_CPUTIME_ID) - before >= 50000000L);
    span = (struct timespec) {0, 0};
    printf("until long ago: %d\n", clock_nanosleep(CLOCK_PROCESS_CPUTIME_ID, TIMER_ABSTIME, &span, NULL));
    stop = 1;
    pthread_join(thread, NULL);
    handle(SIGALRM);
    struct itimerval soon = every(0, 20000);
    setitimer(ITIMER_REAL, &soon, NULL);
    span = (struct timespec) {5, 0};
    error = clock_nanosleep(CLOCK_PROCESS_CPUTIME_ID, 0, &span, &left);
    printf("alone: %s, left %d\n", strerrorname_np(error), left.tv_sec >= 4 && left.tv_sec <= 5);
    error = clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &span, NULL);
    printf("on its own time: %s\n", strerrorname_np(error));
    error = clock_nanosleep(CLOCK_MONOTONIC_RAW, 0, &span, NULL);
    printf("raw: %s\n", strerrorname_np(error));
    error = clock_nanosleep(77, 0, &span, NULL);
    printf("none: %s\n", strerrorname_np(error));
    span = (struct timespec) {0, 1000000000};
    error = clock_nanosleep(CLOCK_PROCESS_CPUTIME_ID, 0, &span, NULL);
    printf("a second of nanoseconds: %s\n", strerrorname_np(error));
    setitimer(ITIMER_REAL, &soon, NULL);
    span = (struct timespec) {5, 0};
    say("what is left goes nowhere", syscall(SYS_nanosleep, &span, (void *) 16));
}

/* ------------------------------------------------------------------------------------------ clocks */

static void clocks(void)
{
    clockid_t own;
    struct timespec time;
    printf("own: %d\n", clock_getcpuclockid(getpid(), &own));
    burn_for(10000000);
    long first = cpu(CLOCK_PROCESS_CPUTIME_ID), second = cpu(own);
    printf("the same: %d\n", second >= first && second - first < 5000000);
    printf("resolution: %d\n", clock_getres(own, &time));
    int pid = fork();
    if (pid == 0)
        for (;;)
            pause();
    clockid_t its;
    printf("a child's: %d\n", clock_getcpuclockid(pid, &its));
    say("it has used little", cpu(its) < 0 ? -1 : cpu(its) < 50000000L);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    say("it is gone", cpu(its) < 0 ? -1 : 1);
    say("no such clock", clock_gettime(99, &time));
}

int main(int argc, char **argv)
{
    const char *part = argc > 1 ? argv[1] : "";
    setvbuf(stdout, NULL, _IONBF, 0);
    if (!*part || strcmp(part, "interval") == 0)
        interval();
    if (!*part || strcmp(part, "posix") == 0) {
        posix();
        blocked();
    }
    if (!*part || strcmp(part, "limit") == 0)
        limit();
    if (!*part || strcmp(part, "sleep") == 0)
        cpusleep();
    if (!*part || strcmp(part, "clocks") == 0)
        clocks();
    return 0;
}
