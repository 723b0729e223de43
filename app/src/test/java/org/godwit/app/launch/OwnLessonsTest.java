package org.godwit.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.host.LessonFiles;
import org.godwit.app.host.OwnLessons;
import org.godwit.app.host.PolicyFolder;
import org.godwit.app.panel.lessons.LessonsViewModel;
import org.godwit.app.workbench.WorkbenchStart;
import org.godwit.engine.session.Grading;
import org.godwit.engine.session.Grading.Outcome;
import org.godwit.model.Problem;
import org.godwit.model.scenario.Lesson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher's own lessons, made as docs/lessons.md says, in the window's terms. */
class OwnLessonsTest {
  @TempDir Path folder;

  @BeforeEach
  void twoLessons() throws IOException {
    write(
        "evenly/lesson.json",
        """
        {"title": {"en": "Evenly", "ja": "均等に"}, "scenario": "shop.json", "run": "10s",
         "question": "Is the load spread after 10 s?", "choices": ["Yes", "No"], "answer": 0,
         "checks": [{"at": "10s", "that": "imbalance", "atMost": 1.2, "text": "The load is spread"},
                    {"at": "10s", "that": "moves", "is": 1, "text": "One has moved"}]}
        """);
    write("evenly/text.en.md", "Before.\r\n\r\n---\r\n\r\nAfter.\r\n");
    write(
        "evenly/shop.json",
        """
        {"title": "Shop", "clockDivisor": 10000,
         "nodes": [{"id": 1, "cpus": 1}, {"id": 2, "cpus": 1}],
         "script": [{"at": "0s", "do": "launch", "launch": "a", "node": 1, "program": "mine.elf", "count": 2}]}
        """);
    Files.copy(Path.of("../resources/programs/spin/spin.elf"), folder.resolve("evenly/mine.elf"));
    write(
        "short/lesson.json",
        """
        {"title": "On board", "scenario": "seed-spin", "run": "1s", "question": "q",
         "choices": ["a", "b"], "answer": 1,
         "checks": [{"at": "1s", "that": "moves", "is": 0, "text": "t"}]}
        """);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private WorkbenchStart start(OwnLessons own) throws Exception {
    return WorkbenchDoor.start(Locale.ENGLISH, new PolicyFolder(folder.resolve("none")), null, own);
  }

  @Test
  void areTakenLikeThoseOnBoard() throws Exception {
    OwnLessons own = OwnLessons.in(folder);
    assertThat(own.broken()).isEmpty();
    assertThat(own.lessons())
        .extracting(each -> each.title().in("ja"))
        .containsExactly("均等に", "On board");
    Lesson evenly = own.lessons().getFirst();
    assertThat(LessonFiles.text(evenly.name(), "ja")).containsExactly("Before.", "After.");
    assertThat(LessonFiles.text(own.lessons().getLast().name(), "en")).containsExactly("", "");

    List<String> opened = new ArrayList<>();
    LessonsViewModel model =
        new LessonsViewModel(
            own.lessons(),
            lesson -> opened.add(lesson.scenario()),
            (lesson, then) -> then.accept(List.of(Outcome.PASSED)));
    model.lesson().set(evenly);
    model.prediction().set(0);
    model.run();
    WorkbenchStart.Choice choice =
        start(own).scenarios().stream()
            .filter(each -> each.name().equals(opened.getFirst()))
            .findFirst()
            .orElseThrow();
    try (LiveSession session = choice.opener().open()) {
      session.advance(evenly.untilNanos());
      model.reached(session.scenario().name(), session.now());
      assertThat(model.done().get()).isTrue();
      assertThat(
              new Grading(
                      session.scenario(),
                      session.events(0),
                      session.samples(0),
                      session.commands(),
                      session.now())
                  .outcomes(evenly))
          .containsOnly(Outcome.PASSED);
    }
  }

  @Test
  void whatIsWrongWithOneIsToldAndKeepsNoOther() throws Exception {
    write("broken/lesson.json", "{\"title\": \"t\"}");
    write("lost/lesson.json", Files.readString(folder.resolve("evenly/lesson.json")));
    write("taken/lesson.json", Files.readString(folder.resolve("evenly/lesson.json")));
    write("taken/shop.json", Files.readString(folder.resolve("evenly/shop.json")));
    OwnLessons own = OwnLessons.in(folder);
    assertThat(own.lessons()).hasSize(2);
    assertThat(own.broken())
        .extracting(Problem::key)
        .containsExactly("json.missing-key", "host.missing", "lesson.name-taken");
    assertThat(OwnLessons.in(folder.resolve("nowhere"))).isEqualTo(OwnLessons.NONE);
  }
}
