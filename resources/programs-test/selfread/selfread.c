/*
 * selfread: prints what /proc says about this process: its lock, stay reasons, place, moves, status,
 * command line and mappings. A file that is not there is reported, not fatal, so that it also runs
 * on an ordinary Linux.
 *
 * selfread FILE TEXT writes TEXT and a newline to /proc/self/FILE (selfread lock 1), then prints
 * that file. selfread FILE prints one file only.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int print(const char *name)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/self/%s", name);
    int fd = open(path, O_RDONLY);
    if (fd == -1) {
        printf("%s: %s\n", name, strerror(errno));
        return 1;
    }
    printf("%s:\n", name);
    char last = '\n';
    for (ssize_t n; (n = read(fd, text, sizeof text)) > 0; last = text[n - 1])
        for (ssize_t i = 0; i < n; i++)
            putchar(text[i] ? text[i] : ' ');
    if (last != '\n')
        putchar('\n');
    close(fd);
    return 0;
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"lock", "cantmove", "where", "nmigs", "status", "cmdline", "maps"};

    if (argc > 2) {
        char path[64], line[128];
        snprintf(path, sizeof path, "/proc/self/%s", argv[1]);
        snprintf(line, sizeof line, "%s\n", argv[2]);
        int fd = open(path, O_WRONLY);
        if (fd == -1 || write(fd, line, strlen(line)) != (ssize_t) strlen(line)) {
            perror(path);
            return 1;
        }
        close(fd);
    }
    if (argc > 1)
        return print(argv[1]);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        print(names[i]);
    return 0;
}
