package org.godwit.app.cli;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.godwit.app.host.HostEngine;
import org.godwit.app.host.HostFiles;
import org.godwit.app.host.LessonFiles;
import org.godwit.engine.session.Grading;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.scenario.Lesson;
import org.godwit.model.scenario.Scenario;
import org.godwit.resources.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code godwit grade}: marks recorded sessions by the checks of a lesson. Each session is run
 * again from its commands (decision 32), so what is marked is what happens, not what a file claims;
 * if that differs from the file, or the file's scenario is not the lesson's or was changed, or the
 * file is damaged, the table says so.
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

  /**
   * A session's marks.
   *
   * @param outcomes of the checks; empty for a file that cannot be marked
   * @param same whether the file claims what happens when it is run again
   * @param fit how its scenario stands to the lesson's
   * @param damaged whether some of the file could not be read
   * @param unreadable why it cannot be marked, or null
   */
  private record Mark(
      String file,
      List<Grading.Outcome> outcomes,
      boolean same,
      Fit fit,
      boolean damaged,
      Problem unreadable) {
    long passed() {
      return outcomes.stream().filter(each -> each == Grading.Outcome.PASSED).count();
    }
  }

  /** How a session's scenario stands to the lesson's. */
  private enum Fit {
    /** It is the lesson's, but for the seed, the clock divisor and the length. */
    SAME,
    /** It has the name, and something in it was changed. */
    CHANGED,
    /** It is another. */
    OTHER
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
    return marks.stream().allMatch(each -> each.unreadable() == null) ? 0 : 1;
  }

  /** One file that cannot be marked does not keep the rest of the class from its marks. */
  private static Mark mark(Lesson lesson, String file) {
    try {
      OpenedSession opened = RecordedFiles.open(HostFiles.path(file));
      RecordedSession recorded = opened.session();
      try (Session again = recorded.recipe().cook(name -> Optional.empty(), 1, HostEngine.auto())) {
        return new Mark(
            file,
            Grading.of(again).outcomes(lesson),
            again.events(0).equals(recorded.events()),
            fit(lesson, recorded.scenario()),
            !opened.damage().isEmpty(),
            null);
      }
    } catch (ProblemException e) {
      return new Mark(file, List.of(), false, Fit.OTHER, true, e.problem());
    }
  }

  private static Fit fit(Lesson lesson, Scenario used) throws ProblemException {
    String scenario = LessonFiles.scenario(lesson);
    if (Catalogue.scenario(scenario).isEmpty() && !Files.exists(HostFiles.path(scenario))) {
      return used.name().equals(lesson.scenario()) ? Fit.SAME : Fit.OTHER;
    }
    Scenario wanted =
        OnBoard.scenario(
            scenario,
            List.of(
                "seed=" + used.seed(),
                "clockDivisor=" + used.clockDivisor(),
                "for=" + used.forNanos() + "ns"));
    if (!wanted.name().equals(used.name())) {
      return Fit.OTHER;
    }
    return wanted.equals(used) ? Fit.SAME : Fit.CHANGED;
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
      while (row.size() <= lesson.checks().size()) {
        row.add("-");
      }
      row.add(each.passed() + "/" + lesson.checks().size());
      row.add(remark(each));
      table.row(row);
    }
    table.lines().forEach(terminal::line);
  }

  private String remark(Mark mark) {
    if (mark.unreadable() != null) {
      return terminal.wording().problem(mark.unreadable());
    }
    if (mark.fit() == Fit.OTHER) {
      return terminal.wording().of("grade.other-scenario");
    }
    if (mark.damaged()) {
      return terminal.wording().of("grade.damaged");
    }
    if (mark.fit() == Fit.CHANGED) {
      return terminal.wording().of("grade.changed-scenario");
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
        json.name("scenarioOfTheLesson").value(each.fit() == Fit.SAME);
        json.name("damaged").value(each.damaged());
        if (each.unreadable() != null) {
          json.name("why").value(each.unreadable().key());
        }
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
