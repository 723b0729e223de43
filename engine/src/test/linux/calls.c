/*
 * Calls on files, pipes, sockets and identities with what they answer, one line each: run on Linux and in a
 * guest, the lines must be the same. Argument: files, pipes, sockets or ids. To be run as root (the guest's
 * programs are), in an empty network name space or where ports 47811 to 47814 are free.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define T(x) (errno = 0, say(#x, (long)(x)))
#define A(x) (struct sockaddr *) &(x), sizeof(x)
#define W(x) (T(x), who())

static int line;

static void say(const char *what, long r) {
    int e = errno;
    printf("%3d %s = %ld", ++line, what, r);
    if (r == -1) printf(" %s", strerrorname_np(e));
    printf("\n");
}

static char big[300000], buf[300000];

static void st(const char *p) {
    struct stat s;
    if (lstat(p, &s)) {
        printf("%s: %s\n", p, strerrorname_np(errno));
        return;
    }
    printf(" %s mode %o nlink %ld uid %d gid %d size %ld\n", p, s.st_mode, S_ISDIR(s.st_mode) ? -1L : (long) s.st_nlink, s.st_uid, s.st_gid, S_ISDIR(s.st_mode) ? -1L : (long) s.st_size);
}

static int ino_eq(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) || stat(b, &y) ? -1 : x.st_ino == y.st_ino && x.st_dev == y.st_dev;
}

static short pl(int fd, short ev) {
    struct pollfd p = {fd, ev, 0};
    poll(&p, 1, 0);
    return p.revents;
}

static void files(void) {
    int fd, fd2;
    struct stat s;
    T(fd = open("a", O_RDWR | O_CREAT | O_EXCL, 0666));
    T(open("a", O_RDWR | O_CREAT | O_EXCL, 0666));
    st("a");
    T(write(fd, "hello world", 11));
    T(lseek(fd, 0, SEEK_CUR));
    T(lseek(fd, -5, SEEK_END));
    memset(buf, 0, 20);
    T(read(fd, buf, 20));
    puts(buf);
    T(read(fd, buf, 20));
    T(lseek(fd, 100, SEEK_SET));
    T(write(fd, "x", 1));
    st("a");
    T(pread(fd, buf, 50, 5));
    printf("%.6s %d\n", buf, buf[10]);
    T(pwrite(fd, "Z", 1, 0));
    T(lseek(fd, 0, SEEK_CUR));
    T(lseek(fd, -1, SEEK_SET));
    T(lseek(fd, 0, 9));
    T(lseek(fd, 5, SEEK_DATA));
    T(lseek(fd, 500, SEEK_DATA));
    T(lseek(fd, 500, SEEK_HOLE));
    T(ftruncate(fd, 5));
    st("a");
    T(truncate("a", 8));
    st("a");
    T(truncate("a", -1));
    T(truncate("nope", 1));
    T(truncate(".", 1));
    T(ftruncate(99, 1));
    T(fd2 = open("a", O_WRONLY | O_APPEND));
    T(write(fd2, "end", 3));
    T(lseek(fd2, 0, SEEK_CUR));
    T(read(fd2, buf, 1));
    T(pread(fd2, buf, 1, 0));
    T(ftruncate(fd2, 3));
    T(pread(fd, buf, 1, -1));
    T(pwrite(fd, buf, 1, -1));
    T(fcntl(fd2, F_GETFL));
    T(fcntl(fd2, F_SETFL, O_NONBLOCK));
    T(fcntl(fd2, F_GETFL));
    T(fcntl(fd, F_GETFD));
    T(fcntl(fd, F_SETFD, FD_CLOEXEC));
    T(fcntl(fd, F_GETFD));
    T(fcntl(fd, F_DUPFD, 50));
    T(fcntl(fd, F_DUPFD_CLOEXEC, 50));
    T(fcntl(51, F_GETFD));
    T(fcntl(50, F_GETFD));
    T(fcntl(fd, F_DUPFD, -1));
    T(fcntl(77, F_GETFD));
    T(fcntl(fd, 9999));
    T(fcntl(fd, F_GETPIPE_SZ));
    T(dup2(fd, fd));
    T(dup3(fd, fd, 0));
    T(dup3(fd, 60, O_CLOEXEC));
    T(fcntl(60, F_GETFD));
    T(dup3(fd, 61, 1));
    T(dup3(fd, -1, 0));
    T(dup2(99, 5));
    T(dup(99));
    T(close(99));
    T(syscall(436, 50, 61, 0));
    T(fcntl(50, F_GETFD));
    T(syscall(436, 5, 4, 0));
    struct iovec v[3] = {{buf, 2}, {buf + 100, 3}, {buf + 200, 10}};
    T(lseek(fd, 0, SEEK_SET));
    T(readv(fd, v, 3));
    T(readv(fd, v, -1));
    T(writev(fd, v, 2));
    T(preadv(fd, v, 2, 1));
    T(writev(fd, v, 0));
    T(open("a/", O_RDONLY));
    T(open("a/b", O_RDONLY));
    T(open("nodir/b", O_CREAT | O_RDWR, 0600));
    T(open("", O_RDONLY));
    T(open(".", O_RDWR));
    T(open(".", O_CREAT | O_RDONLY, 0600));
    T(open("a", O_DIRECTORY));
    T(open("newdir/", O_CREAT | O_RDWR, 0600));
    T(open("n", O_CREAT | O_DIRECTORY, 0600));
    memset(big, 'n', 256);
    big[256] = 0;
    T(open(big, O_CREAT | O_RDWR, 0600));
    big[255] = 0;
    T(close(open(big, O_CREAT | O_RDWR, 0600)));
    T(unlink(big));
    memset(big, 'n', 5000);
    big[5000] = 0;
    T(open(big, O_RDONLY));
    T(mkdir("d", 0777));
    st("d");
    T(mkdir("d", 0777));
    T(mkdir("d/", 0777));
    T(mkdir("x/y", 0777));
    T(mkdir("a/y", 0777));
    T(mkdir(".", 0777));
    T(mkdir("..", 0777));
    T(mkdir("/", 0777));
    T(symlink("a", "l"));
    st("l");
    T(symlink("a", "l"));
    T(symlink("", "e"));
    T(symlink("loop2", "loop1"));
    T(symlink("loop1", "loop2"));
    T(open("loop1", O_RDONLY));
    T(open("l", O_RDONLY | O_NOFOLLOW));
    T(readlink("l", buf, 100));
    T(readlink("l", buf, 0));
    T(readlink("a", buf, 10));
    T(readlink("none", buf, 10));
    T(symlink("gone", "dang"));
    T(open("dang", O_RDONLY));
    T(open("dang", O_CREAT | O_EXCL | O_RDWR, 0600));
    T(close(open("dang", O_CREAT | O_RDWR, 0600)));
    st("gone");
    T(symlink("x", "sl/"));
    T(open("l/", O_RDONLY));
    T(symlink("d/", "ds"));
    T(open("ds", O_RDONLY));
    T(unlink("ds/"));
    T(rmdir("ds"));
    T(rmdir("ds/"));
    T(mkdir("ds/", 0755));
    T(mkdir("a/", 0755));
    T(rename("ds/", "ds2"));
    T(rename("a/", "ds2"));
    T(lstat("ds/", &s));
    T(S_ISDIR(s.st_mode));
    T(symlink("nodir", "dn"));
    T(mkdir("dn/", 0755));
    T(open("dn/", O_CREAT | O_RDWR, 0600));
    T(unlink("dn"));
    T(unlink("ds"));
    T(link("a", "h"));
    st("h");
    T(link("a", "h"));
    T(link("d", "hd"));
    T(link("none", "x"));
    T(link("l", "hl"));
    st("hl");
    T(linkat(AT_FDCWD, "l", AT_FDCWD, "hl2", AT_SYMLINK_FOLLOW));
    T(ino_eq("hl2", "a"));
    T(linkat(AT_FDCWD, "a", AT_FDCWD, "q", 1));
    T(link("a", "nodir/x"));
    T(link("a", "x/"));
    T(unlink("h"));
    T(unlink("h"));
    T(unlink("d"));
    T(unlink("a/"));
    T(unlinkat(AT_FDCWD, "a", 1));
    T(rmdir("a"));
    T(rmdir("d/."));
    T(rmdir("d/.."));
    T(rmdir("/"));
    T(close(open("d/f", O_CREAT | O_RDWR, 0600)));
    T(rmdir("d"));
    T(unlink("nodir/z"));
    T(unlink("."));
    T(rename("a", "b"));
    T(rename("a", "c"));
    T(rename("b", "b"));
    T(rename("b", "hl2"));
    T(ino_eq("b", "hl2"));
    T(rename("b", "d"));
    T(rename("d", "b"));
    T(mkdir("d2", 0755));
    T(rename("d2", "d"));
    T(rename("d", "d2"));
    T(rename("d2", "d2/in"));
    T(rename("b", "b/x"));
    T(rename(".", "dot"));
    T(rename("d2", "."));
    T(rename("b", "newb/"));
    T(rename("d2", "d3/"));
    st("d3");
    T(renameat2(AT_FDCWD, "b", AT_FDCWD, "d3", RENAME_EXCHANGE));
    st("b");
    st("d3");
    T(renameat2(AT_FDCWD, "b", AT_FDCWD, "d3", RENAME_NOREPLACE));
    T(renameat2(AT_FDCWD, "b", AT_FDCWD, "d9", RENAME_EXCHANGE));
    T(renameat2(AT_FDCWD, "b", AT_FDCWD, "d3", 3));
    T(renameat2(AT_FDCWD, "b", AT_FDCWD, "d3", RENAME_EXCHANGE));
    T(rename("nodir/a", "x"));
    T(rename("b", "nodir/x"));
    T(rename("b", ""));
    T(umask(027));
    T(close(open("um", O_CREAT | O_RDWR, 0666)));
    st("um");
    T(mkdir("umd", 0777));
    st("umd");
    T(umask(022));
    T(chmod("um", 06755));
    st("um");
    T(chown("um", 5, 6));
    st("um");
    T(chmod("um", 07777));
    T(fd2 = open("um", O_RDWR));
    T(fchmod(fd2, 0600));
    T(fchown(fd2, -1, 9));
    st("um");
    T(chmod("none", 0));
    T(fchmod(99, 0));
    T(lchown("l", 7, 7));
    st("l");
    T(mkdir("sg", 0755));
    T(chown("sg", 0, 44));
    T(chmod("sg", 02755));
    T(close(open("sg/f", O_CREAT | O_RDWR, 0644)));
    st("sg/f");
    T(mkdir("sg/d", 0755));
    st("sg/d");
    T(access("um", R_OK));
    T(access("um", X_OK));
    T(access("um", 8));
    T(access("none", F_OK));
    T(faccessat(AT_FDCWD, "l", F_OK, AT_SYMLINK_NOFOLLOW));
    T(faccessat(AT_FDCWD, "d3", X_OK, AT_EACCESS));
    struct timespec ts[2] = {{100, 5}, {200, 6}};
    T(utimensat(AT_FDCWD, "um", ts, 0));
    stat("um", &s);
    printf("%ld %ld %ld\n", (long) s.st_atime, (long) s.st_mtime, s.st_mtim.tv_nsec);
    ts[0].tv_nsec = UTIME_OMIT;
    ts[1].tv_nsec = 1999999999;
    T(utimensat(AT_FDCWD, "um", ts, 0));
    ts[1].tv_nsec = UTIME_OMIT;
    T(utimensat(AT_FDCWD, "um", ts, 0));
    T(futimens(fd2, NULL));
    T(utimensat(AT_FDCWD, "none", NULL, 0));
    ts[0] = (struct timespec) {1, 1};
    ts[1] = ts[0];
    T(utimensat(AT_FDCWD, "l", ts, AT_SYMLINK_NOFOLLOW));
    T(utimensat(99, "x", NULL, 0));
    T(mkfifo("ff", 0644));
    st("ff");
    T(mkfifo("ff", 0644));
    T(open("ff", O_WRONLY | O_NONBLOCK));
    T(mknod("sk", S_IFSOCK | 0600, 0));
    st("sk");
    T(open("sk", O_RDONLY));
    T(mknod("reg", S_IFREG | 0600, 0));
    st("reg");
    T(mknod("dd", S_IFDIR | 0600, 0));
    T(mknod("nul", S_IFCHR | 0666, makedev(1, 3)));
    T(chdir("d3"));
    T(getcwd(buf, 300000) != NULL);
    printf("%s\n", strrchr(buf, '/'));
    T(chdir("nope"));
    T(chdir("../b"));
    T(chdir(".."));
    T(fchdir(fd2));
    T(syscall(SYS_getcwd, buf, 1));
    T(fchdir(99));
    T(mkdir("rm", 0755));
    T(chdir("rm"));
    T(rmdir("../rm"));
    T(open("x", O_CREAT | O_RDWR, 0600));
    T(getcwd(buf, 300000) != NULL);
    T(mkdir("y", 0755));
    T(open(".", O_RDONLY) >= 0);
    T(chdir(".."));
    T(fd2 = open("/dev/null", O_RDWR));
    T(read(fd2, buf, 5));
    T(write(fd2, buf, 5));
    T(lseek(fd2, 77, SEEK_SET));
    T(ioctl(fd2, FIONREAD, &fd));
    T(fd2 = open("/dev/full", O_RDWR));
    T(write(fd2, buf, 5));
    T(read(fd2, buf, 5));
    T(fd2 = open("/dev/zero", O_RDONLY));
    T(write(fd2, buf, 5));
    T(isatty(fd2));
    T(fsync(fd2));
    T(fd = open("b", O_RDWR));
    int n = -1;
    T(ioctl(fd, FIONREAD, &n));
    printf("%d\n", n);
    T(fsync(fd));
    T(fdatasync(99));
    T(posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL));
    T(ioctl(fd, 0x5401, buf));
    T(ioctl(99, FIONREAD, &n));
    struct statfs sf;
    T(statfs("none", &sf));
    T(fstatfs(99, &sf));
    T(fstat(99, &s));
    T(fstatat(AT_FDCWD, "b", &s, 0x10));
    T(fstatat(fd, "", &s, AT_EMPTY_PATH));
    T(fstatat(fd, "", &s, 0));
    T(fstatat(fd, "x", &s, 0));
    T(fd2 = open("b", O_PATH));
    T(read(fd2, buf, 1));
    T(fstat(fd2, &s));
    T(fchmod(fd2, 0600));
    T(ioctl(fd2, FIONREAD, &n));
    T(fcntl(fd2, F_GETFL));
    T(fcntl(fd2, F_SETFL, O_APPEND));
    T(close(dup(fd2)));
    struct statx sx;
    T(statx(AT_FDCWD, "b", 0, STATX_BASIC_STATS, &sx));
    printf("%o %lld\n", sx.stx_mode, (long long) sx.stx_size);
    T(syscall(SYS_statx, AT_FDCWD, "b", 0x20, 0, &sx));
    T(flock(fd, LOCK_EX));
    T(flock(fd2, LOCK_EX));
    T(fd2 = open("b", O_RDWR));
    T(flock(fd2, LOCK_SH | LOCK_NB));
    T(flock(fd, LOCK_SH));
    T(flock(fd2, LOCK_SH | LOCK_NB));
    T(flock(fd2, LOCK_EX | LOCK_NB));
    T(flock(fd, 77));
    T(close(fd));
    T(flock(fd2, LOCK_EX | LOCK_NB));
    struct flock fl = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 10, .l_len = 10};
    T(fcntl(fd2, F_SETLK, &fl));
    fflush(stdout);
    if (fork() == 0) {
        fl.l_start = 0;
        fl.l_len = 0;
        T(fcntl(fd2, F_SETLK, &fl));
        T(fcntl(fd2, F_GETLK, &fl));
        printf("%d %ld %ld %d\n", fl.l_type, (long) fl.l_start, (long) fl.l_len, fl.l_pid == getppid());
        fl.l_type = F_RDLCK;
        fl.l_start = -1;
        fl.l_whence = SEEK_SET;
        T(fcntl(fd2, F_SETLK, &fl));
        fl.l_start = 30;
        T(fcntl(fd2, F_SETLK, &fl));
        fl.l_start = 0;
        fl.l_len = 5;
        T(fcntl(fd2, F_GETLK, &fl));
        printf("%d\n", fl.l_type);
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    line += 6;
    off_t o = 2;
    T(fd = open("src", O_CREAT | O_RDWR, 0600));
    T(write(fd, "0123456789", 10));
    T(sendfile(fd2, fd, &o, 5));
    printf("%ld\n", (long) o);
    T(lseek(fd, 0, SEEK_CUR));
    T(lseek(fd, 3, SEEK_SET));
    T(sendfile(fd2, fd, NULL, 100));
    T(lseek(fd, 0, SEEK_CUR));
    T(sendfile(fd2, fd, NULL, 100));
    T(sendfile(fd, 99, NULL, 1));
    DIR *d = opendir(".");
    struct dirent *e;
    int c = 0, dots = 0;
    while ((e = readdir(d))) {
        c++;
        dots += e->d_name[0] == '.';
        if (e->d_name[0] == 'f') printf("%s %d\n", e->d_name, e->d_type);
    }
    printf("entries %d %d\n", c, dots);
    T(syscall(SYS_getdents64, dirfd(d), buf, 10));
    rewinddir(d);
    T(syscall(SYS_getdents64, dirfd(d), buf, 10));
    T(syscall(SYS_getdents64, fd, buf, 100));
    closedir(d);
    T(mkdir("many", 0755));
    char nm[64];
    for (int i = 0; i < 200; i++) {
        sprintf(nm, "many/f%d", i);
        close(open(nm, O_CREAT | O_WRONLY, 0600));
    }
    d = opendir("many");
    c = 0;
    while ((e = readdir(d))) {
        if (e->d_name[0] == '.') continue;
        sprintf(nm, "many/%s", e->d_name);
        if (unlink(nm) == 0) c++;
    }
    closedir(d);
    printf("removed %d\n", c);
    T(rmdir("many"));
    T(setegid(100));
    T(seteuid(100));
    T(open("um", O_RDONLY));
    T(open("mine", O_CREAT | O_RDWR, 0600));
    T(mkdir("mine", 0700));
    T(unlink("um"));
    T(chmod("um", 0));
    T(chown("b", 100, 100));
    T(open("b", O_RDONLY) >= 0);
    T(open("b", O_WRONLY));
    T(access("um", R_OK));
    T(rename("b", "bb"));
    T(open("/dev/null", O_WRONLY) >= 0);
    T(utimensat(AT_FDCWD, "b", NULL, 0));
    T(utimensat(AT_FDCWD, "b", ts, 0));
    T(mknod("nn", S_IFCHR | 0666, makedev(1, 3)));
    T(seteuid(0));
    T(setegid(0));
    T(mkdir("stk", 01777));
    T(chmod("stk", 01777));
    T(close(open("stk/root", O_CREAT | O_RDWR, 0666)));
    T(seteuid(100));
    T(unlink("stk/root"));
    T(rename("stk/root", "stk/r2"));
    T(close(open("stk/mine", O_CREAT | O_RDWR, 0600)));
    T(unlink("stk/mine"));
    T(seteuid(0));
}

static void who(void) {
    uid_t r, e, v;
    getresuid(&r, &e, &v);
    printf("  %d %d %d, %d %d\n", r, e, v, getuid(), geteuid());
}

static void ids(void) {
    gid_t g[3] = {7, 8, 9};
    T(setgroups(3, g));
    T(getgroups(0, NULL));
    T(getgroups(2, g));
    memset(g, 0, sizeof g);
    T(getgroups(3, g));
    printf("%d %d %d\n", g[0], g[1], g[2]);
    T(setgroups(0, NULL));
    T(getgroups(0, NULL));
    T(setresgid(10, 20, 30));
    T(getgid());
    T(getegid());
    T(setregid(-1, 10));
    T(getegid());
    T(setgid(40));
    T(getgid());
    W(setresuid(100, 200, 0));
    W(setuid(300));
    W(setuid(100));
    W(setresuid(-1, 0, -1));
    W(setreuid(100, 200));
    W(setreuid(200, -1));
    W(setreuid(-1, 300));
    W(setreuid(-1, 200));
    W(setuid(100));
    W(setresuid(200, 200, 200));
    W(setresuid(0, -1, -1));
    T(setgroups(0, NULL));
    T(setgid(1));
    T(setgid(40));
}

static void pipes(void) {
    int p[2], q[2];
    T(pipe2(p, O_NONBLOCK));
    T(pipe2(q, 0x1));
    T(read(p[0], buf, 1));
    T(write(p[0], buf, 1));
    T(read(p[1], buf, 1));
    T(lseek(p[0], 0, SEEK_SET));
    T(pread(p[0], buf, 1, 0));
    T(ftruncate(p[0], 0));
    T(fsync(p[0]));
    T(posix_fadvise(p[0], 0, 0, 0));
    T(fcntl(p[0], F_GETPIPE_SZ));
    T(write(p[1], big, 100));
    int n;
    T(ioctl(p[0], FIONREAD, &n));
    printf("%d %x %x\n", n, pl(p[0], POLLIN | POLLOUT), pl(p[1], POLLIN | POLLOUT));
    T(read(p[0], buf, 1000));
    T(write(p[1], big, 65536));
    T(write(p[1], big, 1));
    T(write(p[1], big, 10000));
    printf("%x\n", pl(p[1], POLLOUT));
    T(read(p[0], buf, 65536));
    T(fcntl(p[1], F_SETPIPE_SZ, 4096));
    T(write(p[1], big, 4097));
    T(fcntl(p[1], F_SETPIPE_SZ, 5000));
    T(fcntl(p[1], F_SETPIPE_SZ, -1));
    T(read(p[0], buf, 0));
    T(close(p[1]));
    T(read(p[0], buf, 9999));
    T(read(p[0], buf, 10));
    printf("%x\n", pl(p[0], POLLIN));
    T(close(p[0]));
    T(pipe(p));
    T(close(p[0]));
    signal(SIGPIPE, SIG_IGN);
    T(write(p[1], big, 1));
    T(write(p[1], big, 0));
    printf("%x\n", pl(p[1], POLLOUT));
    T(close(p[1]));
    printf("%x %x\n", pl(99, POLLIN), pl(-1, POLLIN));
    struct stat s;
    T(pipe(p));
    T(fstat(p[0], &s));
    printf("%o\n", s.st_mode);
    T(fcntl(p[0], F_GETFL));
    T(fcntl(p[1], F_GETFL));
    fd_set r, w;
    FD_ZERO(&r);
    FD_ZERO(&w);
    FD_SET(p[0], &r);
    FD_SET(p[1], &w);
    struct timeval tv = {0, 1000};
    T(select(p[1] + 1, &r, &w, NULL, &tv));
    printf("%d %d\n", !!FD_ISSET(p[0], &r), !!FD_ISSET(p[1], &w));
    FD_ZERO(&r);
    FD_SET(p[0], &r);
    tv.tv_usec = 1000;
    T(select(p[1] + 1, &r, NULL, NULL, &tv));
    FD_ZERO(&r);
    FD_SET(90, &r);
    T(select(91, &r, NULL, NULL, &tv));
    T(select(-1, NULL, NULL, NULL, &tv));
    T(poll(NULL, 0, 1));
    struct pollfd pf = {p[0], POLLIN, 0};
    T(poll(&pf, 1, 1));
    fflush(stdout);
    if (fork() == 0) {
        close(p[1]);
        long sum = 0, got;
        unsigned char c = 0;
        int bad = 0;
        while ((got = read(p[0], buf, 7777)) > 0) {
            for (long i = 0; i < got; i++) bad += (unsigned char) buf[i] != c++;
            sum += got;
        }
        printf("child %ld bad %d\n", sum, bad);
        fflush(stdout);
        _exit(0);
    }
    close(p[0]);
    unsigned char c = 0;
    for (int i = 0; i < 40; i++) {
        for (int k = 0; k < 30011; k++) big[k] = c++;
        if (write(p[1], big, 30011) != 30011) puts("short");
    }
    close(p[1]);
    wait(NULL);
    unlink("ff2");
    T(mkfifo("ff2", 0600));
    fflush(stdout);
    if (fork() == 0) {
        int f = open("ff2", O_WRONLY);
        write(f, "fifo", 4);
        _exit(0);
    }
    int f;
    T(f = open("ff2", O_RDONLY));
    memset(buf, 0, 9);
    T(read(f, buf, 9));
    puts(buf);
    T(read(f, buf, 9));
    wait(NULL);
    T(close(f));
    T(f = open("ff2", O_RDONLY | O_NONBLOCK));
    printf("%x\n", pl(f, POLLIN));
    T(read(f, buf, 1));
    T(close(f));
    T(f = open("ff2", O_RDWR));
    T(write(f, "xy", 2));
    T(read(f, buf, 9));
    T(close(f));
    T(f = eventfd(3, EFD_NONBLOCK));
    unsigned long long v;
    T(read(f, &v, 8));
    printf("%llu\n", v);
    T(read(f, &v, 8));
    T(read(f, &v, 4));
    v = 5;
    T(write(f, &v, 8));
    T(write(f, &v, 8));
    printf("%x\n", pl(f, POLLIN | POLLOUT));
    T(read(f, &v, 8));
    printf("%llu\n", v);
    v = -1;
    T(write(f, &v, 8));
    v = -2;
    T(write(f, &v, 8));
    v = 1;
    T(write(f, &v, 8));
    printf("%x\n", pl(f, POLLIN | POLLOUT));
    T(close(f));
    T(f = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK));
    T(read(f, &v, 8));
    printf("%llu\n", v);
    T(read(f, &v, 8));
    T(read(f, &v, 8));
    T(lseek(f, 0, SEEK_SET));
    T(close(f));
    T(eventfd(0, 64));
}

static struct sockaddr_in in(int ip, int port) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(ip)};
    return a;
}

static int opt(int fd, int l, int n) {
    int v = -7;
    socklen_t len = sizeof v;
    if (getsockopt(fd, l, n, &v, &len)) return -errno;
    return v;
}

static void sockets(void) {
    int s, c, a, sv[2], one = 1;
    struct sockaddr_in ad = in(INADDR_LOOPBACK, 47811), x;
    socklen_t len;
    struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "us"};
    T(socket(AF_INET, 77, 0));
    T(socket(AF_INET, SOCK_STREAM, 17));
    T(socket(12345, SOCK_STREAM, 0));
    T(socketpair(AF_INET, SOCK_STREAM, 0, sv));
    T(s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    T(fcntl(s, F_GETFD));
    T(fcntl(s, F_GETFL));
    printf("type %d dom %d proto %d err %d acc %d\n", opt(s, SOL_SOCKET, SO_TYPE), opt(s, SOL_SOCKET, SO_DOMAIN), opt(s, SOL_SOCKET, SO_PROTOCOL), opt(s, SOL_SOCKET, SO_ERROR), opt(s, SOL_SOCKET, SO_ACCEPTCONN));
    printf("%x\n", pl(s, POLLIN | POLLOUT));
    T(recv(s, buf, 1, 0));
    T(send(s, buf, 1, MSG_NOSIGNAL));
    T(getpeername(s, (struct sockaddr *) &x, (len = sizeof x, &len)));
    T(accept(s, NULL, NULL));
    T(shutdown(s, SHUT_RDWR));
    T(connect(s, (struct sockaddr *) &ad, 3));
    T(bind(s, (struct sockaddr *) &ad, 3));
    T(bind(s, A(un)));
    T(connect(s, A(ad)));
    T(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, 2));
    T(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, 4));
    T(opt(s, SOL_SOCKET, SO_REUSEADDR));
    T(setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, 4));
    T(opt(s, IPPROTO_TCP, TCP_NODELAY));
    T(opt(s, SOL_SOCKET, 9999));
    T(setsockopt(s, SOL_SOCKET, 9999, &one, 4));
    T(bind(s, A(ad)));
    T(bind(s, A(ad)));
    x = in(0x08080808, 1);
    T(c = socket(AF_INET, SOCK_STREAM, 0));
    T(bind(c, A(x)));
    T(bind(c, A(ad)));
    T(listen(s, 2));
    T(opt(s, SOL_SOCKET, SO_ACCEPTCONN));
    printf("%x\n", pl(s, POLLIN | POLLOUT));
    T(connect(s, A(ad)));
    T(recv(s, buf, 1, 0));
    T(send(s, buf, 1, MSG_NOSIGNAL));
    fcntl(s, F_SETFL, O_NONBLOCK);
    T(accept(s, NULL, NULL));
    T(connect(c, A(ad)));
    T(connect(c, A(ad)));
    printf("%x\n", pl(s, POLLIN));
    T(a = accept4(s, (struct sockaddr *) &x, (len = sizeof x, &len), SOCK_NONBLOCK));
    printf("%d %x %d\n", x.sin_family, ntohl(x.sin_addr.s_addr), len);
    T(getpeername(c, (struct sockaddr *) &x, (len = sizeof x, &len)));
    printf("%x %d %d\n", ntohl(x.sin_addr.s_addr), ntohs(x.sin_port), len);
    T(getsockname(a, (struct sockaddr *) &x, (len = 4, &len)));
    printf("%d\n", len);
    T(fcntl(a, F_GETFL));
    T(accept4(s, NULL, NULL, 7));
    T(recv(a, buf, 10, 0));
    T(send(c, "hello", 5, 0));
    usleep(1000);
    T(recv(a, buf, 2, MSG_PEEK));
    T(recv(a, buf, 10, 0));
    T(recv(a, buf, 10, MSG_OOB));
    T(write(c, "abc", 3));
    usleep(1000);
    int n;
    T(ioctl(a, FIONREAD, &n));
    printf("%d %x\n", n, pl(a, POLLIN | POLLOUT | POLLRDHUP));
    T(read(a, buf, 2));
    T(lseek(a, 0, 0));
    T(shutdown(c, SHUT_WR));
    usleep(1000);
    T(read(a, buf, 10));
    T(read(a, buf, 10));
    printf("%x\n", pl(a, POLLIN | POLLOUT | POLLRDHUP));
    T(send(c, "x", 1, MSG_NOSIGNAL));
    T(send(a, "back", 4, 0));
    usleep(1000);
    T(read(c, buf, 10));
    T(shutdown(a, 9));
    T(close(a));
    usleep(1000);
    T(read(c, buf, 10));
    printf("%x\n", pl(c, POLLIN | POLLOUT | POLLRDHUP));
    T(close(c));
    T(c = socket(AF_INET, SOCK_STREAM, 0));
    T(connect(c, A(ad)));
    T(a = accept(s, NULL, NULL));
    T(write(c, "unread", 6));
    usleep(1000);
    T(close(a));
    usleep(1000);
    T(read(c, buf, 9));
    T(read(c, buf, 9));
    T(send(c, "x", 1, MSG_NOSIGNAL));
    T(close(c));
    T(c = socket(AF_INET, SOCK_STREAM, 0));
    T(connect(c, A(ad)));
    T(a = accept(s, NULL, NULL));
    T(close(a));
    usleep(1000);
    T(send(c, "x", 1, MSG_NOSIGNAL));
    usleep(1000);
    T(send(c, "x", 1, MSG_NOSIGNAL));
    T(read(c, buf, 9));
    T(close(c));
    fflush(stdout);
    fcntl(s, F_SETFL, 0);
    if (fork() == 0) {
        close(s);
        c = socket(AF_INET, SOCK_STREAM, 0);
        connect(c, A(ad));
        unsigned char ch = 0;
        for (int i = 0; i < 30; i++) {
            for (int k = 0; k < 29989; k++) big[k] = ch++;
            long w = send(c, big, 29989, 0);
            if (w != 29989) printf("short %ld\n", w);
        }
        long r = recv(c, buf, 9, MSG_WAITALL);
        printf("child got %ld\n", r);
        fflush(stdout);
        _exit(0);
    }
    T(a = accept(s, NULL, NULL));
    long sum = 0, got;
    unsigned char ch = 0;
    int bad = 0;
    while (sum < 30L * 29989) {
        got = recv(a, buf, 8191, 0);
        if (got <= 0) break;
        for (long i = 0; i < got; i++) bad += (unsigned char) buf[i] != ch++;
        sum += got;
    }
    printf("got %ld bad %d\n", sum, bad);
    T(write(a, "1234", 4));
    usleep(1000);
    T(write(a, "56789", 5));
    T(recv(a, buf, 1, 0));
    wait(NULL);
    T(close(a));
    T(close(s));
    T(s = socket(AF_UNIX, SOCK_STREAM, 0));
    T(listen(s, 1));
    T(send(s, buf, 1, MSG_NOSIGNAL));
    T(recv(s, buf, 1, MSG_DONTWAIT));
    T(connect(s, A(un)));
    T(bind(s, A(ad)));
    T(bind(s, A(un)));
    st("us");
    T(c = socket(AF_UNIX, SOCK_STREAM, 0));
    T(bind(c, A(un)));
    T(connect(c, A(un)));
    T(listen(s, 1));
    T(connect(c, A(un)));
    T(connect(c, A(un)));
    T(a = accept(s, NULL, NULL));
    struct sockaddr_un ux;
    T(getpeername(c, (struct sockaddr *) &ux, (len = sizeof ux, &len)));
    printf("%s %d\n", ux.sun_path, len);
    T(getsockname(c, (struct sockaddr *) &ux, (len = sizeof ux, &len)));
    printf("%d\n", len);
    T(write(c, "abc", 3));
    T(read(a, buf, 9));
    T(sendto(c, "x", 1, 0, A(un)));
    printf("%x\n", pl(c, POLLIN | POLLOUT | POLLRDHUP));
    T(close(a));
    printf("%x\n", pl(c, POLLIN | POLLOUT | POLLRDHUP));
    T(send(c, "x", 1, MSG_NOSIGNAL));
    T(read(c, buf, 1));
    T(close(c));
    T(close(s));
    T(c = socket(AF_UNIX, SOCK_STREAM, 0));
    T(connect(c, A(un)));
    T(unlink("us"));
    T(connect(c, A(un)));
    strcpy(un.sun_path, "b");
    T(connect(c, A(un)));
    T(close(c));
    T(socketpair(AF_UNIX, SOCK_STREAM, 0, sv));
    T(write(sv[0], "pair", 4));
    T(read(sv[1], buf, 9));
    T(getpeername(sv[0], (struct sockaddr *) &ux, (len = sizeof ux, &len)));
    printf("%d\n", len);
    T(shutdown(sv[0], SHUT_WR));
    T(read(sv[1], buf, 1));
    T(write(sv[1], "z", 1));
    T(read(sv[0], buf, 1));
    T(send(sv[0], "x", 1, MSG_NOSIGNAL));
    T(close(sv[0]));
    T(send(sv[1], "x", 1, MSG_NOSIGNAL));
    T(close(sv[1]));
    T(socketpair(AF_UNIX, SOCK_STREAM, 0, sv));
    T(write(sv[0], "unread", 6));
    T(close(sv[1]));
    T(read(sv[0], buf, 9));
    T(read(sv[0], buf, 9));
    T(close(sv[0]));
    T(socketpair(AF_UNIX, SOCK_DGRAM, 0, sv));
    T(write(sv[0], "one", 3));
    T(write(sv[0], "two2", 4));
    T(read(sv[1], buf, 2));
    T(read(sv[1], buf, 9));
    T(send(sv[0], "", 0, 0));
    T(recv(sv[1], buf, 9, 0));
    T(recv(sv[1], buf, 9, MSG_DONTWAIT));
    T(write(sv[0], "long", 4));
    T(recv(sv[1], buf, 2, MSG_TRUNC));
    T(write(sv[0], "msg", 3));
    struct iovec v[2] = {{buf, 1}, {buf + 10, 1}};
    struct msghdr m = {.msg_iov = v, .msg_iovlen = 2, .msg_name = &ux, .msg_namelen = sizeof ux};
    T(recvmsg(sv[1], &m, 0));
    printf("%x %d %c%c\n", m.msg_flags, m.msg_namelen, buf[0], buf[10]);
    T(close(sv[1]));
    T(send(sv[0], "x", 1, MSG_NOSIGNAL));
    T(close(sv[0]));
    T(s = socket(AF_INET, SOCK_DGRAM, 0));
    T(c = socket(AF_INET, SOCK_DGRAM, 0));
    ad.sin_port = htons(47812);
    T(bind(s, A(ad)));
    T(listen(s, 1));
    T(accept(s, 0, 0));
    T(write(c, "x", 1));
    T(sendto(c, "dgram", 5, 0, A(ad)));
    usleep(1000);
    printf("%x\n", pl(s, POLLIN | POLLOUT));
    T(ioctl(s, FIONREAD, &n));
    printf("%d\n", n);
    T(recvfrom(s, buf, 3, MSG_PEEK, (struct sockaddr *) &x, (len = sizeof x, &len)));
    printf("%x %d\n", ntohl(x.sin_addr.s_addr), len);
    T(sendto(s, "reply", 5, 0, A(x)));
    T(recvfrom(s, buf, 9, 0, NULL, NULL));
    T(recv(c, buf, 9, 0));
    T(recv(s, buf, 9, MSG_DONTWAIT));
    T(sendto(c, big, 70000, 0, A(ad)));
    T(sendto(c, "", 0, 0, A(ad)));
    T(recv(s, buf, 9, 0));
    T(connect(c, A(ad)));
    T(getpeername(c, (struct sockaddr *) &x, (len = sizeof x, &len)));
    T(send(c, "con", 3, 0));
    T(recv(s, buf, 9, 0));
    x.sin_family = AF_UNSPEC;
    T(connect(c, A(x)));
    T(send(c, "x", 1, 0));
    ad.sin_port = htons(47813);
    T(connect(c, A(ad)));
    T(send(c, "nobody", 6, 0));
    usleep(1000);
    T(opt(c, SOL_SOCKET, SO_ERROR));
    T(send(c, "nobody", 6, 0));
    usleep(1000);
    T(recv(c, buf, 1, 0));
    T(recv(c, buf, 1, MSG_DONTWAIT));
    T(sendto(c, "x", 1, 0, A(un)));
    T(close(c));
    struct timeval tv = {0, 2000};
    T(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv));
    T(recv(s, buf, 1, 0));
    T(close(s));
    ad.sin_port = htons(47814);
    T(s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
    T(connect(s, A(ad)));
    usleep(1000);
    printf("%x\n", pl(s, POLLIN));
    T(connect(s, A(ad)));
    T(opt(s, SOL_SOCKET, SO_ERROR));
    T(close(s));
    T(listen(open("b", O_RDONLY), 1));
    T(bind(99, A(ad)));
    T(recv(99, buf, 1, 0));
}

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    signal(SIGPIPE, SIG_IGN);
    umask(022);
    for (int i = 3; i < 30; i++) close(i);
    char dir[] = "/tmp/dXXXXXX";
    if (!mkdtemp(dir) || chdir(dir)) return 9;
    chmod(".", 0755);
    const char *w = argc > 1 ? argv[1] : "all";
    if (!strcmp(w, "ids")) {
        ids();
        fflush(stdout);
        return 0;
    }
    if (strcmp(w, "pipes") && strcmp(w, "sockets")) files();
    close(open("b", O_CREAT|O_RDWR, 0644));
    if (strcmp(w, "files") && strcmp(w, "sockets")) pipes();
    if (strcmp(w, "files") && strcmp(w, "pipes")) sockets();
    fflush(stdout);
    return 0;
}
