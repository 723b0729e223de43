package org.godwit.app.cli;

import java.util.List;
import org.godwit.app.host.LessonFiles;
import org.godwit.app.launch.Settings;
import org.godwit.model.ProblemException;
import org.godwit.model.scenario.Lesson;
import org.godwit.resources.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code godwit lessons}: the lessons on board with their titles and scenarios. */
@Command(name = "lessons")
final class LessonsCommand implements Cli.Action {
  private final Terminal terminal;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  LessonsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    TextTable table = new TextTable();
    String language = terminal.wording().locale().getLanguage();
    for (String name : Catalogue.lessons()) {
      Lesson lesson = LessonFiles.lesson(name);
      table.row(List.of(name, lesson.scenario(), lesson.title().in(language)));
    }
    for (String name : LessonFiles.in(Settings.lessons(terminal.environment()))) {
      try {
        Lesson lesson = LessonFiles.lesson(name);
        table.row(List.of(name, lesson.scenario(), lesson.title().in(language)));
      } catch (ProblemException e) {
        terminal.complain(e.problem());
      }
    }
    table.lines().forEach(terminal::line);
    return 0;
  }
}
