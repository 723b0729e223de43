import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints a line for each group of tests that was skipped, with the reason, because Surefire's
 * console counts skipped tests but does not say why. Reads the XML reports of every module; the
 * build starts it by the source launcher at the end of {@code mvn verify}.
 */
final class Skipped {

  private static final Pattern REPORT = Pattern.compile("TEST-(.*)\\.xml");

  private Skipped() {}

  /**
   * Prints the reasons.
   *
   * @param args the root folder of the checkout
   */
  public static void main(String[] args) throws Exception {
    TreeMap<String, Integer> groups = new TreeMap<>();
    for (String module : List.of("model", "resources", "engine", "app")) {
      for (Path report : reports(Path.of(args[0], module, "target"))) {
        count(report, groups);
      }
    }
    groups.forEach((group, tests) -> System.out.println("skipped " + tests + " of " + group));
    if (System.getenv("DISPLAY") == null) {
      System.out.println(
          "skipped the windowed tests: no display (DISPLAY is not set); .ci/run brings one");
    }
  }

  /** The reports of test classes that still exist; older ones lie about until the next clean. */
  private static List<Path> reports(Path target) throws IOException {
    Path folder = target.resolve("surefire-reports");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(report -> isCurrent(target, report.getFileName().toString())).toList();
    }
  }

  private static boolean isCurrent(Path target, String report) {
    Matcher name = REPORT.matcher(report);
    return name.matches()
        && Files.exists(
            target.resolve("test-classes").resolve(name.group(1).replace('.', '/') + ".class"));
  }

  /** What the test said: a condition as an attribute, an assumption as the top of its trace. */
  private static String reason(Element mark) {
    String condition = mark.getAttribute("message");
    String trace = mark.getTextContent().lines().findFirst().orElse("no reason given");
    return condition.isBlank()
        ? trace.replaceFirst("^[\\w.]+Exception: (Assumption failed: )?", "")
        : condition.replaceFirst("^.* ==> ", "");
  }

  private static void count(Path report, TreeMap<String, Integer> groups) throws Exception {
    NodeList marks =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("skipped");
    for (int i = 0; i < marks.getLength(); i++) {
      Element mark = (Element) marks.item(i);
      String owner = ((Element) mark.getParentNode()).getAttribute("classname");
      groups.merge(owner + ": " + reason(mark), 1, Integer::sum);
    }
  }
}
