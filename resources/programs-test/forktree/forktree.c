/*
 * forktree [DEPTH [FANOUT]]: a tree of processes. Every process forks FANOUT children, reads a sum
 * from each through a pipe, adds its own value and hands the total up; exit statuses carry the number
 * of descendants. Each also changes a variable that it inherited, and checks at its end that nobody
 * else's change reached it.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static uint64_t mine = 1;
static int fanout;

static void fail(const char *what)
{
    perror(what);
    _exit(255);
}

/* Runs one process of the tree; returns its total and sets *descendants. */
static uint64_t grow(int depth, uint64_t path, int *descendants)
{
    uint64_t total = path * path + 1;
    mine = path;
    *descendants = 0;
    for (int i = 0; depth > 0 && i < fanout; i++) {
        int ends[2];
        if (pipe(ends) == -1)
            fail("forktree: pipe");
        pid_t pid = fork();
        if (pid == -1)
            fail("forktree: fork");
        if (pid == 0) {
            int below;
            close(ends[0]);
            uint64_t sum = grow(depth - 1, path * 10 + (uint64_t) i + 1, &below);
            if (write(ends[1], &sum, sizeof sum) != sizeof sum)
                fail("forktree: write");
            _exit(below);
        }
        close(ends[1]);
        uint64_t sum;
        if (read(ends[0], &sum, sizeof sum) != sizeof sum)
            fail("forktree: read");
        char more;
        if (read(ends[0], &more, 1) != 0)
            fail("forktree: no end of file");
        close(ends[0]);
        int status;
        if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
            fail("forktree: wait");
        *descendants += WEXITSTATUS(status) + 1;
        total += sum;
    }
    if (mine != path) {
        fprintf(stderr, "forktree: a child's write reached its parent\n");
        _exit(254);
    }
    return total;
}

int main(int argc, char **argv)
{
    int depth = argc > 1 ? atoi(argv[1]) : 2;
    fanout = argc > 2 ? atoi(argv[2]) : 2;
    int descendants;
    uint64_t total = grow(depth, 1, &descendants);
    printf("forktree: %d descendants, total %llu\n", descendants, (unsigned long long) total);
    printf("forktree: no child left: %s\n", wait(NULL) == -1 ? "yes" : "no");
    return 0;
}
