/*
 * rights: open files that travel over Unix sockets (SCM_RIGHTS of unix(7)), one line per question.
 * MSG_CTRUNC is not shown, since qemu's user mode does not hand it on.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int give(int to, const char *text, int count, const int *fds)
{
    union {
        char bytes[CMSG_SPACE(300 * sizeof(int))];
        struct cmsghdr align;
    } control = {0};
    struct iovec data = {(void *) text, strlen(text)};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
    if (count > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE((size_t) count * sizeof(int));
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN((size_t) count * sizeof(int));
        memcpy(CMSG_DATA(head), fds, (size_t) count * sizeof(int));
    }
    return (int) sendmsg(to, &message, 0);
}

/* Receives a message and shows it; answers the first descriptor that came with it. */
static int take(const char *what, int from, int room, int flags)
{
    union {
        char bytes[CMSG_SPACE(8 * sizeof(int))];
        struct cmsghdr align;
    } control;
    char text[100] = "";
    struct iovec data = {text, sizeof text - 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
    if (room >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = (size_t) room;
    }
    long n = recvmsg(from, &message, flags);
    if (n < 0) {
        printf("%s: %s\n", what, strerrorname_np(errno));
        return -1;
    }
    int first = -1;
    printf("%s: %ld '%s' flags %x control %d", what, n, text, (unsigned) message.msg_flags & ~MSG_CTRUNC,
           (int) message.msg_controllen);
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        int count = (int) ((head->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        printf(" files %d%s", count, head->cmsg_type == SCM_RIGHTS ? "" : "?");
        memcpy(&first, CMSG_DATA(head), count ? sizeof first : 0);
    }
    putchar('\n');
    fflush(stdout);
    return first;
}

static void between(int kind)
{
    int pair[2], way[2], copies[3];
    if (socketpair(AF_UNIX, kind, 0, pair) || pipe(way))
        perror("rights");
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int fd = take("child", pair[1], 64, 0);
        if (write(fd, "through the pipe", 16) != 16)
            perror("rights: write");
        _exit(fcntl(fd, F_GETFD));
    }
    printf("give: %d\n", give(pair[0], "pipe", 1, &way[1]));
    close(way[1]);
    int status;
    waitpid(child, &status, 0);
    char text[100] = "";
    printf("status %d, pipe: %ld", WEXITSTATUS(status), (long) read(way[0], text, sizeof text - 1));
    printf(" '%s'", text);
    printf(", end: %ld\n", (long) read(way[0], text, sizeof text - 1));

    for (int i = 0; i < 3; i++)
        copies[i] = pair[0];
    give(pair[0], "three", 3, copies);
    give(pair[0], "none", 0, NULL);
    give(pair[0], "one", 1, copies);
    give(pair[0], "more", 0, NULL);
    int fd = take("files", pair[1], 64, 0);
    printf("same: %d\n", write(fd, "written", 7) == 7);
    take("next", pair[1], 64, MSG_CMSG_CLOEXEC);
    take("rest", pair[1], 64, MSG_DONTWAIT);
    take("rest", pair[1], 64, MSG_DONTWAIT);
    take("rest", pair[1], 64, MSG_DONTWAIT);
    give(pair[0], "cut", 3, copies);
    take("room for two", pair[1], 24, 0);
    give(pair[0], "cut", 3, copies);
    take("no room", pair[1], 8, 0);
    give(pair[0], "plain", 1, copies);
    printf("read: %ld\n", (long) read(pair[1], text, sizeof text));
    fd = take("nothing", pair[1], 64, MSG_DONTWAIT);

    int bad = 99;
    printf("bad: %d", give(pair[0], "x", 1, &bad));
    printf(" %s\n", strerrorname_np(errno));
    int many[254];
    for (int i = 0; i < 254; i++)
        many[i] = pair[0];
    printf("too many: %d", give(pair[0], "x", 254, many));
    printf(" %s\n", strerrorname_np(errno));

    /* A socket that goes with files in it lets go of them. */
    int other[2], end[2];
    if (socketpair(AF_UNIX, kind, 0, other) || pipe(end))
        perror("rights");
    give(other[0], "lost", 1, &end[1]);
    close(end[1]);
    close(other[0]);
    close(other[1]);
    printf("end: %ld\n", (long) read(end[0], text, sizeof text));
}

int main(void)
{
    between(SOCK_STREAM);
    between(SOCK_DGRAM);
    return 0;
}
