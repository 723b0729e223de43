/*
 * sleeper [COUNT [MILLISECONDS [times]]]: sleeps COUNT times for MILLISECONDS (3 and 20 if not given)
 * and checks after each that the monotonic clock went on by at least that much. With the word
 * `times` it prints the elapsed milliseconds, which are exact in virtual time only.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t now(clockid_t clock)
{
    struct timespec time;
    if (clock_gettime(clock, &time) == -1) {
        perror("sleeper: clock_gettime");
        exit(1);
    }
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

int main(int argc, char **argv)
{
    long count = argc > 1 ? strtol(argv[1], NULL, 0) : 3;
    long milliseconds = argc > 2 ? strtol(argv[2], NULL, 0) : 20;
    int times = argc > 3 && !strcmp(argv[3], "times");
    int64_t wanted = milliseconds * INT64_C(1000000);

    for (long i = 1; i <= count; i++) {
        int64_t before = now(CLOCK_MONOTONIC);
        if (i % 3 == 0) {
            usleep((useconds_t) milliseconds * 1000);
        } else if (i % 3 == 1) {
            struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
            nanosleep(&pause, NULL);
        } else {
            int64_t until = before + wanted;
            struct timespec end = {until / 1000000000, until % 1000000000};
            clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL);
        }
        int64_t elapsed = now(CLOCK_MONOTONIC) - before;
        if (elapsed < wanted) {
            printf("sleep %ld was too short\n", i);
            return 1;
        }
        if (times)
            printf("sleep %ld: %lld ms\n", i, (long long) (elapsed / 1000000));
        else
            printf("sleep %ld: long enough\n", i);
        fflush(stdout);
    }
    int64_t cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    printf("asleep it used less than half of the time: %s\n",
           cpu * 2 < wanted * count || count == 0 ? "yes" : "no");
    printf("the date is after 2001: %s\n",
           now(CLOCK_REALTIME) > INT64_C(1000000000000000000) ? "yes" : "no");
    return 0;
}
