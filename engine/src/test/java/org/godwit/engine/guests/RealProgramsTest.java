package org.godwit.engine.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.godwit.engine.kernel.file.FileTree;
import org.godwit.model.ProcessId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Programs that other people wrote, unmodified, as {@code resources/build-real-programs.sh} builds
 * them; skipped where it has not run.
 */
@DisplayName("Real programs")
class RealProgramsTest {
  private static final Path REAL = Path.of("../resources/target/real");

  private static final java.io.File NOTHING = new java.io.File("/dev/null");

  /** Cases of busybox's own suite that do not do here what they should, each with the reason. */
  private static final Map<String, String> LEFT_OUT = new TreeMap<>();

  static {
    for (String each :
        List.of(
            "ash-heredoc/heredoc_backslash1",
            "ash-heredoc/heredoc_bkslash_newline2",
            "ash-quoting/bkslash_in_varexp")) {
      LEFT_OUT.put(
          each + ".tests", "says under qemu-riscv64 what it says here, not what it should");
    }
    LEFT_OUT.put(
        "ash-psubst/bash_procsub.tests", "reads a file that another process may not have made yet");
    LEFT_OUT.put("ash-z_slow/many_ifs.tests", "takes minutes of virtual time");
  }

  private static final List<String> APPLETS =
      List.of(
          "ash sh cat echo ls rm mkdir rmdir true false sleep expr tr sed grep head tail wc sort"
              + " uniq",
          "test [ printf env touch cp mv ln pwd basename dirname seq od hexdump kill date id uname",
          "readlink dd cut tee xargs find awk cmp diff chmod which yes stat usleep timeout md5sum"
              + " sync printenv");

  private static byte[] program(String name) {
    Path file = REAL.resolve(name);
    assumeTrue(
        Files.exists(file), "no " + name + ": run resources/build-real-programs.sh (gcc, deb-src)");
    return Guests.read(file);
  }

  /** A node with busybox's applets in /bin. */
  private static Lab withBusybox() {
    byte[] busybox = program("busybox");
    Lab lab =
        Lab.Plan.nodes(1).memory(256).programs(Guests.ON_BOARD.with("busybox", busybox)).open();
    FileTree tree = Inside.node(lab.session, 1).files().tree();
    tree.put("/bin/busybox", 0755, busybox);
    for (String line : APPLETS) {
      for (String applet : line.split(" ")) {
        tree.link("/bin/" + applet, "busybox");
      }
    }
    tree.put("/etc/passwd", 0644, "root:x:0:0:root:/root:/bin/sh\n".getBytes(ISO_8859_1));
    tree.directory("/root", 0700);
    return lab;
  }

  private static String output(Lab lab, String script) {
    ProcessId shell = lab.launch("busybox", "sh", "-c", script);
    boolean ended = lab.until(() -> lab.status(shell) >= 0, 10 * Lab.MILLI, 30 * Lab.SECOND);
    if (!ended) {
      lab.signal(shell, 9);
      lab.forNanos(100 * Lab.MILLI);
    }
    return lab.wrote(shell, 1) + (ended ? "" : "(it did not end)\n");
  }

  private static List<Path> shellTests() throws IOException {
    Path root = REAL.resolve("busybox-shell-tests");
    program("busybox");
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(each -> each.toString().endsWith(".tests")).sorted().toList();
    }
  }

  private static void copy(FileTree tree, Path from, String to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.sorted().toList()) {
        if (Files.isRegularFile(each)) {
          String path = to + "/" + from.relativize(each);
          tree.put(path, Files.isExecutable(each) ? 0755 : 0644, Files.readAllBytes(each));
        }
      }
    }
  }

  @Test
  @DisplayName("busybox's shell passes busybox's own suite")
  void shellPassesItsSuite() throws IOException {
    List<String> failed = new ArrayList<>();
    int passed = 0;
    Lab lab = null;
    int runs = 0;
    for (Path test : shellTests()) {
      Path right = Path.of(test.toString().replaceAll("\\.tests$", ".right"));
      String only = System.getProperty("godwit.real", "");
      String name = test.getParent().getFileName() + "/" + test.getFileName();
      if (!Files.exists(right) || LEFT_OUT.containsKey(name) || !name.contains(only)) {
        continue;
      }
      if (lab == null || runs++ % 40 == 39) {
        if (lab != null) {
          lab.close();
        }
        lab = withBusybox();
        copy(Inside.node(lab.session, 1).files().tree(), REAL.resolve("busybox-shell-tests"), "/t");
      }
      String script =
          "export PATH=/bin THIS_SH=/bin/ash CONFIG_FEATURE_FANCY_ECHO=y; export LC_ALL=C.UTF-8; cd"
              + " /t/"
              + test.getParent().getFileName()
              + "; exec ash ./"
              + test.getFileName()
              + " 2>&1 </dev/null";
      String said = output(lab, script);
      String expected = new String(Files.readAllBytes(right), UTF_8);
      if (said.equals(expected)) {
        passed++;
      } else {
        failed.add(name + "\n  expected " + excerpt(expected) + "\n  was      " + excerpt(said));
      }
    }
    if (lab != null) {
      lab.close();
    }
    System.out.println(
        "busybox's shell suite: " + passed + " passed, " + failed.size() + " failed");
    assertThat(failed).isEmpty();
  }

  /** A script of everyday things; what it prints under qemu-riscv64 is what it is to print here. */
  private static final String SCRIPT =
      """
      f() { local i=0; while [ $i -lt 5 ]; do echo "f $i $1"; i=$((i + 1)); done; }
      f one | sed 's/one/two/' | sort -r
      for x in a b 'c d'; do echo "[$x]"; done
      trap 'echo got USR1' USR1
      kill -USR1 $$
      (exit 7); echo "status $?"
      sh -c 'kill -TERM $$'; echo "status $?"
      { echo out; echo err >&2; } 2>&1 | cat
      sleep 0.1 & wait $!; echo "waited $?"
      cat <<EOF
      here $(echo "nested $((6 * 7))")
      EOF
      set -- p q r; shift; echo "$# $*"
      case abcd in a*d) echo match;; *) echo none;; esac
      v=abc.def.ghi; echo "${v%.*} ${v##*.} ${#v}"
      mkdir -p /tmp/real.$$; cd /tmp/real.$$; echo x > a; cp a b; ls; cd /; rm -r /tmp/real.$$
      echo umlaut ä | cat
      false || echo or; true && echo and
      seq 1 3 | while read n; do echo "n=$n"; done
      exec 3>&1; echo three >&3; exec 3>&-
      trap 'echo bye' EXIT
      """;

  @Test
  @DisplayName("dash does what it does under qemu-riscv64")
  void dashAgreesWithQemu() throws IOException, InterruptedException {
    byte[] dash = program("dash");
    String expected = underQemu("dash", "-c", SCRIPT);
    try (Lab lab = withBusybox()) {
      Inside.node(lab.session, 1).files().tree().put("/bin/dash", 0755, dash);
      Inside.node(lab.session, 1).files().tree().put("/tmp/script", 0644, SCRIPT.getBytes(UTF_8));
      assertThat(output(lab, "export PATH=/bin; exec dash /tmp/script 2>&1")).isEqualTo(expected);
    }
  }

  private static final String LUA =
      """
      local t = {}
      for i = 1, 200 do t[i] = (i * 7919) % 1009 end
      table.sort(t)
      print(#t, t[1], t[200], string.format("%.17g %5.2f %x", math.pi, 2 / 3, 255))
      print(("godwit"):gsub("%a", function(c) return c:upper() .. "." end))
      print(pcall(function() error({code = 42}) end), select("#", table.unpack({1, nil, 3}, 1, 3)))
      local co = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i * i) end end)
      print(co(), co(), co(), math.tointeger(2^53), 7 // 2, -7 // 2, 7 % -3, 1e15, 2^63)
      print(os.getenv("NOTHING"), #io.lines and 1 or 0, string.pack("<i4", 7):byte(1, 4))
      """
          .replace("#io.lines and 1 or 0", "type(io.lines)");

  @Test
  @DisplayName("Lua, bzip2 and xz do what they do under qemu-riscv64")
  void luaAndCompressorsAgreeWithQemu() throws IOException, InterruptedException {
    try (Lab lab = withBusybox()) {
      FileTree tree = Inside.node(lab.session, 1).files().tree();
      for (String each : List.of("lua", "bzip2", "xz")) {
        tree.put("/bin/" + each, 0755, program(each));
      }
      tree.put("/tmp/script.lua", 0644, LUA.getBytes(UTF_8));
      assertThat(output(lab, "exec lua /tmp/script.lua 2>&1"))
          .isEqualTo(underQemu("lua", "-e", LUA));
      String packed =
          "for p in bzip2 xz; do $p -9 -c /tmp/script.lua | $p -dc | cmp - /tmp/script.lua "
              + "&& echo same; done 2>&1";
      assertThat(output(lab, packed)).isEqualTo("same\nsame\n");
    }
  }

  private static final String SQL =
      """
      PRAGMA page_size=1024;
      CREATE TABLE birds(id INTEGER PRIMARY KEY, name TEXT UNIQUE, km REAL);
      BEGIN;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
        INSERT INTO birds SELECT i, printf('bird %05d', i * 7919 % 1009), i * 1.5 FROM n;
      COMMIT;
      CREATE INDEX far ON birds(km DESC);
      BEGIN; DELETE FROM birds; ROLLBACK;
      UPDATE birds SET km = km + 11680 WHERE id % 3 = 0;
      DELETE FROM birds WHERE name LIKE '%7';
      SELECT count(*), sum(km), min(name), max(name) FROM birds;
      SELECT name, km FROM birds ORDER BY km DESC, name LIMIT 3;
      SELECT id % 5 AS k, group_concat(id, '-') FROM (SELECT id FROM birds LIMIT 20) GROUP BY k;
      EXPLAIN QUERY PLAN SELECT * FROM birds WHERE km > 5 ORDER BY km DESC;
      PRAGMA journal_mode=TRUNCATE;
      VACUUM;
      PRAGMA integrity_check;
      SELECT hex(zeroblob(4)), upper('godwit'), round(2.0 / 3, 5), julianday('2001-01-01');
      ATTACH ':memory:' AS m; CREATE TABLE m.t AS SELECT * FROM birds; SELECT count(*) FROM m.t;
      """;

  @Test
  @DisplayName("sqlite3 does on a file what it does under qemu-riscv64, and reads it again")
  void sqliteAgreesWithQemu() throws IOException, InterruptedException {
    byte[] sqlite = program("sqlite3");
    Path data = Files.createTempFile("godwit", ".db");
    Files.delete(data);
    String expected = underQemu("sqlite3", "-bail", data.toString(), SQL);
    String again = "SELECT count(*), total(km) FROM birds; PRAGMA page_count;";
    expected += underQemu("sqlite3", data.toString(), again);
    Files.delete(data);
    assertThat(expected).contains("ok\n");
    try (Lab lab = withBusybox()) {
      FileTree tree = Inside.node(lab.session, 1).files().tree();
      tree.put("/bin/sqlite3", 0755, sqlite);
      tree.put("/tmp/script.sql", 0644, SQL.getBytes(UTF_8));
      tree.put("/tmp/again.sql", 0644, again.getBytes(UTF_8));
      String both =
          "for f in script again; do sqlite3 -bail /tmp/birds.db < /tmp/$f.sql 2>&1; done";
      assertThat(output(lab, both)).isEqualTo(expected);
    }
  }

  private static String underQemu(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("qemu-riscv64", REAL.resolve(program).toString()));
    command.addAll(List.of(arguments));
    try {
      java.lang.Process qemu =
          new ProcessBuilder(command).redirectErrorStream(true).redirectInput(NOTHING).start();
      String said = new String(qemu.getInputStream().readAllBytes(), UTF_8);
      qemu.waitFor();
      return said;
    } catch (IOException e) {
      assumeTrue(false, "no qemu-riscv64 (qemu-user)");
      throw e;
    }
  }

  private static String excerpt(String text) {
    String line = text.replace("\n", "\\n");
    return line.length() > 300 ? line.substring(0, 300) + "..." : line;
  }
}
