import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Runs google-java-format over every Java source of the house, with the JDK the toolchain found.
 *
 * <p>Needed because the formatter takes file names only, and because Maven's own JVM may be a JDK
 * 17 whose parser knows neither record patterns nor {@code _}. The build starts this file by the
 * source launcher with the formatter's jar on the class path; nothing of it is shipped.
 */
final class Format {

  private Format() {}

  /**
   * Checks or rewrites the sources.
   *
   * @param args {@code check} or {@code apply}, then the root folder of the checkout
   */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[1]);
    boolean apply = args[0].equals("apply");
    List<String> command = new ArrayList<>();
    if (apply) {
      command.add("--replace");
    } else {
      command.add("--dry-run");
      command.add("--set-exit-if-changed");
    }
    command.addAll(sources(root));
    ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
    int exit = formatter.run(System.out, System.err, command.toArray(String[]::new));
    if (exit != 0 && !apply) {
      System.err.println("The files above are not formatted. To format them: mvn -q -Pformat");
    }
    System.exit(exit);
  }

  /**
   * Every {@code .java} below a {@code src} folder of a module, and the tools beside this file, in
   * path order.
   */
  private static List<String> sources(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    found.add(root.resolve(".mvn/format/Format.java").toString());
    found.add(root.resolve(".mvn/skipped/Skipped.java").toString());
    for (String module : List.of("model", "resources", "engine", "app")) {
      Path folder = root.resolve(module).resolve("src");
      if (Files.isDirectory(folder)) {
        try (var files = Files.walk(folder)) {
          files.map(Path::toString).filter(f -> f.endsWith(".java")).sorted().forEach(found::add);
        }
      }
    }
    return found;
  }
}
