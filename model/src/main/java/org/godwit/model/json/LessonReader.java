package org.godwit.model.json;

import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.Lesson;
import org.godwit.model.scenario.Lesson.Check;
import org.godwit.model.scenario.Lesson.What;
import org.godwit.model.scenario.LocalText;

/** Reads {@code lesson.json}, as strictly as scenarios are read; the form is in docs/lessons.md. */
public final class LessonReader {
  private LessonReader() {}

  /**
   * The lesson in {@code reader}.
   *
   * @param name the lesson's name, that of its folder
   * @throws ProblemException with a located {@code json.*} problem
   */
  public static Lesson read(String name, String fileName, Reader reader) throws ProblemException {
    JsonValue document = JsonText.parse(fileName, ScenarioReader.readAll(fileName, reader));
    Fields fields =
        new Fields(
            document,
            "title",
            "scenario",
            "question",
            "choices",
            "answer",
            "run",
            "task",
            "checks");
    List<LocalText> choices = new ArrayList<>();
    for (JsonValue each : fields.get("choices").items().list()) {
      choices.add(ScenarioReader.localText(each));
    }
    List<Check> checks = new ArrayList<>();
    for (JsonValue each : fields.get("checks").items().list()) {
      checks.add(check(each));
    }
    return new Lesson(
        name,
        ScenarioReader.localText(fields.get("title")),
        fields.get("scenario").string(),
        ScenarioReader.localText(fields.get("question")),
        choices,
        fields.int32("answer", 0, Math.max(0, choices.size() - 1)),
        fields.nanos("run", ScenarioReader.GRID_NANOS, ScenarioReader.MAX_FOR_NANOS),
        fields.flag("task", false),
        checks);
  }

  private static Check check(JsonValue value) throws ProblemException {
    Fields fields =
        new Fields(value, "at", "that", "process", "is", "atLeast", "atMost", "word", "text");
    return new Check(
        fields.nanos("at", 0, ScenarioReader.MAX_FOR_NANOS),
        what(fields.get("that")),
        fields.has("process") ? process(fields.get("process")) : null,
        limit(fields, "atLeast"),
        limit(fields, "atMost"),
        fields.text("word", ""),
        ScenarioReader.localText(fields.get("text")));
  }

  private static What what(JsonValue value) throws ProblemException {
    List<String> known = new ArrayList<>();
    for (What each : What.values()) {
      String word = each.name().toLowerCase(Locale.ROOT);
      if (word.equals(value.string())) {
        return each;
      }
      known.add(word);
    }
    throw value.place().refuse("json.not-one-of", value.string(), String.join(", ", known));
  }

  /** {@code is} sets both limits. */
  private static Double limit(Fields fields, String key) throws ProblemException {
    String given = fields.has("is") ? "is" : key;
    return fields.has(given) ? (Double) fields.get(given).number() : null;
  }

  private static ProcessRef process(JsonValue value) throws ProblemException {
    String text = value.string();
    Optional<ProcessId> id = ProcessId.parse(text);
    if (id.isPresent()) {
      return new ProcessRef.ById(id.get());
    }
    int sharp = text.indexOf('#');
    try {
      return sharp < 0
          ? new ProcessRef.ByLaunch(text, 0)
          : new ProcessRef.ByLaunch(
              text.substring(0, sharp), Integer.parseInt(text.substring(sharp + 1)));
    } catch (NumberFormatException e) {
      throw value.place().refuse("scenario.bad-process", text);
    }
  }
}
