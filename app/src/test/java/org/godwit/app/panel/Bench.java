package org.godwit.app.panel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.stage.Window;
import org.godwit.app.action.ActionList;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.app.palette.ProgramCard;
import org.godwit.app.palette.ProgramLibrary;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;
import org.godwit.app.theme.Variant;
import org.godwit.app.workbench.ClusterVerbs;
import org.godwit.app.workbench.Desk;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.scenario.LocalText;
import org.kordamp.ikonli.Ikon;

/**
 * A workbench without a window around it: a make-believe cluster on the real engine bridge, and the
 * panels' view-models. For tests on the FX thread.
 */
public final class Bench implements AutoCloseable {
  private static final long SECOND = 1_000_000_000L;

  private final ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
  private final List<String> shownWindows = new ArrayList<>();
  private final EngineBridge bridge = new EngineBridge(Platform::runLater, System::nanoTime);
  private final WorkbenchContext context;
  private final PanelModels models;
  private Node opened;

  /** A bench on which nothing is open yet. */
  public Bench(Variant variant, Locale language) {
    Messages messages = new Messages(language);
    Theme theme = new Theme(variant);
    theme.languageProperty().bind(messages.languageProperty());
    NoticeBoard notices = new NoticeBoard();
    ProgramLibrary library = library();
    context =
        new WorkbenchContext(
            bridge,
            new SelectionModel(),
            messages,
            theme,
            notices,
            new ActionList(),
            new ClusterVerbs(bridge, notices),
            library,
            new ProgramLooks(library),
            new FakeDesk());
    models = new PanelModels(context, System::nanoTime);
  }

  /** Three spins, one of each troublesome program, some seconds of life; stands paused. */
  public Bench demo() {
    launch("spin", 1, 3);
    launch("shmget", 1, 1);
    launch("pthread", 2, 1);
    cluster.advance(4 * SECOND);
    launch("files", 2, 1);
    launch("pipe", 3, 2);
    cluster.advance(26 * SECOND);
    bridge.open(() -> cluster, false);
    return this;
  }

  /** Adds programs before or after {@link #demo}. */
  private void launch(String program, int node, int count) {
    cluster.submit(new Command.Launch(program + node, node, program, List.of(), count, false));
  }

  /** What the panels work with. */
  public WorkbenchContext context() {
    return context;
  }

  /** The view-models. */
  public PanelModels models() {
    return models;
  }

  /** The windows that were asked to come to the front. */
  public List<String> shownWindows() {
    return shownWindows;
  }

  /** The editor tab opened last, or null. */
  public Node opened() {
    return opened;
  }

  /** Applies what came up from the engine; on the FX thread. */
  public void pulse() {
    bridge.pulse();
  }

  /**
   * The commands that reached the cluster, once everything sent so far has. Not on the FX thread.
   */
  public List<CommandRecord> commands() throws Exception {
    var answer = new CompletableFuture<List<CommandRecord>>();
    bridge.query(open -> open.commands(), answer::complete);
    return answer.get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    bridge.close();
  }

  private static ProgramLibrary library() {
    List<ProgramCard> cards = new ArrayList<>();
    String[][] all = {
      {"spin", "Sp"}, {"shmget", "Sh"}, {"pipe", "Pi"}, {"pthread", "Pt"}, {"files", "Fi"}
    };
    for (int i = 0; i < all.length; i++) {
      LocalText none = new LocalText("", "");
      cards.add(
          new ProgramCard(
              all[i][0], i, all[i][1], List.of(), none, none, none, true, null, "", ""));
    }
    return () -> cards;
  }

  private final class FakeDesk implements Desk {
    @Override
    public void openEditor(
        String id, ObservableValue<String> title, Ikon icon, Supplier<Node> content) {
      shownWindows.add(id);
      opened = content.get();
    }

    @Override
    public void closeEditor(String id) {
      shownWindows.remove(id);
    }

    @Override
    public void showToolWindow(String id) {
      shownWindows.add(id);
    }

    @Override
    public Window window() {
      return null;
    }

    @Override
    public void reveal(Path file) {
      shownWindows.add(file.toString());
    }
  }
}
