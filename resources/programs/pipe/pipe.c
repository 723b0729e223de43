/*
 * pipe [ROUNDS [WORK]]: a parent that writes to its child through a pipe, both computing in between.
 *
 * Both sides advance the same generator by WORK passes per round. The parent then sends what it
 * got; the child compares it with what it computed itself, so that a byte lost or changed on the
 * way, or a register lost in a move, is noticed at once: it then says so and exits with status 1.
 *
 * A pipe does not tie a process to its home. The pipe stays there, and calls on it are forwarded;
 * the two ends may run on different nodes.
 *
 * ROUNDS: how many messages; 0 (the default) is without end. WORK: passes of the generator per
 * message, 4 instructions each; the default of 100,000 passes is 50 ms at 800 MHz and clock divisor
 * 100.
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 64 };

struct message {
    uint64_t sequence;
    uint64_t words[WORDS];
    uint64_t sum;
};

/* The computing between the calls: a linear congruential generator, `passes` steps of it. */
static __attribute__((noinline)) uint64_t compute(uint64_t x, uint64_t passes)
{
    while (passes-- > 0)
        x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return x;
}

static void fill(struct message *message, uint64_t sequence, uint64_t state)
{
    message->sequence = sequence;
    message->sum = sequence;
    for (int i = 0; i < WORDS; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        message->words[i] = state;
        message->sum += state;
    }
}

/* Reads a whole message. Returns 1, or 0 at the end of the pipe; a torn message ends the program. */
static int receive(int fd, struct message *message)
{
    size_t have = 0;
    while (have < sizeof *message) {
        ssize_t n = read(fd, (char *) message + have, sizeof *message - have);
        if (n == -1 && errno == EINTR)
            continue;
        if (n == -1) {
            perror("pipe: read");
            exit(1);
        }
        if (n == 0 && have == 0)
            return 0;
        if (n == 0) {
            fprintf(stderr, "pipe: the pipe ended inside a message\n");
            exit(1);
        }
        have += (size_t) n;
    }
    return 1;
}

static int send_whole(int fd, const struct message *message)
{
    size_t sent = 0;
    while (sent < sizeof *message) {
        ssize_t n = write(fd, (const char *) message + sent, sizeof *message - sent);
        if (n == -1 && errno == EINTR)
            continue;
        if (n == -1)
            return -1;
        sent += (size_t) n;
    }
    return 0;
}

static int child(int fd, uint64_t work)
{
    struct message got, expected;
    uint64_t state = 1, count = 0;

    while (receive(fd, &got)) {
        state = compute(state, work);
        fill(&expected, count, state);
        if (memcmp(&got, &expected, sizeof got) != 0) {
            fprintf(stderr, "pipe: child: message %llu is not what was sent\n",
                    (unsigned long long) count);
            return 1;
        }
        count++;
    }
    printf("pipe: child received %llu messages, %llu bytes, all intact\n",
           (unsigned long long) count, (unsigned long long) (count * sizeof got));
    return 0;
}

int main(int argc, char **argv)
{
    uint64_t rounds = argc > 1 ? strtoull(argv[1], NULL, 0) : 0;
    uint64_t work = argc > 2 ? strtoull(argv[2], NULL, 0) : 100000;
    int ends[2];

    if (pipe(ends) == -1) {
        perror("pipe: pipe");
        return 1;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("pipe: fork");
        return 1;
    }
    if (pid == 0) {
        close(ends[1]);
        return child(ends[0], work);
    }

    close(ends[0]);
    signal(SIGPIPE, SIG_IGN); /* a child that gave up shows as EPIPE, and its status is reported */
    struct message message;
    uint64_t state = 1, sent = 0;
    while (rounds == 0 || sent < rounds) {
        state = compute(state, work);
        fill(&message, sent, state);
        if (send_whole(ends[1], &message) == -1) {
            perror("pipe: write");
            break;
        }
        sent++;
    }
    close(ends[1]);

    int status;
    if (waitpid(pid, &status, 0) == -1) {
        perror("pipe: waitpid");
        return 1;
    }
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    printf("pipe: parent sent %llu messages, %llu bytes; child exit status %d\n",
           (unsigned long long) sent, (unsigned long long) (sent * sizeof message), code);
    return code == 0 && sent == rounds ? 0 : 1;
}
