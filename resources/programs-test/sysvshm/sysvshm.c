/*
 * sysvshm: System V shared memory between a parent and its children: what one writes the other reads,
 * how many are attached, what removal means, and how the calls fail.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 10000 };

static long attached(int id)
{
    struct shmid_ds status;
    return shmctl(id, IPC_STAT, &status) == -1 ? -1 : (long) status.shm_nattch;
}

static void failed(const char *what, long result)
{
    printf("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "succeeded");
}

static int reap(pid_t pid)
{
    int status;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(void)
{
    /* A key of this process, so that two runs on one node do not meet. */
    key_t key = (key_t) (0x60d00000 | (getpid() & 0xffff));
    int id = shmget(key, SIZE, IPC_CREAT | IPC_EXCL | 0600);
    if (id == -1) {
        perror("sysvshm: shmget");
        return 1;
    }
    failed("the same key IPC_EXCL", shmget(key, SIZE, IPC_CREAT | IPC_EXCL | 0600));
    failed("larger than it is", shmget(key, SIZE + 1, 0600));
    printf("found by its key: %s\n", shmget(key, 0, 0) == id ? "yes" : "no");
    failed("a key nobody has", shmget(key ^ 0x10000, SIZE, 0));
    failed("size 0", shmget(IPC_PRIVATE, 0, IPC_CREAT | 0600));
    failed("attach what is not there", (long) shmat(id + 1000000, NULL, 0));

    struct shmid_ds status;
    shmctl(id, IPC_STAT, &status);
    printf("size %zu, attached %ld, creator is me %d, mode %o\n", status.shm_segsz,
           (long) status.shm_nattch, status.shm_cpid == getpid(), status.shm_perm.mode & 0777);

    volatile uint32_t *words = shmat(id, NULL, 0);
    if (words == (void *) -1) {
        perror("sysvshm: shmat");
        return 1;
    }
    printf("attached %ld, first word %u\n", attached(id), words[0]);
    words[0] = 7;
    fflush(stdout);

    pid_t pid = fork();
    if (pid == 0) {
        /* Inherited, and attached once more somewhere else: the same memory. */
        volatile uint32_t *other = shmat(id, NULL, 0);
        if (words[0] != 7 || other[0] != 7 || other == words || attached(id) != 3)
            _exit(1);
        other[1] = 11;
        if (words[1] != 11)
            _exit(2);
        for (uint32_t i = 2; i < SIZE / 4; i++)
            words[i] = i * i;
        _exit(0);
    }
    printf("child: exit %d\n", reap(pid));
    uint64_t sum = 0;
    for (uint32_t i = 0; i < SIZE / 4; i++)
        sum = sum * 31 + words[i];
    printf("the child wrote: %u, sum %016llx, attached %ld\n", words[1], (unsigned long long) sum,
           attached(id));

    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        volatile uint32_t *read_only = shmat(id, NULL, SHM_RDONLY);
        if (read_only[1] != 11)
            _exit(1);
        *(volatile uint32_t *) read_only = 0;
        _exit(0);
    }
    printf("write through a read-only attachment: status %d\n", reap(pid));

    printf("removal: %d\n", shmctl(id, IPC_RMID, NULL));
    printf("still usable: %u\n", words[1]);
    failed("find it after removal", shmget(key, 0, 0));
    printf("detach: %d\n", shmdt((const void *) words));
    failed("detach again", shmdt((const void *) words));
    failed("status of what is gone", attached(id));
    return 0;
}
