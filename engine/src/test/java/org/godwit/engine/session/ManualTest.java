package org.godwit.engine.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.json.ScenarioReader;
import org.godwit.resources.Catalogue;
import org.godwit.resources.ProgramCard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The nodes' manual: a page for every tool, palette program and openMosix file of /proc; synopses
 * that name exactly the flags which the tool accepts; and pages that {@code man} shows as groff
 * does, word for word, without leftovers of markup.
 */
class ManualTest {
  private static final long SECOND = 1_000_000_000L;
  private static final SortedMap<String, byte[]> PAGES = Catalogue.manual();
  private static final String CLUSTER =
      "{\"clockDivisor\": 100, \"policy\": \"none\", \"nodes\": [{\"id\": 1}]}";

  private static Session session;
  private static NodeShell shell;

  @BeforeAll
  static void openTheCluster() throws ProblemException {
    SessionInputs tree =
        new SessionInputs(1, OnBoard.SOURCE.root("debian").orElseThrow(), new byte[0]);
    session =
        Session.open(
            ScenarioReader.read("manual.json", new StringReader(CLUSTER)),
            OnBoard.SOURCE,
            SessionOptions.DEFAULT,
            tree);
    shell = NodeShell.of(session, SECOND / 10, 300 * SECOND);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  /** What a script of a node's shell printed, and its status. */
  private record Printed(String text, int status) {}

  private static Printed run(String script) {
    NodeShell.Printed printed =
        shell.run(1, List.of("sh", "-c", "PATH=/bin:/usr/bin:/sbin; " + script));
    return new Printed(printed.text(), printed.status());
  }

  // ---------------------------------------------------------------- what there is

  /** The names on the NAME line of each page, with the page. */
  private static Map<String, List<String>> names() {
    Map<String, List<String>> names = new TreeMap<>();
    PAGES.forEach(
        (page, bytes) -> {
          List<String> lines = new String(bytes, US_ASCII).lines().toList();
          int name = lines.indexOf(".SH NAME");
          assertThat(name).as(page).isEqualTo(1);
          String[] halves = lines.get(2).split(" \\\\- ", 2);
          assertThat(halves).as(page).hasSize(2);
          assertThat(lines.getFirst())
              .startsWith(".TH " + page.replace('.', ' ') + " \"\" Godwit \"");
          for (String each : halves[0].split(", ")) {
            names.computeIfAbsent(each, x -> new ArrayList<>()).add(page);
          }
        });
    return names;
  }

  @Test
  void everyToolProgramAndFileOfOpenMosixHasAPage() throws IOException {
    Map<String, List<String>> names = names();
    assertThat(names.keySet()).containsAll(Catalogue.userlandNames());
    assertThat(names.keySet())
        .containsAll(Catalogue.programs().stream().map(ProgramCard::name).toList());
    List<String> files = new ArrayList<>();
    Matcher row =
        Pattern.compile(
                "(?m)^\\| `/proc/(?:hpc/(?:admin|decay|nodes/N|remote/PID)|PID)"
                    + "/((?:om/)?[\\w-]+)` \\|")
            .matcher(Files.readString(Path.of("..", "docs", "proc.md")));
    while (row.find()) {
      boolean linux =
          row.group().contains("/PID/")
              && !row.group().contains("hpc")
              && row.group(1).matches("cmdline|comm|environ|maps|stat|statm|status");
      if (!linux) {
        files.add(row.group(1));
      }
    }
    assertThat(files).hasSizeGreaterThan(50);
    for (String file : files) {
      assertThat(names.getOrDefault(file, List.of()))
          .as(file)
          .anyMatch(page -> page.endsWith(".5"));
    }
  }

  /** Every page that a page sends its reader to is there. */
  @Test
  void referencesLeadToPages() {
    Map<String, List<String>> names = names();
    PAGES.forEach(
        (page, bytes) -> {
          Matcher to =
              Pattern.compile("(?m)^\\.IR (\\w+) \\((\\d)\\)").matcher(new String(bytes, US_ASCII));
          while (to.find()) {
            assertThat(names.getOrDefault(to.group(1), List.of()))
                .as(page)
                .anyMatch(each -> each.endsWith("." + to.group(2)));
          }
        });
  }

  // ---------------------------------------------------------------- flags

  /** How a tool is called so that a flag more or less matters and nothing else does. */
  private static final Map<String, String> CALLS =
      new TreeMap<>(
          Map.of("mosrun", "true", "mps", "", "mtop", "-n 1", "mosmon", "", "setpe", "-r"));

  /** Each letter is tried: what the tool does not answer with its use (status 2), it accepts. */
  @Test
  void aSynopsisNamesExactlyTheFlagsThatTheToolAccepts() {
    StringBuilder script = new StringBuilder();
    CALLS.forEach(
        (tool, rest) ->
            script.append(
                """
                for flag in a b c d e f g h i j k l m n o p q r s t u v w x y z \
                A B C D E F G H I J K L M N O P Q R S T U V W X Y Z; do
                  %1$s -$flag %2$s > /dev/null 2>&1
                  if [ $? != 2 ]; then echo %1$s $flag; continue; fi
                  %1$s -$flag 1 %2$s > /dev/null 2>&1
                  [ $? = 2 ] || echo %1$s $flag
                done
                """
                    .formatted(tool, rest)));
    Map<String, String> accepted = new TreeMap<>();
    run(script.toString())
        .text()
        .lines()
        .map(line -> line.split(" "))
        .forEach(words -> accepted.merge(words[0], words[1], String::concat));
    for (String tool : CALLS.keySet()) {
      assertThat(sorted(accepted.getOrDefault(tool, "")))
          .as(tool)
          .isEqualTo(sorted(synopsis(tool)));
    }
    String all = "-1 -F -L -c -t 1 -d 900 -E -r -z true true";
    for (String tool : List.of("nomig", "runhome", "cpujob", "iojob", "nodecay", "fastdecay")) {
      assertThat(run(tool + " " + all).status()).as(tool).isZero();
      assertThat(new String(PAGES.get(names().get(tool).getFirst()), US_ASCII))
          .containsPattern("flags of mosrun");
    }
    assertThat(run("showmap -x 2> /dev/null").status()).isEqualTo(2);
  }

  private static String sorted(String letters) {
    return letters
        .chars()
        .sorted()
        .distinct()
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** The letters behind a single minus in the SYNOPSIS of a tool's page. */
  private static String synopsis(String tool) {
    String page = new String(PAGES.get(names().get(tool).getFirst()), US_ASCII);
    String text = page.substring(page.indexOf(".SH SYNOPSIS"), page.indexOf(".SH DESCRIPTION"));
    text = text.replaceAll("\\\\f[BIRP]", "").replace("\\-", "-").replace("-off", "");
    text = text.replaceAll("--\\w+", "").replace("-jLIST", "-j").replace("-NODE", "");
    Matcher flags = Pattern.compile("-([A-Za-z]+)").matcher(text);
    StringBuilder letters = new StringBuilder();
    while (flags.find()) {
      letters.append(flags.group(1));
    }
    return letters.toString();
  }

  /** The words that mosctl and mps know, in place of flags. */
  @Test
  void aSynopsisNamesTheWordsToo() {
    String mosctl = new String(PAGES.get("mosctl.1"), US_ASCII);
    String use = run("mosctl 2>&1").text();
    TreeSet<String> words =
        new TreeSet<>(List.of(use.replaceAll("[^a-z]+", " ").trim().split(" ")));
    words.removeAll(List.of("use", "mosctl"));
    assertThat(words).hasSizeGreaterThan(25);
    assertThat(words)
        .allMatch(
            word -> mosctl.contains("\\fB" + word + "\\fR") || mosctl.contains("mosctl " + word));
    assertThat(run("mps --ominfo --sort node > /dev/null").status()).isZero();
    assertThat(run("mps --ominfol --sort=-time > /dev/null").status()).isZero();
  }

  // ---------------------------------------------------------------- how it is shown

  private static final String MARK = "=====";

  private static Map<String, List<String>> shown(int width) {
    Printed printed =
        run(
            "for page in /usr/share/man/*; do echo "
                + MARK
                + " ${page##*/}; MANWIDTH="
                + width
                + " man $page || echo FAILED; done");
    Map<String, List<String>> pages = new TreeMap<>();
    List<String> lines = List.of();
    for (String line : printed.text().lines().toList()) {
      if (line.startsWith(MARK)) {
        lines = new ArrayList<>();
        pages.put(line.substring(MARK.length() + 1), lines);
      } else {
        lines.add(line);
      }
    }
    return pages;
  }

  @Test
  void pagesFitTheirWidthAndHaveNoMarkupLeft() {
    for (int width : new int[] {80, 40}) {
      Map<String, List<String>> shown = shown(width);
      assertThat(shown.keySet()).isEqualTo(PAGES.keySet());
      shown.forEach(
          (page, lines) -> {
            assertThat(lines).as(page).hasSizeGreaterThan(6);
            assertThat(lines)
                .as("%s at %d columns", page, width)
                .allSatisfy(
                    line -> {
                      assertThat(line.length()).isLessThanOrEqualTo(width);
                      assertThat(line).doesNotContainPattern("\\\\[fe&-]|^ *\\.[A-Z]|\\p{Cntrl}");
                    });
            assertThat(lines).as(page).contains("NAME", "DESCRIPTION");
          });
    }
  }

  /** groff is not ours: both must read the same words out of a page. */
  @Test
  void theWordsAreThoseThatGroffReads() throws IOException, InterruptedException {
    Map<String, List<String>> shown = shown(80);
    for (String page : List.of("mosrun.1", "mosctl.1", "setpe.8", "lock.5", "inittab.5", "hpc.5")) {
      List<String> ours = shown.get(page);
      List<String> theirs = groff(PAGES.get(page));
      assertThat(words(ours.subList(1, ours.size())))
          .as(page)
          .isEqualTo(words(theirs.subList(1, theirs.size() - 1)));
    }
  }

  private static String words(List<String> lines) {
    return String.join(" ", lines).replaceAll("\\s+", " ").trim();
  }

  private static List<String> groff(byte[] page) throws IOException, InterruptedException {
    java.lang.Process groff;
    try {
      groff =
          new ProcessBuilder("groff", "-man", "-Tascii", "-P-cbou", "-rHY=0", "-rLL=80n", "-rIN=7n")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      Assumptions.abort("groff is not installed");
      throw e;
    }
    groff.getOutputStream().write(page);
    groff.getOutputStream().close();
    String text = new String(groff.getInputStream().readAllBytes(), ISO_8859_1);
    Assumptions.assumeTrue(groff.waitFor() == 0, "groff has no macros for manual pages");
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  @Test
  void pagesAreFoundByEachOfTheirNames() {
    assertThat(run("man fastdecay").text())
        .startsWith("cpujob(1)")
        .contains("slowdecay, fastdecay");
    assertThat(run("man 5 migrate").text()).startsWith("goto(5)");
    assertThat(run("man migrate").text()).startsWith("migrate(1)");
    assertThat(run("man lstay").text()).startsWith("admin(5)");
    assertThat(run("man -f lock").text())
        .isEqualTo(
            "lock, /proc/PID/lock (5) - whether the balancer leaves a process where it is\n");
    assertThat(run("man -k SHARED").text())
        .isEqualTo("shmget (1)           - a program with shared memory\n");
  }

  @Test
  void aPageThatIsNotThereIsTheUsualMessageAndStatus() {
    assertThat(run("man nosuch 2>&1")).isEqualTo(new Printed("No manual entry for nosuch\n", 16));
    assertThat(run("man 8 spin 2>&1"))
        .isEqualTo(new Printed("No manual entry for spin in section 8\n", 16));
    assertThat(run("man -k nosuch 2>&1"))
        .isEqualTo(new Printed("nosuch: nothing appropriate.\n", 16));
    assertThat(run("man 2>&1").status()).isEqualTo(2);
  }

  // ---------------------------------------------------------------- on a terminal

  private static String typed(String terminal, String keys) {
    int seen = session.events(0).size();
    session.submit(new Command.Type(terminal, keys));
    session.advance(session.now() + SECOND);
    return since(seen);
  }

  private static String since(int seen) {
    return session.events(seen).stream()
        .map(each -> each.what())
        .filter(Happening.TerminalOutput.class::isInstance)
        .map(each -> ((Happening.TerminalOutput) each).bytes())
        .collect(Collectors.joining());
  }

  @Test
  void onATerminalItIsBoldAndUnderlinedAndComesByTheScreen() {
    int seen = session.events(0).size();
    session.submit(new Command.OpenTerminal("t", 1, "/bin/man", List.of("mosrun"), 20, 60));
    session.advance(session.now() + SECOND);
    String first = since(seen);
    assertThat(first)
        .startsWith("\033[?1049h")
        .contains("\033[1mSYNOPSIS\033[0m", "\033[4m/proc\033[0m", "mosrun.1  ", "space: on")
        .doesNotContain("wrong use");
    assertThat(typed("t", " ")).contains("Unlocked: the balancer").doesNotContain("SYNOPSIS");
    assertThat(typed("t", "/argv[0]\r")).contains("argv[0].");
    assertThat(typed("t", "/no such words\r")).contains("not found further down");
    assertThat(typed("t", "G")).contains("ALSO", "(end; q leaves)");
    assertThat(typed("t", "\033[5~")).doesNotContain("ALSO");
    assertThat(typed("t", "g")).contains("SYNOPSIS");
    assertThat(typed("t", "q")).endsWith("\033[?25h\033[?1049l");
    assertThat(session.events(seen)).anyMatch(e -> e.what() instanceof Happening.TerminalClosed);
  }

  @Test
  void whatFitsIsJustPrinted() {
    int seen = session.events(0).size();
    session.submit(new Command.OpenTerminal("u", 1, "/bin/man", List.of("spin"), 24, 80));
    session.advance(session.now() + SECOND);
    assertThat(since(seen)).startsWith("spin(1)").contains("\033[1mNAME\033[0m");
    assertThat(run("seq 3 | less").text()).isEqualTo("1\n2\n3\n");
    assertThat(run("seq 2 > /tmp/a; more /tmp/a").text()).isEqualTo("1\n2\n");
  }
}
