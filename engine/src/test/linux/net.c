/*
 * Two ends of a conversation between nodes, over TCP and UDP: "server" on one, "client ADDRESS" on the
 * other. The client sends ROUNDS blocks of 60,013 bytes, both check what arrives.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BLOCK = 60013, ROUNDS = 20, PORT = 4000 };

static unsigned char block[BLOCK];

static int server(struct sockaddr_in own)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    bind(listener, (struct sockaddr *) &own, sizeof own);
    listen(listener, 5);
    int datagrams = socket(AF_INET, SOCK_DGRAM, 0);
    bind(datagrams, (struct sockaddr *) &own, sizeof own);
    int connection = accept(listener, NULL, NULL);
    long sum = 0, n;
    unsigned char expected = 0;
    int bad = 0;
    while ((n = read(connection, block, 5000)) > 0) {
        for (long i = 0; i < n; i++)
            bad += block[i] != expected++;
        sum += n;
    }
    printf("server: %ld bytes, %d wrong, end %ld\n", sum, bad, n);
    write(connection, "thanks", 6);
    close(connection);
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    n = recvfrom(datagrams, block, 99, 0, (struct sockaddr *) &from, &length);
    printf("server: datagram of %ld from %s\n", n, inet_ntoa(from.sin_addr));
    sendto(datagrams, "pong", 4, 0, (struct sockaddr *) &from, length);
    return 0;
}

static int client(struct sockaddr_in to)
{
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    for (int i = 0; i < 100 && connect(connection, (struct sockaddr *) &to, sizeof to) != 0; i++)
        usleep(1000);
    unsigned char next = 0;
    for (int i = 0; i < ROUNDS; i++) {
        for (int k = 0; k < BLOCK; k++)
            block[k] = next++;
        if (write(connection, block, BLOCK) != BLOCK)
            printf("client: short write\n");
    }
    shutdown(connection, SHUT_WR);
    printf("client: answer of %ld\n", (long) read(connection, block, 99));
    printf("client: then %ld\n", (long) read(connection, block, 99));
    int datagrams = socket(AF_INET, SOCK_DGRAM, 0);
    sendto(datagrams, "ping!", 5, 0, (struct sockaddr *) &to, sizeof to);
    printf("client: datagram of %ld\n", (long) recv(datagrams, block, 99, 0));
    to.sin_port = htons(PORT + 1);
    int other = socket(AF_INET, SOCK_STREAM, 0);
    int result = connect(other, (struct sockaddr *) &to, sizeof to);
    printf("client: refused %d %d\n", result, errno == ECONNREFUSED);
    inet_aton("10.0.0.99", &to.sin_addr);
    result = connect(other, (struct sockaddr *) &to, sizeof to);
    printf("client: no host %d %d\n", result, errno == EHOSTUNREACH);
    return 0;
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    if (argc < 3)
        return server(address);
    inet_aton(argv[2], &address.sin_addr);
    return client(address);
}
