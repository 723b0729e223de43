/*
 * rights: what travels over Unix sockets besides data (unix(7)): open files (SCM_RIGHTS) and, as "rights who",
 * who sent it (SCM_CREDENTIALS, SO_PASSCRED, SO_PEERCRED), one line per question.
 * MSG_CTRUNC is not shown, since qemu's user mode does not hand it on.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
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

/* ------------------------------------------------------------------------------------------ who sent it */

static int self;

static void show(const struct ucred *who)
{
    printf(" from %s %d %d", who->pid == self ? "me" : who->pid == 0 ? "nobody" : "another", who->uid == getuid() ? 0 : (int) who->uid,
        who->gid == getgid() ? 0 : (int) who->gid);
}

/* Receives and shows data, who sent it, and how many files came. */
static void hear(const char *what, int from, int most, int room, int flags)
{
    union {
        char bytes[200];
        struct cmsghdr align;
    } control;
    char text[100] = "";
    struct iovec data = {text, (size_t) most};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = (size_t) room};
    long n = recvmsg(from, &message, flags | MSG_DONTWAIT);
    if (n < 0) {
        printf("%s: %s\n", what, strerrorname_np(errno));
        return;
    }
    printf("%s: '%.*s'", what, (int) n, text);
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_type == SCM_CREDENTIALS && head->cmsg_len >= CMSG_LEN(sizeof(struct ucred))) {
            struct ucred who;
            memcpy(&who, CMSG_DATA(head), sizeof who);
            show(&who);
        } else if (head->cmsg_type == SCM_RIGHTS) {
            int fd;
            memcpy(&fd, CMSG_DATA(head), sizeof fd);
            printf(" and %d files", (int) ((head->cmsg_len - CMSG_LEN(0)) / sizeof fd));
            close(fd);
        }
    }
    putchar('\n');
}

static int tell(int to, const char *text, const struct ucred *who, size_t length, int fd)
{
    union {
        char bytes[200];
        struct cmsghdr align;
    } control = {0};
    struct iovec data = {(void *) text, strlen(text)};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = control.bytes};
    struct cmsghdr *head = &control.align;
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_CREDENTIALS;
    head->cmsg_len = CMSG_LEN(length);
    memcpy(CMSG_DATA(head), who, length);
    message.msg_controllen = CMSG_SPACE(length);
    if (fd >= 0) {
        head = (struct cmsghdr *) (control.bytes + message.msg_controllen);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(head), &fd, sizeof fd);
        message.msg_controllen += CMSG_SPACE(sizeof fd);
    }
    return (int) sendmsg(to, &message, 0);
}

static void answer(const char *what, long result)
{
    if (result < 0)
        printf("%s: %s\n", what, strerrorname_np(errno));
    else
        printf("%s: %ld\n", what, result);
}

static int ask(int socket, int option, struct ucred *who)
{
    socklen_t length = sizeof *who;
    return getsockopt(socket, SOL_SOCKET, option, who, &length);
}

static void whom(const char *what, int socket)
{
    struct ucred who;
    if (ask(socket, SO_PEERCRED, &who) < 0) {
        answer(what, -1);
        return;
    }
    printf("%s:", what);
    show(&who);
    putchar('\n');
}

static void write_text(int fd, const char *text)
{
    if (write(fd, text, strlen(text)) < 0)
        printf("write: %s\n", strerrorname_np(errno));
}

static void who(int type)
{
    int pair[2], on = 1, status;
    socklen_t length = sizeof on;
    struct ucred me = {getpid(), getuid(), getgid()};
    self = getpid();
    socketpair(AF_UNIX, type, 0, pair);
    whom("peer", pair[0]);
    write_text(pair[0], "early");
    hear("nobody asked", pair[1], 99, 200, 0);
    write_text(pair[0], "before");
    on = 7;
    answer("pass", setsockopt(pair[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof on));
    getsockopt(pair[1], SOL_SOCKET, SO_PASSCRED, &on, &length);
    printf("passes: %d\n", on);
    write_text(pair[0], "after");
    hear("sent before", pair[1], 99, 200, 0);
    hear("peek", pair[1], 99, 200, MSG_PEEK);
    hear("sent after", pair[1], 99, 200, 0);
    write_text(pair[0], "one");
    write_text(pair[0], "two");
    hear("twice", pair[1], 99, 200, 0);
    if (type == SOCK_DGRAM)
        hear("twice", pair[1], 99, 200, 0);
    fflush(stdout);
    if (fork() == 0) {
        write_text(pair[0], "child");
        _exit(0);
    }
    wait(&status);
    write_text(pair[0], "parent");
    hear("of two", pair[1], 99, 200, 0);
    hear("of two", pair[1], 99, 200, 0);
    answer("told", tell(pair[0], "told", &me, sizeof me, 0));
    hear("told with a file", pair[1], 99, 200, 0);
    write_text(pair[0], "part");
    hear("small", pair[1], 2, 200, 0);
    hear("rest", pair[1], 99, 200, 0);
    write_text(pair[0], "no room");
    hear("no room", pair[1], 99, 0, 0);
    write_text(pair[0], "little room");
    hear("little room", pair[1], 99, 20, 0);
    answer("too short", tell(pair[0], "x", &me, 8, -1));
    struct ucred dead = {0x3fffff00, getuid(), getgid()};
    if (setgid(7) == 0 && setuid(7) == 0) { /* it was root */
        answer("the dead", tell(pair[0], "x", &dead, sizeof dead, -1));
        answer("root", tell(pair[0], "x", &me, sizeof me, -1));
    }
}

static void listener(void)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "/tmp/rights.socket"};
    int on = 1;
    self = getpid();
    unlink(name.sun_path);
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    whom("alone", server);
    setsockopt(server, SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
    bind(server, (struct sockaddr *) &name, sizeof name);
    listen(server, 3);
    fflush(stdout);
    int child = fork();
    if (child == 0) {
        int client = socket(AF_UNIX, SOCK_STREAM, 0);
        connect(client, (struct sockaddr *) &name, sizeof name);
        whom("the server", client);
        fflush(stdout);
        write_text(client, "hello");
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    int connection = accept(server, NULL, NULL);
    struct ucred who;
    int asked = ask(connection, SO_PEERCRED, &who);
    printf("the client: %d %d\n", asked, who.pid == child);
    socklen_t length = sizeof on;
    getsockopt(connection, SOL_SOCKET, SO_PASSCRED, &on, &length);
    printf("inherits: %d\n", on);
    hear("from the client", connection, 99, 200, 0);
    unlink(name.sun_path);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "who") == 0) {
        listener();
        if (fork() == 0) {
            who(SOCK_STREAM);
            return 0;
        }
        wait(NULL);
        who(SOCK_DGRAM);
        return 0;
    }
    (void) argv;
    between(SOCK_STREAM);
    between(SOCK_DGRAM);
    return 0;
}
