/*
 * sockets [tcp|udp|unix]: a server and a forked client that talk over 127.0.0.1 with TCP, with UDP,
 * and over Unix sockets; all three in turn if none is named. The server sends back what it gets with
 * every byte changed; the client checks, and its exit status tells.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BIG = 200000, DATAGRAMS = 20 };

static unsigned char out[BIG], in[BIG];

static __attribute__((noreturn)) void fail(const char *what)
{
    perror(what);
    _exit(1);
}

static unsigned char pattern(size_t i)
{
    return (unsigned char) (i * 17 + i / 251);
}

/* Sends what fits and takes what is there, so that neither side waits for the other for ever. */
static void exchange(int fd, size_t length)
{
    size_t sent = 0, got = 0;
    while (got < length) {
        struct pollfd wait = {fd, (short) (POLLIN | (sent < length ? POLLOUT : 0)), 0};
        if (poll(&wait, 1, -1) == -1)
            fail("sockets: poll");
        if (wait.revents & POLLOUT) {
            ssize_t n = send(fd, out + sent, length - sent, MSG_DONTWAIT);
            if (n == -1 && errno != EAGAIN)
                fail("sockets: send");
            sent += n > 0 ? (size_t) n : 0;
            if (sent == length)
                shutdown(fd, SHUT_WR);
        }
        if (wait.revents & (POLLIN | POLLHUP)) {
            ssize_t n = recv(fd, in + got, length - got, MSG_DONTWAIT);
            if (n == -1 && errno != EAGAIN)
                fail("sockets: recv");
            if (n == 0)
                break;
            got += n > 0 ? (size_t) n : 0;
        }
    }
    for (size_t i = 0; i < length; i++)
        if (got != length || in[i] != (unsigned char) ~pattern(i)) {
            fprintf(stderr, "sockets: got %zu of %zu, or byte %zu differs\n", got, length, i);
            _exit(1);
        }
    char more;
    if (recv(fd, &more, 1, 0) != 0)
        fail("sockets: no end of file");
}

static uint64_t echo(int fd)
{
    uint64_t total = 0;
    for (;;) {
        unsigned char block[3000];
        ssize_t n = recv(fd, block, sizeof block, 0);
        if (n == -1)
            fail("sockets: recv");
        if (n == 0)
            return total;
        for (ssize_t i = 0; i < n; i++)
            block[i] = (unsigned char) ~block[i];
        for (ssize_t done = 0; done < n;) {
            ssize_t m = send(fd, block + done, (size_t) (n - done), 0);
            if (m == -1)
                fail("sockets: send");
            done += m;
        }
        total += (uint64_t) n;
    }
}

static int reap(pid_t pid)
{
    int status;
    if (waitpid(pid, &status, 0) == -1)
        fail("sockets: wait");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void stream(int family, struct sockaddr *address, socklen_t length, const char *name)
{
    int listener = socket(family, SOCK_STREAM, 0);
    if (listener == -1)
        fail("sockets: socket");
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, address, length) == -1)
        fail("sockets: bind");
    if (listen(listener, 5) == -1)
        fail("sockets: listen");
    if (family == AF_INET && getsockname(listener, address, &length) == -1)
        fail("sockets: getsockname");
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        close(listener);
        for (int round = 0; round < 3; round++) {
            int fd = socket(family, SOCK_STREAM, 0);
            if (connect(fd, address, length) == -1)
                fail("sockets: connect");
            exchange(fd, round == 0 ? 1 : round == 1 ? 5000 : BIG);
            close(fd);
        }
        _exit(0);
    }
    for (int round = 0; round < 3; round++) {
        int fd = accept(listener, NULL, NULL);
        if (fd == -1)
            fail("sockets: accept");
        if (family == AF_INET) {
            struct sockaddr_in peer, self;
            socklen_t size = sizeof peer;
            getpeername(fd, (struct sockaddr *) &peer, &size);
            size = sizeof self;
            getsockname(fd, (struct sockaddr *) &self, &size);
            printf("%s: peer %s, our port is the listener's: %s\n", name, inet_ntoa(peer.sin_addr),
                   self.sin_port == ((struct sockaddr_in *) address)->sin_port ? "yes" : "no");
        }
        printf("%s: server echoed %llu bytes\n", name, (unsigned long long) echo(fd));
        close(fd);
    }
    close(listener);
    printf("%s: client exit %d\n", name, reap(pid));

    int fd = socket(family, SOCK_STREAM, 0);
    int result = connect(fd, address, length);
    printf("%s: connect without a listener: %s\n", name,
           result == -1 ? strerrorname_np(errno) : "connected?");
    close(fd);
}

static void tcp(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    stream(AF_INET, (struct sockaddr *) &address, sizeof address, "tcp");
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    char byte = 0;
    ssize_t n = recv(fd, &byte, 1, 0);
    printf("tcp: recv unconnected: %s\n", n == -1 ? strerrorname_np(errno) : "?");
    int type = 0;
    socklen_t size = sizeof type;
    getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size);
    printf("tcp: type is stream: %s\n", type == SOCK_STREAM ? "yes" : "no");
    close(fd);
}

static void udp(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int server = socket(AF_INET, SOCK_DGRAM, 0);
    if (server == -1 || bind(server, (struct sockaddr *) &address, sizeof address) == -1)
        fail("sockets: udp bind");
    getsockname(server, (struct sockaddr *) &address, &length);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        int fd = socket(AF_INET, SOCK_DGRAM, 0);
        unsigned char block[1200];
        for (int i = 0; i < DATAGRAMS; i++) {
            size_t size = (size_t) i * 60 + 1;
            if (sendto(fd, out, size, 0, (struct sockaddr *) &address, length) != (ssize_t) size)
                fail("sockets: sendto");
            struct sockaddr_in from;
            socklen_t from_length = sizeof from;
            ssize_t n = recvfrom(fd, block, sizeof block, 0, (struct sockaddr *) &from, &from_length);
            if (n != (ssize_t) size || block[n - 1] != (unsigned char) ~pattern((size_t) n - 1) ||
                from.sin_port != address.sin_port)
                fail("sockets: recvfrom");
        }
        _exit(0);
    }
    uint64_t total = 0;
    for (int i = 0; i < DATAGRAMS; i++) {
        unsigned char block[1200];
        struct sockaddr_in from;
        socklen_t from_length = sizeof from;
        ssize_t n = recvfrom(server, block, sizeof block, 0, (struct sockaddr *) &from, &from_length);
        if (n == -1)
            fail("sockets: recvfrom");
        for (ssize_t k = 0; k < n; k++)
            block[k] = (unsigned char) ~block[k];
        if (sendto(server, block, (size_t) n, 0, (struct sockaddr *) &from, from_length) != n)
            fail("sockets: sendto");
        total += (uint64_t) n;
    }
    printf("udp: server echoed %d datagrams, %llu bytes\n", DATAGRAMS, (unsigned long long) total);
    printf("udp: client exit %d\n", reap(pid));

    /* A datagram larger than the buffer is cut, and the rest is gone. */
    sendto(server, out, 100, 0, (struct sockaddr *) &address, length);
    sendto(server, out, 3, 0, (struct sockaddr *) &address, length);
    unsigned char little[10];
    ssize_t first = recv(server, little, sizeof little, 0);
    ssize_t second = recv(server, little, sizeof little, 0);
    printf("udp: cut to %zd, then %zd\n", first, second);
    ssize_t none = recv(server, little, sizeof little, MSG_DONTWAIT);
    printf("udp: nothing there: %s\n", none == -1 ? strerrorname_np(errno) : "?");
    close(server);
}

static void unix_sockets(void)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == -1)
        fail("sockets: socketpair");
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        close(pair[0]);
        exchange(pair[1], BIG);
        _exit(0);
    }
    close(pair[1]);
    uint64_t total = echo(pair[0]);
    close(pair[0]);
    printf("pair: server echoed %llu bytes\n", (unsigned long long) total);
    printf("pair: client exit %d\n", reap(pid));

    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == -1)
        fail("sockets: socketpair");
    char text[16];
    send(pair[0], "one", 3, 0);
    send(pair[0], "three", 5, 0);
    ssize_t first = recv(pair[1], text, sizeof text, 0);
    ssize_t second = recv(pair[1], text, sizeof text, 0);
    printf("datagram pair: %zd then %zd\n", first, second);
    close(pair[0]);
    close(pair[1]);

    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    close(pair[1]);
    signal(SIGPIPE, SIG_IGN);
    ssize_t broken = send(pair[0], "x", 1, 0);
    printf("peer gone: %s\n", broken == -1 ? strerrorname_np(errno) : "sent?");
    close(pair[0]);

    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, "/tmp/sockets.test");
    unlink(address.sun_path);
    stream(AF_UNIX, (struct sockaddr *) &address, sizeof address, "unix");
    unlink(address.sun_path);
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "all";
    int all = !strcmp(mode, "all");
    for (size_t i = 0; i < BIG; i++)
        out[i] = pattern(i);
    if (all || !strcmp(mode, "tcp"))
        tcp();
    if (all || !strcmp(mode, "udp"))
        udp();
    if (all || !strcmp(mode, "unix"))
        unix_sockets();
    return 0;
}
