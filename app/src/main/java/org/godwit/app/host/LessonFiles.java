package org.godwit.app.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.json.LessonReader;
import org.godwit.model.scenario.Lesson;
import org.godwit.resources.Catalogue;

/** Lessons by name: those on board, and folders of a teacher's own. */
public final class LessonFiles {
  private static final String FILE = "lesson.json";

  private LessonFiles() {}

  /** The lesson of that name on board, else the one in the folder of that name. */
  public static Lesson lesson(String name) throws ProblemException {
    Optional<InputStream> onBoard = Catalogue.lesson(name, FILE);
    if (onBoard.isPresent()) {
      return read(name, name + "/" + FILE, onBoard.get());
    }
    Path file = HostFiles.path(name).resolve(FILE);
    if (!Files.exists(file)) {
      throw new ProblemException(
          Problem.of("lesson.none", name, String.join(", ", Catalogue.lessons())));
    }
    return read(name, file.toString(), HostFiles.open(file));
  }

  /**
   * The names of a teacher's own lessons: the folders in {@code folder} that hold one, in order.
   */
  public static List<String> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> Files.exists(each.resolve(FILE)))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // A folder that may not be read is as good as none.
    }
  }

  /** The name of a lesson's scenario: on board, or the path of a file beside the lesson's. */
  public static String scenario(Lesson lesson) throws ProblemException {
    return Catalogue.scenario(lesson.scenario()).isPresent()
            || Catalogue.lesson(lesson.name(), FILE).isPresent()
        ? lesson.scenario()
        : HostFiles.path(lesson.name()).resolve(lesson.scenario()).toString();
  }

  /**
   * The two halves of a lesson's text, before and after the run; empty where there is none.
   *
   * @param language language tag; English if there is no text in it
   */
  public static List<String> text(String name, String language) {
    String whole =
        whole(name, "text." + language + ".md").or(() -> whole(name, "text.en.md")).orElse("");
    int rule = whole.indexOf("\n---\n");
    return rule < 0
        ? List.of(whole.strip(), "")
        : List.of(whole.substring(0, rule).strip(), whole.substring(rule + 5).strip());
  }

  private static Optional<String> whole(String name, String file) {
    Optional<InputStream> onBoard = Catalogue.lesson(name, file);
    try {
      if (onBoard.isPresent()) {
        try (InputStream in = onBoard.get()) {
          return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      Path path = Path.of(name, file);
      return Files.isRegularFile(path)
          ? Optional.of(Files.readString(path).replace("\r\n", "\n"))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // As if nobody had written it; the rest of the lesson can be taken.
    }
  }

  private static Lesson read(String name, String file, InputStream stream) throws ProblemException {
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return LessonReader.read(name, file, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
