/*
 * futex [ROUNDS]: threads that meet in every way the C library has: a contended mutex, a ball thrown
 * to and fro with a condition variable, a barrier, a semaphore, a timed wait that times out, once,
 * thread-specific data with a destructor, join with a value, and a detached thread.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { THREADS = 4 };

static long rounds;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turn_changed = PTHREAD_COND_INITIALIZER;
static long counter;
static int turn;
static pthread_barrier_t barrier;
static sem_t semaphore;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int once_runs;
static int destroyed;

static void *count(void *argument)
{
    for (long i = 0; i < rounds; i++) {
        pthread_mutex_lock(&mutex);
        counter++;
        pthread_mutex_unlock(&mutex);
    }
    return (void *) ((intptr_t) argument * 11);
}

static void *play(void *argument)
{
    int me = (int) (intptr_t) argument;
    for (long i = 0; i < rounds; i++) {
        pthread_mutex_lock(&mutex);
        while (turn != me)
            pthread_cond_wait(&turn_changed, &mutex);
        counter = counter * 3 + me;
        turn = !me;
        pthread_cond_signal(&turn_changed);
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

static void run_once(void)
{
    once_runs++;
}

static void destroy(void *value)
{
    __atomic_add_fetch(&destroyed, (int) (intptr_t) value, __ATOMIC_SEQ_CST);
}

static void *meet(void *argument)
{
    intptr_t me = (intptr_t) argument;
    pthread_once(&once, run_once);
    pthread_setspecific(key, (void *) (me + 1));
    long serial = 0;
    for (int i = 0; i < 10; i++)
        serial += pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
    sem_post(&semaphore);
    return (void *) serial;
}

static void start(pthread_t *threads, int n, void *(*body)(void *))
{
    for (intptr_t i = 0; i < n; i++)
        if (pthread_create(&threads[i], NULL, body, (void *) i) != 0) {
            fprintf(stderr, "futex: cannot create a thread\n");
            exit(1);
        }
}

static long join(pthread_t *threads, int n)
{
    long sum = 0;
    for (int i = 0; i < n; i++) {
        void *value;
        pthread_join(threads[i], &value);
        sum += (long) (intptr_t) value;
    }
    return sum;
}

static void *post(void *unused)
{
    (void) unused;
    sem_post(&semaphore);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS];
    rounds = argc > 1 ? strtol(argv[1], NULL, 0) : 500;

    start(threads, THREADS, count);
    long values = join(threads, THREADS);
    printf("mutex: counter %ld, values %ld\n", counter, values);

    counter = 1;
    start(threads, 2, play);
    join(threads, 2);
    printf("condition: %016lx\n", (unsigned long) counter);

    pthread_barrier_init(&barrier, NULL, THREADS);
    sem_init(&semaphore, 0, 0);
    pthread_key_create(&key, destroy);
    start(threads, THREADS, meet);
    for (int i = 0; i < THREADS; i++)
        sem_wait(&semaphore);
    long serial = join(threads, THREADS);
    printf("barrier: %ld serial, once ran %d, destructors added %d\n", serial, once_runs, destroyed);

    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_nsec += 30 * 1000 * 1000;
    if (deadline.tv_nsec >= 1000000000) {
        deadline.tv_nsec -= 1000000000;
        deadline.tv_sec++;
    }
    pthread_mutex_lock(&mutex);
    int error = 0;
    while (error == 0)
        error = pthread_cond_timedwait(&turn_changed, &mutex, &deadline);
    pthread_mutex_unlock(&mutex);
    printf("timed wait: %s\n", error == ETIMEDOUT ? "ETIMEDOUT" : "?");

    pthread_attr_t detached;
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    pthread_create(&threads[0], &detached, post, NULL);
    sem_wait(&semaphore);
    printf("detached: posted\n");
    return 0;
}
