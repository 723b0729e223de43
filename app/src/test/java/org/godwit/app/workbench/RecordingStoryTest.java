package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Slider;
import javafx.scene.control.TableView;
import org.godwit.app.bridge.BoardSession;
import org.godwit.app.bridge.RunState;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFileWriter;
import org.godwit.model.command.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that somebody was sent: looked into, opened as a session, gone on with. */
class RecordingStoryTest extends WindowTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;
  private WorkbenchStart start;

  @Override
  WorkbenchStart beginning() throws Exception {
    start = WorkbenchDoor.start(Locale.ENGLISH);
    return start;
  }

  @Test
  void isOpenedAsASessionLookedAtAndContinued() throws Exception {
    Path file = folder.resolve("sent.godwit");
    try (Session session =
            BoardSession.open(
                "demo",
                "clockDivisor=1000",
                "nodes[0].name=sender",
                "title.en=The scenario that they sent");
        OutputStream out = Files.newOutputStream(file)) {
      session.advance(2 * SECOND);
      session.submit(new Command.Launch("theirs", 1, "spin", List.of(), 2, false));
      session.advance(4 * SECOND);
      SessionFileWriter.write(RecordedSession.of(session), out);
    }
    settled(1);
    interact(() -> start.recordings().open(file, workbench.context()));
    waitFor(() -> lookup("#recording-again").tryQuery().isPresent());
    clickOn("#recording-again");
    waitFor(() -> bridge.frame().session() == 2 && bridge.frame().latestNanos() == 4 * SECOND);
    waitFor(() -> workbench.context().notices().tasks().isEmpty());
    waitFor(() -> table().getItems().size() == 2);
    assertThat(bridge.frame().scenario().nodes().getFirst().name()).isEqualTo("sender");
    ComboBox<?> scenario = (ComboBox<?>) node("#scenario");
    assertThat(scenario.getValue()).as("none of those on board is open").isNull();
    assertThat(scenario.getPromptText()).isEqualTo("The scenario that they sent");

    // Before they launched anything, and on from there with what one would have done oneself.
    interact(() -> ((Slider) node("#time")).setValue(1));
    waitFor(() -> bridge.frame().state() == RunState.PAST);
    waitFor(() -> table().getItems().isEmpty());
    clickOn("#time-branch");
    waitFor(() -> bridge.hasOtherFutureProperty().get());
    bridge.submit(new Command.Launch("mine", 2, "spin", List.of(), 1, false));
    bridge.run();
    waitFor(() -> table().getItems().size() == 1);
    waitFor(() -> bridge.frame().view().nanos() > 2 * SECOND);
    bridge.pause();
    assertThat(lookup("#future-1").tryQuery()).isPresent();
  }

  private TableView<?> table() {
    return lookup("#process-table").query();
  }
}
