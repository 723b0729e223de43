/*
 * threads [N [ROUNDS [WORK]]]: N threads (2 if not given) that compute for ever.
 *
 * The long-lived sibling of pthread, there to be watched. After every piece of work a thread adds
 * its result to a common sum under a mutex and waits on a condition variable until all have done so;
 * the last one to arrive wakes the others. So the threads sleep and wake in the kernel (futex), and
 * the process stays at home for as long as a second thread lives.
 *
 * ROUNDS: 0 (the default) is without end. WORK: passes of 4 instructions per round; the default of
 * 100,000 is 50 ms at 800 MHz and clock divisor 100.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_arrived = PTHREAD_COND_INITIALIZER;

/* Guarded by mutex. */
static long arrived;
static uint64_t finished_rounds;
static uint64_t sum;

static long thread_count;
static uint64_t rounds, work;

static __attribute__((noinline)) uint64_t compute(uint64_t x, uint64_t passes)
{
    while (passes-- > 0)
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return x;
}

static void *run(void *argument)
{
    uint64_t state = (uint64_t) (uintptr_t) argument;
    for (uint64_t round = 0; rounds == 0 || round < rounds; round++) {
        state = compute(state, work);
        pthread_mutex_lock(&mutex);
        sum += state;
        if (++arrived == thread_count) {
            arrived = 0;
            finished_rounds++;
            pthread_cond_broadcast(&all_arrived);
        } else {
            while (finished_rounds == round)
                pthread_cond_wait(&all_arrived, &mutex);
        }
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    thread_count = argc > 1 ? strtol(argv[1], NULL, 0) : 2;
    rounds = argc > 2 ? strtoull(argv[2], NULL, 0) : 0;
    work = argc > 3 ? strtoull(argv[3], NULL, 0) : 100000;
    if (thread_count < 1 || thread_count > 64) {
        fprintf(stderr, "usage: threads [N [ROUNDS [WORK]]]   (N: 1 to 64 threads)\n");
        return 1;
    }

    pthread_t threads[64];
    for (long i = 0; i < thread_count; i++)
        if (pthread_create(&threads[i], NULL, run, (void *) (uintptr_t) (i + 1)) != 0) {
            fprintf(stderr, "threads: cannot create thread %ld\n", i);
            return 1;
        }
    for (long i = 0; i < thread_count; i++)
        pthread_join(threads[i], NULL);
    printf("threads: %ld threads, %llu rounds, sum %016llx\n", thread_count,
           (unsigned long long) finished_rounds, (unsigned long long) sum);
    return 0;
}
