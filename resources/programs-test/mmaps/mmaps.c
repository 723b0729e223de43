/*
 * mmaps: maps, remaps, protects and unmaps memory, and looks at it from children, which share pages
 * with their parent until one of them writes.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, PAGES = 16 };

static uint64_t sum_of(const unsigned char *from, size_t length)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < length; i++)
        sum = sum * 131 + from[i];
    return sum;
}

static void check(int good, const char *what)
{
    printf("%s: %s\n", what, good ? "yes" : "no");
    fflush(stdout);
}

static unsigned char *anonymous(size_t length, int protection)
{
    void *at = mmap(NULL, length, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) {
        perror("mmaps: mmap");
        exit(1);
    }
    return at;
}

/* Runs `body` in a child and prints how it ended. */
static void in_child(void (*body)(unsigned char *), unsigned char *memory, const char *what)
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        body(memory);
        _exit(0);
    }
    int status;
    waitpid(pid, &status, 0);
    if (WIFSIGNALED(status))
        printf("%s: signal %d\n", what, WTERMSIG(status));
    else
        printf("%s: exit %d\n", what, WEXITSTATUS(status));
    fflush(stdout);
}

static void write_first(unsigned char *memory)
{
    memory[0] = 1;
}

static void read_first(unsigned char *memory)
{
    _exit(*(volatile unsigned char *) memory == 0 ? 0 : 3);
}

static void overwrite_all(unsigned char *memory)
{
    memset(memory, 0xee, PAGES * PAGE);
    _exit(memory[PAGES * PAGE - 1] == 0xee ? 7 : 8);
}

int main(void)
{
    unsigned char *memory = anonymous(PAGES * PAGE, PROT_READ | PROT_WRITE);
    check(sum_of(memory, PAGES * PAGE) == 0, "fresh memory is zero");
    for (int i = 0; i < PAGES * PAGE; i++)
        memory[i] = (unsigned char) (i * 31 + i / PAGE);
    uint64_t before = sum_of(memory, PAGES * PAGE);
    printf("sum %016llx\n", (unsigned long long) before);
    in_child(overwrite_all, memory, "child overwrites its copy");
    check(sum_of(memory, PAGES * PAGE) == before, "the parent's copy is unchanged");

    if (mprotect(memory + PAGE, PAGE, PROT_READ) == -1)
        perror("mmaps: mprotect");
    in_child(write_first, memory, "write to a writable page");
    in_child(write_first, memory + PAGE, "write to a read-only page");
    if (mprotect(memory + 2 * PAGE, PAGE, PROT_NONE) == -1)
        perror("mmaps: mprotect");
    in_child(read_first, memory + 2 * PAGE, "read of a forbidden page");
    mprotect(memory + PAGE, 2 * PAGE, PROT_READ | PROT_WRITE);
    check(sum_of(memory, PAGES * PAGE) == before, "contents survive protection");

    unsigned char *larger = mremap(memory, PAGES * PAGE, 4 * PAGES * PAGE, MREMAP_MAYMOVE);
    check(larger != MAP_FAILED, "mremap grows");
    check(sum_of(larger, PAGES * PAGE) == before, "contents survive mremap");
    check(sum_of(larger + PAGES * PAGE, 3 * PAGES * PAGE) == 0, "the new part is zero");
    unsigned char *smaller = mremap(larger, 4 * PAGES * PAGE, PAGE, 0);
    check(smaller == larger, "mremap shrinks in place");
    in_child(read_first, larger + PAGE, "read behind the shrunk mapping");

    unsigned char *holes = anonymous(3 * PAGE, PROT_READ | PROT_WRITE);
    holes[2 * PAGE] = 5;
    check(munmap(holes + PAGE, PAGE) == 0, "munmap of the middle page");
    in_child(read_first, holes + PAGE, "read of the hole");
    in_child(read_first, holes, "read before the hole");
    check(holes[2 * PAGE] == 5, "the page after the hole is still there");
    void *fixed = mmap(holes + PAGE, PAGE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    check(fixed == holes + PAGE && holes[PAGE] == 0, "MAP_FIXED fills the hole");

    holes[0] = 9;
    check(madvise(holes, PAGE, MADV_DONTNEED) == 0 && holes[0] == 0, "MADV_DONTNEED drops contents");

    unsigned char *vast = mmap(NULL, (size_t) 128 << 20, PROT_NONE,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    check(vast != MAP_FAILED, "128 MiB reserved");
    check(mprotect(vast + (64 << 20), PAGE, PROT_READ | PROT_WRITE) == 0, "one page of it opened");
    vast[64 << 20] = 1;
    in_child(write_first, vast, "write to the reserved part");
    check(munmap(vast, (size_t) 128 << 20) == 0, "128 MiB given back");

    /* MAP_SHARED | MAP_ANONYMOUS: here a child's write is the parent's too. */
    unsigned char *shared =
        mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    in_child(write_first, shared, "child writes shared memory");
    check(shared[0] == 1, "the parent sees it");

    const char *path = "/tmp/mmaps.file";
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    char text[] = "mapped from a file";
    if (write(fd, text, sizeof text) != sizeof text)
        perror("mmaps: write");
    unsigned char *file = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    check(file != MAP_FAILED && !memcmp(file, text, sizeof text), "a private file mapping shows the file");
    check(file[sizeof text] == 0 && file[PAGE - 1] == 0, "zero behind the end of the file");
    file[0] = 'M';
    char back;
    check(pread(fd, &back, 1, 0) == 1 && back == 'm', "a private write does not reach the file");
    close(fd);
    unlink(path);

    errno = 0;
    check(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EINVAL,
          "length 0 gives EINVAL");
    errno = 0;
    check(munmap(holes + 1, PAGE) == -1 && errno == EINVAL, "unaligned munmap gives EINVAL");
    errno = 0;
    check(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 77, 0) == MAP_FAILED && errno == EBADF,
          "a bad descriptor gives EBADF");
    errno = 0;
    check(write(1, (void *) 0x123450000, 10) == -1 && errno == EFAULT, "a bad buffer gives EFAULT");
    return 0;
}
