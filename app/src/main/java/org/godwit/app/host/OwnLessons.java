package org.godwit.app.host;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.Lesson;
import org.godwit.model.scenario.Scenario;
import org.godwit.resources.Catalogue;

/**
 * The lessons that a teacher keeps in one folder, as they are when the window opens.
 *
 * @param lessons those that can be taken, each on the name of its scenario
 * @param scenarios the scenarios that some of them bring, by the file that each is in
 * @param broken what is wrong with the others
 */
public record OwnLessons(
    List<Lesson> lessons, TreeMap<Path, Scenario> scenarios, List<Problem> broken) {
  /** No lessons. */
  public static final OwnLessons NONE = new OwnLessons(List.of(), new TreeMap<>(), List.of());

  public OwnLessons {
    lessons = List.copyOf(lessons);
    scenarios = new TreeMap<>(scenarios);
    broken = List.copyOf(broken);
  }

  /** Those in {@code folder}, which need not exist. */
  public static OwnLessons in(Path folder) {
    List<Lesson> lessons = new ArrayList<>();
    TreeMap<Path, Scenario> scenarios = new TreeMap<>();
    List<Problem> broken = new ArrayList<>();
    for (String name : LessonFiles.in(folder)) {
      try {
        Lesson lesson = LessonFiles.lesson(name);
        lessons.add(
            Catalogue.scenario(lesson.scenario()).isPresent()
                ? lesson
                : lesson.on(scenario(lesson, scenarios).name()));
      } catch (ProblemException e) {
        broken.add(e.problem());
      }
    }
    return new OwnLessons(lessons, scenarios, broken);
  }

  private static Scenario scenario(Lesson lesson, TreeMap<Path, Scenario> scenarios)
      throws ProblemException {
    Path file = HostFiles.path(LessonFiles.scenario(lesson)).toAbsolutePath().normalize();
    Scenario known = scenarios.get(file);
    if (known != null) {
      return known;
    }
    Scenario scenario;
    try (Reader reader = new InputStreamReader(HostFiles.open(file), StandardCharsets.UTF_8)) {
      scenario = ScenarioReader.read(file.toString(), reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The window knows scenarios by their names.
    if (Catalogue.scenario(scenario.name()).isPresent()
        || scenarios.values().stream().anyMatch(each -> each.name().equals(scenario.name()))) {
      throw new ProblemException(Problem.of("lesson.name-taken", file.toString(), scenario.name()));
    }
    scenarios.put(file, scenario);
    return scenario;
  }
}
