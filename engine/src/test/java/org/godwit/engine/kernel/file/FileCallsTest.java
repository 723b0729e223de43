package org.godwit.engine.kernel.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.memory.PageStore;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Files and names, call by call: what the manual pages promise, errors first. */
class FileCallsTest {
  private static final int CWD = OpenFlags.AT_CWD;
  private static final int CREATE = OpenFlags.CREATE | OpenFlags.READ_WRITE;

  /** One call, or a few, and what the last one answers. */
  private record Case(String what, long expected, ToLongFunction<FileWorld> act) {}

  private static FileWorld world() {
    FileWorld world = new FileWorld();
    FileTree tree = world.node.tree();
    tree.put("/etc/motd", 0644, "hello world".getBytes(StandardCharsets.UTF_8));
    tree.put("/etc/shadow", 0600, "secret".getBytes(StandardCharsets.UTF_8));
    tree.directory("/home/user", 0755);
    tree.own("/home/user", 500, 500);
    tree.link("/motd", "etc/motd");
    tree.link("/loop", "loop");
    tree.link("/dangling", "/tmp/nowhere");
    tree.link("/home/slash", "/etc/");
    tree.put("/bin/tool", 0755, PageStore.sealed(new byte[5000]));
    return world;
  }

  private static void unprivileged(FileWorld world) {
    world.ctx.credentials(Credentials.of(500, 500));
  }

  @TestFactory
  Stream<DynamicTest> answers() {
    List<Case> cases = new ArrayList<>();
    opening(cases);
    naming(cases);
    looking(cases);
    changing(cases);
    moving(cases);
    return cases.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.what,
                    () -> assertThat(each.act.applyAsLong(world())).isEqualTo(each.expected)));
  }

  private static void opening(List<Case> to) {
    to.add(new Case("open: first descriptor", 0, w -> w.openExisting("/etc/motd")));
    to.add(new Case("open: missing", -Errno.ENOENT, w -> w.openExisting("/etc/none")));
    to.add(new Case("open: empty path", -Errno.ENOENT, w -> w.openExisting("")));
    to.add(new Case("open: null path", -Errno.EFAULT, w -> w.call("openat", CWD, null, 0, 0)));
    to.add(new Case("open: below a file", -Errno.ENOTDIR, w -> w.openExisting("/etc/motd/x")));
    to.add(new Case("open: file with slash", -Errno.ENOTDIR, w -> w.openExisting("/etc/motd/")));
    to.add(new Case("open: links in a circle", -Errno.ELOOP, w -> w.openExisting("/loop")));
    to.add(new Case("open: dangling link", -Errno.ENOENT, w -> w.openExisting("/dangling")));
    to.add(new Case("open: through a link", 0, w -> w.openExisting("/motd")));
    to.add(new Case("open: link to directory with slash", 0, w -> w.openExisting("/home/slash")));
    to.add(new Case("open: no follow", -Errno.ELOOP, w -> w.open("/motd", OpenFlags.NO_FOLLOW, 0)));
    to.add(
        new Case(
            "open: create through a dangling link",
            0,
            w -> {
              w.open("/dangling", CREATE, 0600);
              return w.node.tree().find("/tmp/nowhere") == null ? 1 : 0;
            }));
    to.add(
        new Case(
            "open: exclusive on a dangling link",
            -Errno.EEXIST,
            w -> w.open("/dangling", CREATE | OpenFlags.EXCLUSIVE, 0600)));
    to.add(
        new Case(
            "open: name of 256 bytes", -Errno.ENAMETOOLONG, w -> w.openExisting("x".repeat(256))));
    to.add(new Case("open: name of 255 bytes", 0, w -> w.open("x".repeat(255), CREATE, 0644)));
    to.add(
        new Case(
            "open: directory for writing",
            -Errno.EISDIR,
            w -> w.open("/etc", OpenFlags.WRITE_ONLY, 0)));
    to.add(new Case("open: create on directory", -Errno.EISDIR, w -> w.open("/etc", 0100, 0)));
    to.add(
        new Case("open: create with slash", -Errno.EISDIR, w -> w.open("/tmp/a/", CREATE, 0644)));
    to.add(
        new Case(
            "open: file as directory",
            -Errno.ENOTDIR,
            w -> w.open("/etc/motd", OpenFlags.DIRECTORY, 0)));
    to.add(new Case("open: bad dirfd", -Errno.EBADF, w -> w.call("openat", 9, "x", 0, 0)));
    to.add(new Case("open: bad dirfd does not matter", 0, w -> w.call("openat", 9, "/etc", 0, 0)));
    to.add(
        new Case(
            "open: dirfd is a file",
            -Errno.ENOTDIR,
            w -> w.call("openat", w.openExisting("/motd"), "x", 0, 0)));
    to.add(
        new Case(
            "open: others' file",
            -Errno.EACCES,
            w -> {
              unprivileged(w);
              return w.openExisting("/etc/shadow");
            }));
    to.add(
        new Case(
            "open: create in others' directory",
            -Errno.EACCES,
            w -> {
              unprivileged(w);
              return w.open("/etc/mine", CREATE, 0644);
            }));
    to.add(
        new Case(
            "open: no descriptor left",
            -Errno.EMFILE,
            w -> {
              w.ctx.descriptors().limit(2);
              w.openExisting("/");
              w.openExisting("/");
              return w.openExisting("/");
            }));
    to.add(
        new Case(
            "open: umask applies",
            0640,
            w -> {
              w.call("umask", 027);
              w.open("/tmp/f", CREATE, 0666);
              return w.node.tree().find("/tmp/f").permissions;
            }));
    to.add(
        new Case(
            "close: twice",
            -Errno.EBADF,
            w -> {
              int fd = w.openExisting("/");
              w.call("close", fd);
              return w.call("close", fd);
            }));
    to.add(
        new Case(
            "dup: lowest free",
            1,
            w -> {
              w.openExisting("/");
              w.openExisting("/");
              w.call("close", 1);
              return w.call("dup", 0);
            }));
    to.add(new Case("dup3: onto itself", -Errno.EINVAL, w -> w.call("dup3", 0, 0, 0)));
    to.add(
        new Case(
            "dup3: beyond the limit",
            -Errno.EBADF,
            w -> {
              w.openExisting("/");
              return w.call("dup3", 0, 1024, 0);
            }));
    to.add(
        new Case(
            "fcntl: dupfd from 10",
            10,
            w -> {
              w.openExisting("/");
              return w.call("fcntl", 0, 0, 10);
            }));
    to.add(
        new Case(
            "fcntl: cloexec",
            1,
            w -> {
              w.open("/", OpenFlags.CLOSE_ON_EXEC, 0);
              return w.call("fcntl", 0, 1, 0);
            }));
    to.add(
        new Case(
            "fcntl: flags",
            02 | 02000 | 0100000,
            w -> {
              w.open("/tmp/f", CREATE | OpenFlags.APPEND | OpenFlags.TRUNCATE, 0600);
              return w.call("fcntl", 0, 3, 0);
            }));
    to.add(
        new Case(
            "close_range",
            1,
            w -> {
              for (int i = 0; i < 5; i++) {
                w.openExisting("/");
              }
              w.call("close_range", 1, -1, 0);
              return w.ctx.descriptors().open().size();
            }));
  }

  private static void naming(List<Case> to) {
    to.add(new Case("mkdir", 0, w -> w.call("mkdirat", CWD, "/tmp/d", 0755)));
    to.add(new Case("mkdir: with slash", 0, w -> w.call("mkdirat", CWD, "/tmp/d/", 0755)));
    to.add(new Case("mkdir: exists", -Errno.EEXIST, w -> w.call("mkdirat", CWD, "/etc", 0755)));
    to.add(new Case("mkdir: root", -Errno.EEXIST, w -> w.call("mkdirat", CWD, "/", 0755)));
    to.add(new Case("mkdir: no parent", -Errno.ENOENT, w -> w.call("mkdirat", CWD, "/a/b", 0755)));
    to.add(
        new Case(
            "mkdir: links",
            3,
            w -> {
              w.call("mkdirat", CWD, "/tmp/d", 0755);
              return w.node.tree().find("/tmp").links;
            }));
    to.add(new Case("unlink: directory", -Errno.EISDIR, w -> w.call("unlinkat", CWD, "/etc", 0)));
    to.add(new Case("unlink: missing", -Errno.ENOENT, w -> w.call("unlinkat", CWD, "/no", 0)));
    to.add(
        new Case(
            "unlink: link, not target",
            0,
            w -> {
              w.call("unlinkat", CWD, "/motd", 0);
              return w.node.tree().find("/etc/motd") == null ? 1 : 0;
            }));
    to.add(new Case("rmdir: full", -Errno.ENOTEMPTY, w -> w.call("unlinkat", CWD, "/etc", 0x200)));
    to.add(new Case("rmdir: file", -Errno.ENOTDIR, w -> w.call("unlinkat", CWD, "/motd", 0x200)));
    to.add(new Case("rmdir: dot", -Errno.EINVAL, w -> w.call("unlinkat", CWD, "/tmp/.", 0x200)));
    to.add(
        new Case("rmdir: dots", -Errno.ENOTEMPTY, w -> w.call("unlinkat", CWD, "/tmp/..", 0x200)));
    to.add(new Case("rmdir: root", -Errno.EBUSY, w -> w.call("unlinkat", CWD, "/", 0x200)));
    to.add(
        new Case(
            "create in a removed directory",
            -Errno.ENOENT,
            w -> {
              w.call("mkdirat", CWD, "/tmp/d", 0755);
              w.call("chdir", "/tmp/d");
              w.call("unlinkat", CWD, "/tmp/d", 0x200);
              return w.open("x", CREATE, 0644);
            }));
    to.add(
        new Case(
            "getcwd: removed",
            -Errno.ENOENT,
            w -> {
              w.call("mkdirat", CWD, "/tmp/d", 0755);
              w.call("chdir", "/tmp/d");
              w.call("unlinkat", CWD, "/tmp/d", 0x200);
              return w.call("getcwd", new FileWorld.Room(100), 100);
            }));
    to.add(
        new Case(
            "unlink: sticky",
            -Errno.EPERM,
            w -> {
              w.open("/tmp/roots", CREATE, 0666);
              unprivileged(w);
              return w.call("unlinkat", CWD, "/tmp/roots", 0);
            }));
    to.add(
        new Case(
            "link",
            2,
            w -> {
              w.call("linkat", CWD, "/etc/motd", CWD, "/tmp/m", 0);
              return w.node.tree().find("/etc/motd").links;
            }));
    to.add(
        new Case(
            "link: directory", -Errno.EPERM, w -> w.call("linkat", CWD, "/etc", CWD, "/e", 0)));
    to.add(
        new Case(
            "link: taken", -Errno.EEXIST, w -> w.call("linkat", CWD, "/motd", CWD, "/loop", 0)));
    to.add(new Case("symlink: empty", -Errno.ENOENT, w -> w.call("symlinkat", "", CWD, "/tmp/l")));
    to.add(new Case("symlink: taken", -Errno.EEXIST, w -> w.call("symlinkat", "x", CWD, "/motd")));
    to.add(
        new Case(
            "rename: over a file",
            0,
            w -> {
              w.open("/tmp/a", CREATE, 0644);
              w.open("/tmp/b", CREATE, 0644);
              w.call("renameat2", CWD, "/tmp/a", CWD, "/tmp/b", 0);
              return w.node.tree().find("/tmp/a") == null && w.node.tree().find("/tmp/b") != null
                  ? 0
                  : 1;
            }));
    to.add(
        new Case(
            "rename: no replace",
            -Errno.EEXIST,
            w -> w.call("renameat2", CWD, "/motd", CWD, "/loop", 1)));
    to.add(
        new Case(
            "rename: into itself",
            -Errno.EINVAL,
            w -> w.call("renameat2", CWD, "/home", CWD, "/home/user/x", 0)));
    to.add(
        new Case(
            "rename: file over directory",
            -Errno.EISDIR,
            w -> w.call("renameat2", CWD, "/motd", CWD, "/tmp", 0)));
    to.add(
        new Case(
            "rename: directory over file",
            -Errno.ENOTDIR,
            w -> w.call("renameat2", CWD, "/tmp", CWD, "/motd", 0)));
    to.add(
        new Case(
            "rename: over a full directory",
            -Errno.ENOTEMPTY,
            w -> w.call("renameat2", CWD, "/tmp", CWD, "/etc", 0)));
    to.add(
        new Case(
            "rename: exchange",
            0,
            w -> {
              w.call("renameat2", CWD, "/motd", CWD, "/tmp", 2);
              boolean swapped =
                  w.node.tree().find("/motd").isDirectory() && w.node.tree().find("/tmp").isLink();
              return swapped ? 0 : 1;
            }));
    to.add(
        new Case(
            "rename: a directory's parent follows",
            0,
            w -> {
              w.call("renameat2", CWD, "/home/user", CWD, "/tmp/u", 0);
              w.call("chdir", "/tmp/u");
              return w.make("getcwd", new FileWorld.Room(99), 99).text(0).equals("/tmp/u\0")
                  ? 0
                  : 1;
            }));
    to.add(
        new Case(
            "getcwd: too small", -Errno.ERANGE, w -> w.call("getcwd", new FileWorld.Room(1), 1)));
    to.add(new Case("chdir: file", -Errno.ENOTDIR, w -> w.call("chdir", "/motd")));
    to.add(new Case("fchdir", 0, w -> w.call("fchdir", w.openExisting("/etc"))));
    to.add(new Case("mknod: fifo", 0, w -> w.call("mknodat", CWD, "/tmp/f", 0010644, 0)));
    to.add(
        new Case(
            "mknod: device",
            -Errno.EPERM,
            w -> {
              unprivileged(w);
              return w.call("mknodat", CWD, "/tmp/f", 0020644, 0x103);
            }));
  }

  private static void looking(List<Case> to) {
    to.add(
        new Case(
            "stat: size",
            11,
            w -> {
              FileWorld.Made made = w.make("newfstatat", CWD, "/motd", new FileWorld.Room(128), 0);
              return made.out(2).getLong(48);
            }));
    to.add(
        new Case(
            "lstat: mode",
            0120777,
            w -> {
              FileWorld.Made made =
                  w.make("newfstatat", CWD, "/motd", new FileWorld.Room(128), 0x100);
              return made.out(2).getInt(16);
            }));
    to.add(
        new Case(
            "fstatat: empty path",
            0100644,
            w -> {
              int fd = w.openExisting("/motd");
              FileWorld.Made made = w.make("newfstatat", fd, "", new FileWorld.Room(128), 0x1000);
              return made.out(2).getInt(16);
            }));
    to.add(
        new Case(
            "fstatat: unknown flag",
            -Errno.EINVAL,
            w -> w.call("newfstatat", CWD, "/motd", new FileWorld.Room(128), 1)));
    to.add(
        new Case(
            "statx: size",
            11,
            w -> {
              FileWorld.Made made =
                  w.make("statx", CWD, "/motd", 0, 0x7ff, new FileWorld.Room(256));
              return made.out(4).getLong(40);
            }));
    to.add(
        new Case(
            "stat: modified at the virtual instant",
            1_000_000_007L,
            w -> {
              w.nanos = 7_000_000_042L;
              int fd = w.open("/tmp/f", CREATE, 0600);
              w.write(fd, "x");
              FileWorld.Made made = w.make("fstat", fd, new FileWorld.Room(128));
              return made.out(1).getLong(96) == 42 ? made.out(1).getLong(88) : -1;
            }));
    to.add(
        new Case(
            "readlink", 8, w -> w.call("readlinkat", CWD, "/motd", new FileWorld.Room(64), 64)));
    to.add(
        new Case(
            "readlink: cut", 3, w -> w.call("readlinkat", CWD, "/motd", new FileWorld.Room(3), 3)));
    to.add(
        new Case(
            "readlink: no link",
            -Errno.EINVAL,
            w -> w.call("readlinkat", CWD, "/etc", new FileWorld.Room(64), 64)));
    to.add(
        new Case(
            "access: real ids",
            -Errno.EACCES,
            w -> {
              w.ctx.credentials(new Credentials(500, 0, 0, 500, 0, 0, List.of()));
              return w.call("faccessat", CWD, "/etc/shadow", 4);
            }));
    to.add(
        new Case(
            "access: effective ids",
            0,
            w -> {
              w.ctx.credentials(new Credentials(500, 0, 0, 500, 0, 0, List.of()));
              return w.call("faccessat2", CWD, "/etc/shadow", 4, 0x200);
            }));
    to.add(
        new Case(
            "access: root executes nothing unexecutable",
            -Errno.EACCES,
            w -> w.call("faccessat", CWD, "/etc/motd", 1)));
    to.add(
        new Case(
            "statfs",
            0x01021994,
            w -> w.make("statfs", "/", new FileWorld.Room(120)).out(1).getLong(0)));
    to.add(
        new Case(
            "executable: regular file",
            0,
            w -> Resolver.executable(w.ctx, CWD, "/bin/tool", 0).errno()));
    to.add(
        new Case(
            "executable: directory",
            Errno.EACCES,
            w -> Resolver.executable(w.ctx, CWD, "/bin", 0).errno()));
  }

  private static void changing(List<Case> to) {
    to.add(
        new Case(
            "chmod: owner only",
            -Errno.EPERM,
            w -> {
              unprivileged(w);
              return w.call("fchmodat", CWD, "/etc/motd", 0777);
            }));
    to.add(
        new Case(
            "chmod",
            0400,
            w -> {
              w.call("fchmodat", CWD, "/etc/motd", 0400);
              return w.node.tree().find("/etc/motd").permissions;
            }));
    to.add(
        new Case(
            "chown: giving away",
            -Errno.EPERM,
            w -> {
              unprivileged(w);
              w.open("/home/user/f", CREATE, 0600);
              return w.call("fchownat", CWD, "/home/user/f", 0, -1, 0);
            }));
    to.add(
        new Case(
            "chown: drops set-uid",
            0755,
            w -> {
              w.call("fchmodat", CWD, "/bin/tool", 04755);
              w.call("fchownat", CWD, "/bin/tool", 3, 4, 0);
              return w.node.tree().find("/bin/tool").permissions;
            }));
    to.add(
        new Case(
            "truncate: longer reads zeros",
            0,
            w -> {
              w.call("truncate", "/etc/motd", 5000);
              int fd = w.openExisting("/etc/motd");
              String text = w.read(fd, 6000);
              return text.length() == 5000 && text.startsWith("hello world\0") ? 0 : 1;
            }));
    to.add(new Case("truncate: negative", -Errno.EINVAL, w -> w.call("truncate", "/motd", -1)));
    to.add(
        new Case(
            "fallocate: extends",
            700,
            w -> {
              int fd = w.open("/etc/motd", OpenFlags.READ_WRITE, 0);
              w.call("fallocate", fd, 0, 500, 200);
              return w.node.tree().find("/etc/motd").size();
            }));
    to.add(
        new Case(
            "fallocate: keeps the size",
            11,
            w -> {
              int fd = w.open("/etc/motd", OpenFlags.READ_WRITE, 0);
              w.call("fallocate", fd, 1, 500, 200);
              return w.node.tree().find("/etc/motd").size();
            }));
    to.add(
        new Case(
            "fallocate: nothing",
            -Errno.EINVAL,
            w -> w.call("fallocate", w.open("/motd", OpenFlags.READ_WRITE, 0), 0, 0, 0)));
    to.add(
        new Case(
            "ftruncate: read only",
            -Errno.EINVAL,
            w -> w.call("ftruncate", w.openExisting("/motd"), 1)));
    to.add(
        new Case(
            "open: truncates a sealed image",
            0,
            w -> {
              w.open("/bin/tool", OpenFlags.WRITE_ONLY | OpenFlags.TRUNCATE, 0);
              return w.node.tree().find("/bin/tool").size();
            }));
    to.add(
        new Case(
            "utimensat",
            77,
            w -> {
              byte[] times = new byte[32];
              times[16] = 77;
              w.call("utimensat", CWD, "/motd", times, 0);
              return w.node.tree().find("/etc/motd").modifiedNanos / 1_000_000_000L;
            }));
    to.add(
        new Case(
            "utimensat: nanoseconds too many",
            -Errno.EINVAL,
            w -> {
              byte[] times = new byte[32];
              java.util.Arrays.fill(times, 24, 28, (byte) 0x3b);
              times[27] = 0x7f;
              return w.call("utimensat", CWD, "/motd", times, 0);
            }));
  }

  private static void moving(List<Case> to) {
    to.add(
        new Case(
            "read: write only",
            -Errno.EBADF,
            w ->
                w.call("read", w.open("/tmp/f", CREATE & ~3 | 1, 0600), new FileWorld.Room(1), 1)));
    to.add(new Case("write: read only", -Errno.EBADF, w -> w.write(w.openExisting("/motd"), "x")));
    to.add(
        new Case(
            "read: directory",
            -Errno.EISDIR,
            w -> w.call("read", w.openExisting("/"), new FileWorld.Room(1), 1)));
    to.add(
        new Case(
            "lseek: before the start",
            -Errno.EINVAL,
            w -> w.call("lseek", w.openExisting("/motd"), -12, 2)));
    to.add(
        new Case("lseek: from the end", 10, w -> w.call("lseek", w.openExisting("/motd"), -1, 2)));
    to.add(
        new Case(
            "lseek: overflow",
            -Errno.EOVERFLOW,
            w -> {
              int fd = w.openExisting("/motd");
              w.call("lseek", fd, 5, 0);
              return w.call("lseek", fd, Long.MAX_VALUE, 1);
            }));
    to.add(new Case("lseek: pipe", -Errno.ESPIPE, w -> w.call("lseek", w.pipe(0)[0], 0, 0)));
    to.add(
        new Case(
            "lseek: hole is the end", 11, w -> w.call("lseek", w.openExisting("/motd"), 3, 4)));
    to.add(
        new Case(
            "lseek: data past the end",
            -Errno.ENXIO,
            w -> w.call("lseek", w.openExisting("/motd"), 11, 3)));
    to.add(
        new Case(
            "pread: offset stays",
            'h',
            w -> {
              int fd = w.openExisting("/motd");
              w.call("pread64", fd, new FileWorld.Room(3), 3, 6);
              return w.read(fd, 1).charAt(0);
            }));
    to.add(
        new Case(
            "pread: pipe",
            -Errno.ESPIPE,
            w -> w.call("pread64", w.pipe(0)[0], new FileWorld.Room(3), 3, 6)));
    to.add(
        new Case(
            "write: appends",
            22,
            w -> {
              int fd = w.open("/motd", OpenFlags.READ_WRITE | OpenFlags.APPEND, 0);
              w.call("lseek", fd, 0, 0);
              w.write(fd, "hello again");
              return w.call("lseek", fd, 0, 1);
            }));
    to.add(
        new Case(
            "write: a full device",
            -Errno.ENOSPC,
            w -> w.write(w.open("/dev/full", OpenFlags.WRITE_ONLY, 0), "x")));
    to.add(new Case("read: /dev/null", 0, w -> w.read(w.openExisting("/dev/null"), 10).length()));
    to.add(
        new Case(
            "read: /dev/urandom is the opener's draw",
            (1001 + 2) & 0xff,
            w -> w.read(w.openExisting("/dev/urandom"), 4).charAt(2)));
    to.add(
        new Case(
            "open: /dev/tty without a console", -Errno.ENXIO, w -> w.openExisting("/dev/tty")));
    to.add(
        new Case(
            "sendfile",
            11,
            w -> {
              int[] pipe = w.pipe(0);
              return w.call("sendfile", pipe[1], w.openExisting("/motd"), null, 100);
            }));
    to.add(
        new Case(
            "sendfile: offset comes back",
            9,
            w -> {
              int[] pipe = w.pipe(0);
              byte[] offset = new byte[8];
              offset[0] = 4;
              FileWorld.Made made =
                  w.make(
                      "sendfile", pipe[1], w.openExisting("/motd"), new FileWorld.Both(offset), 5);
              return made.out(2).getLong(0);
            }));
    to.add(
        new Case(
            "ioctl: FIONREAD",
            11,
            w -> {
              int fd = w.openExisting("/motd");
              return w.make("ioctl", fd, 0x541b, new FileWorld.Room(4)).out(2).getInt(0);
            }));
    to.add(
        new Case(
            "ioctl: no terminal",
            -Errno.ENOTTY,
            w -> w.call("ioctl", w.openExisting("/motd"), 0x5401, new FileWorld.Room(36))));
    to.add(new Case("fsync: pipe", -Errno.EINVAL, w -> w.call("fsync", w.pipe(0)[0])));
    to.add(
        new Case("fadvise: pipe", -Errno.ESPIPE, w -> w.call("fadvise64", w.pipe(0)[0], 0, 0, 0)));
    to.add(
        new Case(
            "eventfd: adds up",
            7,
            w -> {
              int fd = (int) w.call("eventfd2", 3, 0);
              w.call("write", fd, new byte[] {4, 0, 0, 0, 0, 0, 0, 0}, 8);
              return w.make("read", fd, new FileWorld.Room(8), 8).out(1).getLong(0);
            }));
  }

  @Test
  void aFullNodeSaysEnospcAndGetsItsPagesBack() {
    FileWorld world = new FileWorld(4, 1, new FileWorld.Alone());
    int fd = world.open("/tmp/big", CREATE, 0600);
    assertThat(world.call("write", fd, new byte[20_000], 20_000)).isEqualTo(4 * 4096);
    assertThat(world.write(fd, "x")).isEqualTo(-Errno.ENOSPC);
    assertThat(world.frames.free()).isZero();
    world.call("unlinkat", CWD, "/tmp/big", 0);
    assertThat(world.frames.free()).as("still open").isZero();
    world.call("close", fd);
    assertThat(world.frames.free()).isEqualTo(4);
  }

  @Test
  void aSealedImageIsCopiedWhenItIsWritten() {
    FileWorld world = world();
    PageStore image =
        world.ctx.node().tree().find("/bin/tool") instanceof RegularFile file
            ? file.content()
            : null;
    int fd = world.open("/bin/tool", OpenFlags.READ_WRITE, 0);
    world.write(fd, "new");
    byte[] old = new byte[3];
    image.read(0, old, 0, 3);
    assertThat(old).containsOnly(0);
    assertThat(((RegularFile) world.node.tree().find("/bin/tool")).content()).isNotSameAs(image);
  }

  @Test
  void forkSharesOffsetsAndExecClosesWhatItShould() {
    FileWorld world = world();
    int fd = world.openExisting("/motd");
    int secret = world.open("/etc/shadow", OpenFlags.CLOSE_ON_EXEC, 0);
    FileContext child = world.ctx.fork(1002);
    assertThat(world.read(fd, 6)).isEqualTo("hello ");
    assertThat(world.make(child, "read", fd, new FileWorld.Room(9), 9).text(1)).isEqualTo("world");
    child.closeOnExec();
    assertThat(child.descriptors().get(secret)).isNull();
    assertThat(world.ctx.descriptors().get(secret)).isNotNull();
    child.closeAll();
    world.ctx.closeAll();
    assertThat(world.node.openFiles()).isZero();
    assertThat(world.ctx.directoryPath()).isNull();
    world.hash(); // An ended process can still be written down.
  }

  @Test
  void removingWhileListingSkipsNothing() {
    FileWorld world = world();
    for (int i = 0; i < 100; i++) {
      world.call("close", world.open("/tmp/file" + i, CREATE, 0600));
    }
    int fd = world.openExisting("/tmp");
    List<String> seen = new ArrayList<>();
    while (true) {
      FileWorld.Made made = world.make("getdents64", fd, new FileWorld.Room(200), 200);
      if (made.value() <= 0) {
        break;
      }
      for (String name : names(made)) {
        if (name.startsWith("file")) {
          seen.add(name);
          assertThat(world.call("unlinkat", CWD, "/tmp/" + name, 0)).isZero();
        }
      }
    }
    assertThat(seen).hasSize(100).doesNotHaveDuplicates();
    assertThat(world.call("unlinkat", CWD, "/tmp", 0x200)).isZero();
  }

  /** Names of a getdents64 result. */
  static List<String> names(FileWorld.Made made) {
    List<String> names = new ArrayList<>();
    int end = made.call.out(1).length;
    for (int at = 0; at < end; at += made.out(1).getShort(at + 16)) {
      StringBuilder name = new StringBuilder();
      for (int i = at + 19; made.out(1).get(i) != 0; i++) {
        name.append((char) made.out(1).get(i));
      }
      names.add(name.toString());
    }
    return names;
  }
}
