package org.godwit.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.godwit.engine.kernel.ProcFiles;
import org.godwit.engine.kernel.ProcessFiles;
import org.godwit.engine.kernel.proc.ProcRow;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionInputs;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.scenario.CostModel;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.LinkDefaults;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/proc.md name the files that there are, with their mode, unit and first value;
 * what they mean is written by hand. After a wanted change: run with {@code -Dgodwit.rewrite=true},
 * write the new meanings, commit.
 */
class ProcPageTest {
  private static final Path PAGE = Path.of("..", "docs", "proc.md");
  private static final String BEGIN = "<!-- rows from here on written by ProcPageTest -->\n";
  private static final String NO_MEANING = "(to be written)";
  private static final int SHORT = 24;

  @Test
  void thePageNamesTheFilesThatThereAre() throws IOException, ProblemException {
    String page = Files.readString(PAGE);
    assertThat(page).contains(BEGIN);
    String fresh = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + tables(meanings(page));
    if (Boolean.getBoolean("godwit.rewrite")) {
      Files.writeString(PAGE, fresh);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(fresh).doesNotContain(NO_MEANING);
  }

  private static TreeMap<String, String> meanings(String page) {
    TreeMap<String, String> meanings = new TreeMap<>();
    for (String line : page.substring(page.indexOf(BEGIN)).split("\n")) {
      String[] cells = line.split(" \\| ", 5);
      if (cells.length == 5) {
        meanings.put(cells[0], cells[4].substring(0, cells[4].length() - 2));
      }
    }
    return meanings;
  }

  private static String tables(TreeMap<String, String> meanings) throws ProblemException {
    StringBuilder text = new StringBuilder();
    try (Session session = session()) {
      table(session, text, meanings, "/proc", "/proc", ProcFiles.rows());
      table(session, text, meanings, "/proc/PID", "/proc/1001", ProcessFiles.rows());
      table(session, text, meanings, "/proc/hpc/admin", "/proc/hpc/admin", HpcFiles.ADMIN);
      table(session, text, meanings, "/proc/hpc/decay", "/proc/hpc/decay", HpcFiles.DECAY);
      table(session, text, meanings, "/proc/hpc/nodes/N", "/proc/hpc/nodes/1", HpcFiles.NODES);
      table(
          session,
          text,
          meanings,
          "/proc/hpc/remote/PID",
          "/proc/hpc/remote/2001",
          HpcFiles.REMOTE);
    }
    return text.toString();
  }

  private static void table(
      Session session,
      StringBuilder text,
      TreeMap<String, String> meanings,
      String title,
      String folder,
      List<? extends ProcRow<?>> rows) {
    text.append("\n## ").append(title).append("\n\n");
    text.append("| file | mode | unit | first | meaning |\n|---|---|---|---|---|\n");
    for (ProcRow<?> row : rows) {
      Optional<byte[]> content = session.readFile(1, folder + "/" + row.name());
      assertThat(content).as(folder + "/" + row.name()).isPresent();
      String key = "| `" + title + "/" + row.name() + "`";
      text.append(
          String.format(
              Locale.ROOT,
              "%s | %04o | %s | %s | %s |\n",
              key,
              row.mode(),
              row.unit(),
              first(new String(content.get(), StandardCharsets.ISO_8859_1)),
              meanings.getOrDefault(key, NO_MEANING)));
    }
  }

  private static String first(String content) {
    String text = content.strip();
    if (text.isEmpty()) {
      return "empty";
    }
    boolean plain = text.length() <= SHORT && text.indexOf('\n') < 0 && text.indexOf('\0') < 0;
    return plain ? "`" + text + "`" : "varies";
  }

  private static Session session() throws ProblemException {
    List<NodeSpec> nodes = new ArrayList<>();
    for (int id = 1; id <= 2; id++) {
      nodes.add(new NodeSpec(id, "node" + id, 1, 1000, 10_000, 64L << 20, 0, 0));
    }
    Scenario scenario =
        new Scenario(
            "proc",
            new LocalText("proc", "proc"),
            new LocalText("", ""),
            42,
            0,
            100,
            KernelVersion.V2_4_26,
            "none",
            1_000_000_000L,
            CostModel.DEFAULT,
            LinkDefaults.DEFAULT,
            nodes,
            List.of(),
            List.of());
    ProgramSource programs =
        name -> {
          try {
            return Optional.of(
                Files.readAllBytes(Path.of("../resources/programs/" + name + "/" + name + ".elf")));
          } catch (IOException e) {
            return Optional.empty();
          }
        };
    Session session =
        Session.open(
            scenario, programs, new SessionOptions(1, false, false, 0), SessionInputs.NONE);
    session.submit(new Command.Launch("one", 1, "spin", List.of(), 1, false));
    session.submit(new Command.Launch("two", 2, "spin", List.of(), 1, false));
    session.submit(
        new Command.Migrate(new org.godwit.model.command.ProcessRef.ByLaunch("two", 0), 1));
    session.advance(500_000_000L);
    return session;
  }
}
