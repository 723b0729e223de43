/* exitcode [N]: ends with status N (0 if not given), after its atexit handlers have run. */
#include <stdio.h>
#include <stdlib.h>

static void farewell(void)
{
    puts("atexit handler ran");
}

int main(int argc, char **argv)
{
    atexit(farewell);
    exit(argc > 1 ? (int) strtol(argv[1], NULL, 0) : 0);
}
