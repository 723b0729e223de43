/*
 * procrubbish: writes rubbish to every file of /proc that it can find, its own directory and those of
 * others included, and reads each of them back. What the files say to it is counted, not printed:
 * the kernel is to answer with errnos and to come to no harm.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const rubbish[] = {
    "", "\n", "x", "-", "-2", "65536", "99999999999999999999", "0x", "0xg", "1 1", "1\n1", "%s%n", "\xff\xfe",
    "../../etc", "home balance", "\0001", "1e9", "2147483648", "-2147483649", "nan",
};

static long written;
static long refused;
static long taken;
static char block[40000];

static void scribble(const char *path)
{
    int fd = open(path, O_WRONLY);
    if (fd != -1) {
        for (size_t i = 0; i < sizeof rubbish / sizeof *rubbish; i++) {
            size_t length = i == 15 ? 2 : strlen(rubbish[i]);
            long result = write(fd, rubbish[i], length);
            written++;
            if (result == -1)
                refused++;
            else
                taken++;
        }
        memset(block, '9', sizeof block);
        if (write(fd, block, sizeof block) == -1)
            refused++;
        written++;
        close(fd);
    }
    fd = open(path, O_RDONLY);
    if (fd != -1) {
        while (read(fd, block, sizeof block) > 0) {
        }
        close(fd);
    }
}

static void walk(const char *path, int depth)
{
    DIR *directory = opendir(path);
    if (!directory)
        return;
    struct dirent *entry;
    while ((entry = readdir(directory))) {
        char below[512];
        struct stat status;
        if (entry->d_name[0] == '.')
            continue;
        if (snprintf(below, sizeof below, "%s/%s", path, entry->d_name) >= (int) sizeof below)
            continue;
        if (lstat(below, &status) == -1 || S_ISLNK(status.st_mode))
            continue;
        if (S_ISDIR(status.st_mode) && depth < 6)
            walk(below, depth + 1);
        else if (S_ISREG(status.st_mode))
            scribble(below);
    }
    closedir(directory);
}

int main(void)
{
    walk("/proc", 0);
    printf("wrote %s, refused %s\n", written > 100 ? "much" : "little", refused > taken ? "most" : "little");
    return 0;
}
