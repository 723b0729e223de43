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
   * The two halves of the text of a lesson on board, before and after the run.
   *
   * @param language language tag; English if there is no text in it
   */
  public static List<String> text(String name, String language) {
    try (InputStream in =
        Catalogue.lesson(name, "text." + language + ".md")
            .or(() -> Catalogue.lesson(name, "text.en.md"))
            .orElseThrow()) {
      String whole = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int rule = whole.indexOf("\n---\n");
      return List.of(whole.substring(0, rule).strip(), whole.substring(rule + 5).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
