/*
 * fdtest [DIRECTORY]: works through the file calls in a directory of its own (/tmp/fdtest if not
 * given), printing what each gave. It leaves nothing behind.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *name_of(int error)
{
    const char *name = strerrorname_np(error);
    return name ? name : "0";
}

/* Prints a call's result, with the name of the error if it failed. */
static long show(const char *what, long result)
{
    if (result == -1)
        printf("%s: -1 %s\n", what, name_of(errno));
    else
        printf("%s: %ld\n", what, result);
    return result;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

static void list(const char *path)
{
    char *names[32];
    int n = 0;
    DIR *directory = opendir(path);
    if (!directory) {
        printf("opendir: %s\n", name_of(errno));
        return;
    }
    for (struct dirent *entry; (entry = readdir(directory)) && n < 32;) {
        char kind = entry->d_type == DT_DIR ? 'd' : entry->d_type == DT_LNK ? 'l' : entry->d_type == DT_REG ? '-' : '?';
        if (asprintf(&names[n], "%s(%c)", entry->d_name, kind) == -1)
            exit(1);
        n++;
    }
    closedir(directory);
    qsort(names, (size_t) n, sizeof *names, by_name);
    printf("entries:");
    for (int i = 0; i < n; i++) {
        printf(" %s", names[i]);
        free(names[i]);
    }
    printf("\n");
}

static void offsets(void)
{
    char text[64];
    int fd = open("data", O_RDWR | O_CREAT | O_EXCL, 0640);
    printf("opened: %s\n", fd >= 0 ? "yes" : "no");
    show("open again O_EXCL", open("data", O_RDWR | O_CREAT | O_EXCL, 0640));
    struct iovec out[3] = {{"one ", 4}, {"two ", 4}, {"three\n", 6}};
    show("writev", writev(fd, out, 3));
    show("lseek end", lseek(fd, 0, SEEK_END));
    show("lseek back", lseek(fd, -6, SEEK_CUR));
    memset(text, 0, sizeof text);
    show("read", read(fd, text, sizeof text));
    printf("text: %s", text);
    show("read at end", read(fd, text, sizeof text));
    show("lseek start", lseek(fd, 0, SEEK_SET));
    char a[5] = {0}, b[10] = {0};
    struct iovec in[2] = {{a, 4}, {b, 4}};
    show("readv", readv(fd, in, 2));
    printf("pieces: [%s] [%s]\n", a, b);
    show("pwrite", pwrite(fd, "TWO", 3, 4));
    show("pread", pread(fd, text, 8, 0));
    printf("text: %.8s\n", text);
    show("lseek is unmoved", lseek(fd, 0, SEEK_CUR));
    show("lseek before start", lseek(fd, -1, SEEK_SET));
    show("lseek beyond", lseek(fd, 10000, SEEK_SET));
    show("write there", write(fd, "x", 1));
    struct stat status;
    show("fstat", fstat(fd, &status));
    printf("size %lld, regular %d, mode %o, links %lu\n", (long long) status.st_size,
           S_ISREG(status.st_mode), status.st_mode & 0777, (unsigned long) status.st_nlink);
    show("hole", pread(fd, text, 4, 5000));
    printf("hole is zero: %s\n", !memcmp(text, "\0\0\0\0", 4) ? "yes" : "no");
    show("ftruncate", ftruncate(fd, 7));
    show("lseek end", lseek(fd, 0, SEEK_END));
    show("close", close(fd));
    show("close again", close(fd));
}

static void duplicates(void)
{
    char text[8] = {0};
    int fd = open("data", O_RDONLY);
    int twin = dup(fd);
    printf("dup is the next: %s\n", twin == fd + 1 ? "yes" : "no");
    show("read 3", read(fd, text, 3));
    show("offset of the twin", lseek(twin, 0, SEEK_CUR));
    show("dup2", dup2(fd, 50) == 50);
    show("dup3 to itself", dup3(fd, fd, 0));
    show("F_DUPFD", fcntl(fd, F_DUPFD, 60));
    show("F_GETFD", fcntl(60, F_GETFD));
    show("F_SETFD", fcntl(60, F_SETFD, FD_CLOEXEC));
    show("F_GETFD", fcntl(60, F_GETFD));
    show("access mode", fcntl(fd, F_GETFL) & O_ACCMODE);
    show("write to read-only", write(fd, "x", 1));
    int own = open("data", O_RDONLY);
    show("offset of an own open", lseek(own, 0, SEEK_CUR));
    close(own);
    close(fd);
    close(twin);
    close(50);
    close(60);
    int append = open("data", O_WRONLY | O_APPEND);
    lseek(append, 0, SEEK_SET);
    show("append", write(append, "++", 2));
    show("offset", lseek(append, 0, SEEK_CUR));
    close(append);
    int truncated = open("data", O_WRONLY | O_TRUNC);
    show("after O_TRUNC", lseek(truncated, 0, SEEK_END));
    close(truncated);
    int ends[2];
    show("pipe2", pipe2(ends, O_NONBLOCK));
    show("empty pipe", read(ends[0], text, 1));
    show("lseek of a pipe", lseek(ends[0], 0, SEEK_SET));
    show("write", write(ends[1], "abc", 3));
    show("read", read(ends[0], text, 8));
    close(ends[1]);
    show("pipe without writer", read(ends[0], text, 8));
    close(ends[0]);
}

static void tree(void)
{
    struct stat status;
    char text[64] = {0};
    show("mkdir", mkdir("sub", 0755));
    show("mkdir again", mkdir("sub", 0755));
    show("mkdir in nothing", mkdir("none/sub", 0755));
    show("rename", rename("data", "sub/moved"));
    show("stat of the old name", stat("data", &status));
    show("stat of the new name", stat("sub/moved", &status));
    show("link", link("sub/moved", "second"));
    stat("second", &status);
    printf("links %lu\n", (unsigned long) status.st_nlink);
    show("symlink", symlink("sub/moved", "pointer"));
    show("readlink", readlink("pointer", text, sizeof text));
    printf("points to: %s\n", text);
    lstat("pointer", &status);
    printf("lstat says link: %d\n", S_ISLNK(status.st_mode));
    stat("pointer", &status);
    printf("stat says regular: %d\n", S_ISREG(status.st_mode));
    show("symlink loop", symlink("loop", "loop"));
    show("open loop", open("loop", O_RDONLY));
    show("chmod", chmod("second", 0600));
    stat("sub/moved", &status);
    printf("mode %o\n", status.st_mode & 0777);
    list(".");
    show("rmdir of a full one", rmdir("sub"));
    show("unlink of a directory", unlink("sub"));
    show("open a directory to write", open("sub", O_WRONLY));
    show("open beneath a file", open("second/x", O_RDONLY));
    show("access", access("second", R_OK | W_OK));
    show("access none", access("none", F_OK));

    int held = open("second", O_RDWR);
    show("write", write(held, "held", 4));
    show("unlink", unlink("second"));
    show("unlink", unlink("sub/moved"));
    show("read after unlink", pread(held, text, 4, 0));
    fstat(held, &status);
    printf("links %lu\n", (unsigned long) status.st_nlink);
    close(held);

    show("chdir", chdir("sub"));
    if (getcwd(text, sizeof text))
        printf("cwd ends in: %s\n", strrchr(text, '/'));
    show("chdir up", chdir(".."));
    show("unlink", unlink("pointer"));
    show("unlink", unlink("loop"));
    show("rmdir", rmdir("sub"));
    list(".");
    mode_t old = umask(077);
    int fd = open("private", O_CREAT | O_WRONLY, 0666);
    fstat(fd, &status);
    printf("mode under umask 077: %o\n", status.st_mode & 0777);
    umask(old);
    close(fd);
    unlink("private");
}

static void devices(void)
{
    char text[16];
    int fd = open("/dev/null", O_RDWR);
    show("write to /dev/null", write(fd, "gone", 4));
    show("read from /dev/null", read(fd, text, 16));
    close(fd);
    fd = open("/dev/zero", O_RDONLY);
    memset(text, 1, sizeof text);
    show("read from /dev/zero", read(fd, text, 16));
    printf("zero: %d %d\n", text[0], text[15]);
    close(fd);
}

int main(int argc, char **argv)
{
    const char *directory = argc > 1 ? argv[1] : "/tmp/fdtest";
    if (mkdir(directory, 0700) == -1 || chdir(directory) == -1) {
        perror(directory);
        return 1;
    }
    offsets();
    duplicates();
    tree();
    devices();
    if (chdir("/") == -1 || rmdir(directory) == -1) {
        perror(directory);
        return 1;
    }
    return 0;
}
