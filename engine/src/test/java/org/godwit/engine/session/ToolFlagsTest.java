package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.godwit.model.ProblemException;
import org.godwit.model.json.ScenarioReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every flag of the openMosix tools by its effect: lock, place, value in /proc, exit status,
 * message. The cases stand in {@code tool-flags.txt}; all run one after another on one cluster,
 * whose node 1 has a Debian-like tree and node 2 has booted from one. Node 9 is configured and
 * down.
 */
class ToolFlagsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long PATIENCE = 30 * SECOND;

  private static final String CLUSTER =
      """
      {"nodes": [{"id": 1, "cpus": 2}, {"id": 2, "profile": "debian"}, {"id": 3, "cpus": 4},
                 {"id": 9}],
       "script": [{"at": "0s", "do": "crashNode", "node": 9}]}
      """;

  private static Session session;
  private static NodeShell shell;

  /**
   * A case.
   *
   * @param title what it shows
   * @param node 1: run by root; 2: by the node's user
   * @param script for the shell
   * @param expected what it prints, to either descriptor, line by line; a line that begins with ~
   *     is a regular expression
   */
  private record Case(String title, int node, String script, List<String> expected) {}

  @BeforeAll
  static void openTheCluster() throws ProblemException {
    SessionInputs tree =
        new SessionInputs(1, OnBoard.SOURCE.root("debian").orElseThrow(), new byte[0]);
    session =
        Session.open(
            ScenarioReader.read("tools.json", new StringReader(CLUSTER)),
            OnBoard.SOURCE,
            SessionOptions.DEFAULT,
            tree);
    shell = NodeShell.of(session, SECOND / 20, PATIENCE);
    session.advance(3 * SECOND);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return read().stream().map(each -> DynamicTest.dynamicTest(each.title(), () -> check(each)));
  }

  private static List<Case> read() throws IOException {
    List<Case> cases = new ArrayList<>();
    String text;
    try (var in = ToolFlagsTest.class.getResourceAsStream("tool-flags.txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String block : text.split("\n== ")) {
      if (block.startsWith("#")) {
        continue;
      }
      List<String> lines = block.lines().filter(line -> !line.isEmpty()).toList();
      boolean user = lines.getFirst().endsWith(" (user)");
      int bar = lines.indexOf("--");
      assertThat(bar).as(block).isPositive();
      cases.add(
          new Case(
              lines.getFirst(),
              user ? 2 : 1,
              String.join("\n", lines.subList(1, bar)),
              lines.subList(bar + 1, lines.size())));
    }
    return cases;
  }

  private static void check(Case each) {
    String script = "PATH=/bin:/usr/bin:/sbin; exec 2>&1\n" + each.script();
    NodeShell.Printed printed = shell.run(each.node(), List.of("sh", "-c", script));
    List<String> lines = new ArrayList<>(printed.text().lines().toList());
    if (printed.status() != 0) {
      lines.add("status " + printed.status());
    }
    assertThat(lines).as(each.script()).hasSameSizeAs(each.expected());
    for (int i = 0; i < lines.size(); i++) {
      String wanted = each.expected().get(i);
      if (wanted.startsWith("~")) {
        assertThat(lines.get(i)).as(each.script()).matches(wanted.substring(1));
      } else {
        assertThat(lines.get(i)).as(each.script()).isEqualTo(wanted);
      }
    }
  }
}
