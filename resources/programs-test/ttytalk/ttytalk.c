/* Talks to the terminal it was started on: what it is, a line, ^C, the window, single keys, a flood. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted, resized;

static void note(int signal)
{
    if (signal == SIGINT)
        interrupted = 1;
    else
        resized = 1;
}

static void window(void)
{
    struct winsize size;
    ioctl(0, TIOCGWINSZ, &size);
    printf("window %dx%d\n", size.ws_col, size.ws_row);
}

int main(void)
{
    char line[128];
    struct sigaction act = {.sa_handler = note};
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGWINCH, &act, NULL);
    printf("on %s, leader %s, foreground %s\n", ttyname(0), getsid(0) == getpid() ? "yes" : "no",
           tcgetpgrp(0) == getpgrp() ? "yes" : "no");
    window();
    printf("name? ");
    fflush(stdout);
    if (fgets(line, sizeof line, stdin))
        printf("hello %s", line);
    printf("^C please\n");
    while (!interrupted)
        pause();
    printf("resize please\n");
    while (!resized)
        pause();
    window();
    struct termios t;
    tcgetattr(0, &t);
    struct termios raw = t;
    cfmakeraw(&raw);
    tcsetattr(0, TCSANOW, &raw);
    char key = 0;
    while (key != 'q')
        if (read(0, &key, 1) == 1)
            dprintf(1, "<%02x>", (unsigned char)key);
    tcsetattr(0, TCSANOW, &t);
    printf("\nflood\n");
    for (int i = 0; i < 1000; i++)
        printf("line %d of a thousand\n", i);
    if (!fgets(line, sizeof line, stdin))
        printf("end of file\n");
    return 0;
}
