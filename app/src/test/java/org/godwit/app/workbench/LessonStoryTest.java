package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import org.godwit.app.bridge.Pace;
import org.godwit.app.host.OwnLessons;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.model.scenario.Lesson;
import org.junit.jupiter.api.Test;

/**
 * A lesson in the window from its question to its explanation, on the real engine: one on board,
 * and one of a teacher's own, made as docs/lessons.md says.
 */
class LessonStoryTest extends WindowTest {
  @Override
  WorkbenchStart beginning() throws Exception {
    Path folder = Files.createTempDirectory("lessons");
    Path own = Files.createDirectories(folder.resolve("evenly"));
    Files.writeString(
        own.resolve("lesson.json"),
        """
        {"title": "Evenly", "scenario": "shop.json", "run": "10s",
         "question": "Is the load spread after 10 s?", "choices": ["Yes", "No"], "answer": 0,
         "checks": [
           {"at": "10s", "that": "moves", "is": 5, "text": "Five have moved"}]}
        """);
    Files.writeString(
        own.resolve("shop.json"),
        """
        {"title": "Shop", "clockDivisor": 10000,
         "nodes": [{"id": 1, "cpus": 1}, {"id": 2, "cpus": 1}],
         "script": [{"at": "0s", "do": "launch", "launch": "a", "node": 1, "program": "spin",
                     "count": 2}]}
        """);
    Files.writeString(
        own.resolve("text.en.md"), "Each node has one CPU.\n\n---\n\nOne of the two has moved.\n");
    return WorkbenchDoor.start(Locale.ENGLISH, OwnLessons.in(folder));
  }

  @Test
  void aLessonLeadsFromTheQuestionThroughTheRunToTheExplanation() throws Exception {
    settled(1);
    fire("perspective.teach");
    fire("window.lessons");
    waitFor(() -> lookup("#lesson-chooser").tryQuery().isPresent());
    bridge.setPace(Pace.MAX);

    take("04-one-more-than-cpus");
    assertThat(says("The balancer acts on a surplus")).isFalse();
    assertThat(lookup("#lesson-run").queryButton().isDisabled()).as("predict first").isTrue();
    predict(0);
    run();
    waitFor(() -> says("✓ Exactly one moved, and only once"));
    waitFor(() -> says("✓ The first has stayed at home"));
    waitFor(() -> says("It came otherwise than you thought."));
    waitFor(() -> says("The balancer acts on a surplus"));
    assertThat(((RadioButton) node("#lesson-choice-0")).isDisabled())
        .as("a prediction is made before the run")
        .isTrue();

    take("evenly");
    assertThat(says("Each node has one CPU.")).isTrue();
    assertThat(says("One of the two has moved.")).isFalse();
    predict(0);
    run();
    waitFor(() -> says("✗ Five have moved"));
    waitFor(() -> says("One of the two has moved."));
    assertThat(bridge.frame().scenario().title().en()).isEqualTo("Shop");
    assertThat(bridge.frame().pace()).isEqualTo(Pace.MAX);

    take("11-free-just-one");
    predict(0);
    run();
    waitFor(() -> bridge.frame().pace().equals(Pace.REAL_TIME));
  }

  // ---------------------------------------------------------------- hands and eyes

  private void take(String name) throws Exception {
    ComboBox<Lesson> chooser = lookup("#lesson-chooser").queryComboBox();
    Lesson lesson =
        chooser.getItems().stream()
            .filter(each -> each.name().endsWith(name))
            .findFirst()
            .orElseThrow();
    interact(() -> chooser.setValue(lesson));
    waitFor(() -> says(lesson.question().en()));
  }

  private void predict(int choice) {
    interact(() -> ((RadioButton) node("#lesson-choice-" + choice)).fire());
  }

  private void run() {
    interact(() -> lookup("#lesson-run").queryButton().fire());
  }

  private boolean says(String words) {
    List<Label> lines =
        lookup(".inspector-content .label").queryAllAs(Label.class).stream().toList();
    return lines.stream().map(Labeled::getText).anyMatch(each -> each.contains(words));
  }
}
