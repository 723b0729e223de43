/*
 * shmget [KEY SIZE FLAGS [ROUNDS]]: asks for a System V shared memory segment, then works in it.
 *
 * The three numbers go to shmget(2) as they are (decimal, 0x or 0 octal); without them it asks for a
 * private segment of 64 KiB. From the moment shmget succeeds the process is tied to its home: memory
 * that others may attach cannot be in two places.
 *
 * The work: add one to every 64-bit word of the segment, round after round. Since everyone who
 * attaches only ever adds, no word may hold less than the rounds that this process has done; a
 * smaller value means a lost write, and ends the program with status 1. With ROUNDS it ends after
 * that many, detaches and removes the segment.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

static long number(const char *text)
{
    char *end;
    long value = strtol(text, &end, 0);
    if (*text == '\0' || *end != '\0') {
        fprintf(stderr, "shmget: not a number: %s\n", text);
        exit(2);
    }
    return value;
}

int main(int argc, char **argv)
{
    key_t key = IPC_PRIVATE;
    size_t size = 65536;
    int flags = IPC_CREAT | 0600;
    uint64_t rounds = 0;

    if (argc != 1 && argc != 4 && argc != 5) {
        fprintf(stderr, "usage: shmget [KEY SIZE FLAGS [ROUNDS]]\n");
        return 2;
    }
    if (argc >= 4) {
        key = (key_t) number(argv[1]);
        size = (size_t) number(argv[2]);
        flags = (int) number(argv[3]);
    }
    if (argc == 5)
        rounds = (uint64_t) number(argv[4]);

    int id = shmget(key, size, flags);
    if (id == -1) {
        perror("shmget: shmget failed");
        exit(1);
    }
    fprintf(stderr, "shmget: shmget returned %d\n", id);

    uint64_t *words = shmat(id, NULL, 0);
    if (words == (void *) -1) {
        perror("shmget: shmat failed");
        exit(1);
    }
    /* A segment is whole pages, so one word is there however small SIZE is. */
    size_t count = size / sizeof *words > 0 ? size / sizeof *words : 1;

    for (uint64_t round = 1; rounds == 0 || round <= rounds; round++)
        for (size_t i = 0; i < count; i++)
            if (__atomic_add_fetch(&words[i], 1, __ATOMIC_RELAXED) < round) {
                fprintf(stderr, "shmget: word %zu lost a write in round %llu\n", i,
                        (unsigned long long) round);
                exit(1);
            }

    if (shmdt(words) == -1 || shmctl(id, IPC_RMID, NULL) == -1) {
        perror("shmget: giving the segment back failed");
        exit(1);
    }
    return 0;
}
