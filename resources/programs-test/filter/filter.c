/*
 * filter [BUFFER]: copies its standard input to its standard output in capitals, BUFFER bytes at a
 * time (4096 if not given), and says on standard error how much it was.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    static char buffer[65536];
    size_t size = argc > 1 ? strtoul(argv[1], NULL, 0) : 4096;
    unsigned long bytes = 0, lines = 0;
    ssize_t n;

    if (size < 1 || size > sizeof buffer)
        return 2;
    while ((n = read(STDIN_FILENO, buffer, size)) > 0) {
        for (ssize_t i = 0; i < n; i++) {
            lines += buffer[i] == '\n';
            buffer[i] = (char) toupper((unsigned char) buffer[i]);
        }
        for (ssize_t done = 0; done < n;) {
            ssize_t m = write(STDOUT_FILENO, buffer + done, (size_t) (n - done));
            if (m == -1) {
                perror("filter: write");
                return 1;
            }
            done += m;
        }
        bytes += (unsigned long) n;
    }
    if (n == -1) {
        perror("filter: read");
        return 1;
    }
    fprintf(stderr, "filter: %lu lines, %lu bytes\n", lines, bytes);
    return 0;
}
