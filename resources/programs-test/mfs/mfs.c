/*
 * mfs: uses files of other nodes below /mfs. The first argument is the folder that it works in, the
 * second how long it computes first.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *at;
static char path[256];

static const char *in(const char *name)
{
    snprintf(path, sizeof path, "%s/%s", at, name);
    return path;
}

static void say(const char *what, long result)
{
    printf("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "ok");
    fflush(stdout);
}

int main(int count, char **arguments)
{
    at = count > 1 ? arguments[1] : "/mfs/2/tmp";
    volatile long spin = count > 2 ? atol(arguments[2]) : 0;
    while (spin > 0)
        spin--;
    char text[64] = "";
    struct stat status;
    int fd = open(in("note"), O_CREAT | O_RDWR | O_TRUNC, 0640);
    say("create", fd);
    if (fd == -1)
        return 1;
    say("write", write(fd, "hello over there", 16));
    printf("seek %ld\n", (long) lseek(fd, 6, SEEK_SET));
    printf("read %zd '%s'\n", read(fd, text, 4), text);
    fstat(fd, &status);
    printf("size %ld mode %o links %ld\n", (long) status.st_size, status.st_mode & 0777, (long) status.st_nlink);
    pid_t child = fork();
    if (child == 0) {
        read(fd, text, 6);
        _exit(strcmp(text, " there") ? 1 : 0);
    }
    int ended;
    waitpid(child, &ended, 0);
    printf("child read on: %s, offset now %ld\n", ended ? "no" : "yes", (long) lseek(fd, 0, SEEK_CUR));
    int copy = dup(fd);
    say("close", close(fd));
    printf("pread %zd '%.5s'\n", pread(copy, text, 5, 0), text);
    close(copy);
    errno = 0;
    say("read after close", read(copy, text, 5));
    say("mkdir", mkdir(in("folder"), 0755));
    char old[256];
    strcpy(old, in("note"));
    say("rename", rename(old, in("folder/moved")));
    say("stat", stat(in("folder/moved"), &status));
    int folder = open(in("folder"), O_RDONLY | O_DIRECTORY);
    say("openat", fd = openat(folder, "moved", O_RDONLY));
    close(fd);
    DIR *directory = fdopendir(folder);
    struct dirent *entry;
    while ((entry = readdir(directory)))
        if (entry->d_name[0] != '.')
            printf("has %s\n", entry->d_name);
    closedir(directory);
    say("link across nodes", link(in("folder/moved"), "/tmp/here"));
    say("proc over there", open("/mfs/2/proc/version", O_RDONLY));
    say("device over there", open("/mfs/2/dev/zero", O_RDONLY));
    say("third node", open("/mfs/2/mfs/1/tmp", O_RDONLY));
    say("no such node", open("/mfs/77/tmp", O_RDONLY));
    say("unlink", unlink(in("folder/moved")));
    say("rmdir", rmdir(in("folder")));
    return 0;
}
