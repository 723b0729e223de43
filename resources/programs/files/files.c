/*
 * files [ROUNDS [WORK [DIRECTORY]]]: many kinds of descriptors in one process, all in use at once.
 *
 * It holds a TCP connection to itself over 127.0.0.1, a pair of Unix sockets, a pipe, a regular file
 * with a second descriptor made by dup, and /dev/null. Each round sends one block through each of
 * them, reads it back where that is possible, compares, and then computes. None of this ties the
 * process to its home: it moves, while sockets and pipe stay behind and are reached by forwarded
 * calls; the file comes along where DIRECTORY is under /mfs and DFSA is on.
 *
 * No write is larger than what fits before it is read back, so no call ever blocks for long.
 *
 * ROUNDS: 0 (the default) is without end; otherwise it prints what it moved, per kind. WORK: passes
 * of 4 instructions between the rounds; the default of 100,000 is 50 ms at 800 MHz and clock
 * divisor 100. DIRECTORY: where the file goes, /tmp if not given.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1024, FILE_BLOCKS = 64 };

struct moved {
    uint64_t tcp, pair, pipe, file, null;
};

static __attribute__((noreturn)) void fail(const char *what)
{
    perror(what);
    exit(1);
}

static __attribute__((noinline)) uint64_t compute(uint64_t x, uint64_t passes)
{
    while (passes-- > 0)
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return x;
}

static void write_whole(int fd, const unsigned char *block, const char *what)
{
    for (size_t done = 0; done < BLOCK;) {
        ssize_t n = write(fd, block + done, BLOCK - done);
        if (n == -1 && errno != EINTR)
            fail(what);
        done += n > 0 ? (size_t) n : 0;
    }
}

/* Reads a block back and compares it with what was written. */
static void read_same(int fd, const unsigned char *block, const char *what)
{
    unsigned char got[BLOCK];
    for (size_t done = 0; done < BLOCK;) {
        ssize_t n = read(fd, got + done, BLOCK - done);
        if (n == -1 && errno != EINTR)
            fail(what);
        if (n == 0) {
            fprintf(stderr, "%s: ended too early\n", what);
            exit(1);
        }
        done += n > 0 ? (size_t) n : 0;
    }
    if (memcmp(got, block, BLOCK) != 0) {
        fprintf(stderr, "%s: what came back is not what was written\n", what);
        exit(1);
    }
}

/* A TCP connection of this process with itself: one end in *near, the other in *far. */
static void connect_to_self(int *near, int *far)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1)
        fail("files: socket");
    if (bind(listener, (struct sockaddr *) &address, sizeof address) == -1)
        fail("files: bind");
    if (listen(listener, 1) == -1)
        fail("files: listen");
    if (getsockname(listener, (struct sockaddr *) &address, &length) == -1)
        fail("files: getsockname");
    *near = socket(AF_INET, SOCK_STREAM, 0);
    if (*near == -1)
        fail("files: socket");
    if (connect(*near, (struct sockaddr *) &address, sizeof address) == -1)
        fail("files: connect");
    *far = accept(listener, NULL, NULL);
    if (*far == -1)
        fail("files: accept");
    close(listener);
}

int main(int argc, char **argv)
{
    uint64_t rounds = argc > 1 ? strtoull(argv[1], NULL, 0) : 0;
    uint64_t work = argc > 2 ? strtoull(argv[2], NULL, 0) : 100000;
    const char *directory = argc > 3 ? argv[3] : "/tmp";

    int near, far, pair[2], ends[2];
    connect_to_self(&near, &far);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == -1)
        fail("files: socketpair");
    if (pipe(ends) == -1)
        fail("files: pipe");
    char path[512];
    snprintf(path, sizeof path, "%s/files.%ld", directory, (long) getpid());
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (file == -1)
        fail(path);
    int again = dup(file);
    if (again == -1)
        fail("files: dup");
    int null = open("/dev/null", O_WRONLY);
    if (null == -1)
        fail("/dev/null");

    struct moved moved = {0};
    unsigned char block[BLOCK];
    uint64_t state = 1;
    for (uint64_t round = 0; rounds == 0 || round < rounds; round++) {
        state = compute(state, work);
        for (int i = 0; i < BLOCK; i++)
            block[i] = (unsigned char) (state >> (i % 8 * 8)) ^ (unsigned char) i;

        write_whole(near, block, "files: TCP");
        read_same(far, block, "files: TCP");
        write_whole(far, block, "files: TCP");
        read_same(near, block, "files: TCP");
        moved.tcp += 2 * BLOCK;

        write_whole(pair[0], block, "files: Unix socket");
        read_same(pair[1], block, "files: Unix socket");
        moved.pair += BLOCK;

        write_whole(ends[1], block, "files: pipe");
        read_same(ends[0], block, "files: pipe");
        moved.pipe += BLOCK;

        /* Written through one descriptor and read through its twin: they share one offset. */
        off_t at = (off_t) (round % FILE_BLOCKS) * BLOCK;
        if (lseek(file, at, SEEK_SET) == -1)
            fail("files: lseek");
        write_whole(file, block, "files: file");
        if (lseek(again, -BLOCK, SEEK_CUR) != at) {
            fprintf(stderr, "files: the twin descriptor has another offset\n");
            exit(1);
        }
        read_same(again, block, "files: file");
        moved.file += BLOCK;

        write_whole(null, block, "files: /dev/null");
        moved.null += BLOCK;
    }

    struct stat status;
    if (fstat(file, &status) == -1)
        fail("files: fstat");
    if (unlink(path) == -1)
        fail("files: unlink");
    printf("files: tcp %llu bytes\nfiles: unix socket %llu bytes\nfiles: pipe %llu bytes\n"
           "files: file %llu bytes, %lld on disk\nfiles: /dev/null %llu bytes\n",
           (unsigned long long) moved.tcp, (unsigned long long) moved.pair,
           (unsigned long long) moved.pipe, (unsigned long long) moved.file,
           (long long) status.st_size, (unsigned long long) moved.null);
    return 0;
}
