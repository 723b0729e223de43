package org.godwit.app.cli;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.godwit.app.host.HostFiles;
import org.godwit.app.host.LessonFiles;
import org.godwit.engine.session.Grading;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.ProblemException;
import org.godwit.model.scenario.Lesson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code godwit grade}: marks recorded sessions by the checks of a lesson. Each session is run
 * again from its commands (decision 32), so what is marked is what happens, not what a file claims;
 * if that differs from the file, or the file's scenario is not the lesson's, the table says so.
 */
@Command(name = "grade")
final class GradeCommand implements Cli.Action {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "LESSON", descriptionKey = "grade.lesson")
  private String name;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "SESSION",
      descriptionKey = "grade.sessions")
  private List<String> files = new ArrayList<>();

  @Option(names = "--json", descriptionKey = "run.json")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  GradeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A session's marks. */
  private record Mark(
      String file, List<Grading.Outcome> outcomes, boolean same, boolean itsScenario) {
    long passed() {
      return outcomes.stream().filter(each -> each == Grading.Outcome.PASSED).count();
    }
  }

  @Override
  public Integer call() throws ProblemException {
    Lesson lesson = LessonFiles.lesson(name);
    List<Mark> marks = new ArrayList<>();
    for (String file : files) {
      marks.add(mark(lesson, file));
    }
    if (json) {
      Terminal.utf8(terminal.out(), json(lesson, marks));
    } else {
      table(lesson, marks);
    }
    return 0;
  }

  private static Mark mark(Lesson lesson, String file) throws ProblemException {
    Path path = HostFiles.path(file);
    RecordedSession recorded = RecordedFiles.open(path).session();
    try (Session again = recorded.recipe().cook(name -> Optional.empty(), 1)) {
      boolean same = again.events(0).equals(recorded.events());
      return new Mark(
          file,
          Grading.of(again).outcomes(lesson),
          same,
          recorded.scenario().name().equals(lesson.scenario()));
    }
  }

  private void table(Lesson lesson, List<Mark> marks) {
    String language = terminal.wording().locale().getLanguage();
    for (int i = 0; i < lesson.checks().size(); i++) {
      terminal.line((i + 1) + ". " + lesson.checks().get(i).text().in(language));
    }
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of(terminal.wording().of("grade.session")));
    for (int i = 1; i <= lesson.checks().size(); i++) {
      head.add(Integer.toString(i));
    }
    head.add(terminal.wording().of("grade.passed"));
    head.add("");
    table.row(head);
    for (Mark each : marks) {
      List<String> row = new ArrayList<>(List.of(each.file()));
      each.outcomes().forEach(outcome -> row.add(terminal.wording().of("grade." + outcome)));
      row.add(each.passed() + "/" + each.outcomes().size());
      row.add(remark(each));
      table.row(row);
    }
    table.lines().forEach(terminal::line);
  }

  private String remark(Mark mark) {
    if (!mark.itsScenario()) {
      return terminal.wording().of("grade.other-scenario");
    }
    return mark.same() ? "" : terminal.wording().of("grade.differs");
  }

  private static String json(Lesson lesson, List<Mark> marks) {
    StringWriter text = new StringWriter();
    try {
      JsonWriter json = new JsonWriter(text);
      json.setFormattingStyle(FormattingStyle.PRETTY);
      json.beginObject();
      json.name("lesson").value(lesson.name());
      json.name("sessions").beginArray();
      for (Mark each : marks) {
        json.beginObject();
        json.name("file").value(each.file());
        json.name("checks").beginArray();
        for (Grading.Outcome outcome : each.outcomes()) {
          json.value(outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        }
        json.endArray();
        json.name("passed").value(each.passed());
        json.name("reproduced").value(each.same());
        json.name("scenarioOfTheLesson").value(each.itsScenario());
        json.endObject();
      }
      json.endArray();
      json.endObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }
}
