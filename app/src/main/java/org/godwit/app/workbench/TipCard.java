package org.godwit.app.workbench;

import java.util.List;
import java.util.function.Predicate;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.RunState;
import org.godwit.app.settings.SettingsStore;
import org.godwit.app.text.Messages;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A tip on the left when something is seen for the first time, with "Got it"; above the tables,
 * whose first columns tell who is spoken of. Each comes once in a user's life, one at a time, and
 * never during the tour. FX thread only.
 */
final class TipCard extends StackPane {
  private static final String KEY = "tip.";
  private static final double WIDTH = 320;
  private static final double GAP = 16;

  /** Room for the time bar and the status line. */
  private static final double LEAST = 64;

  /**
   * A tip; its words are the message {@code tip.} + name.
   *
   * @param due whether there is what it speaks of
   */
  private record Tip(String name, Predicate<Frame> due) {}

  private static final List<Tip> TIPS =
      List.of(
          new Tip("past", frame -> frame.state() == RunState.PAST),
          new Tip("away", frame -> processes(frame, p -> p.isAlive() && p.isAway())),
          new Tip("stays", frame -> processes(frame, p -> p.isAlive() && !p.reasons().isEmpty())),
          new Tip("lock", frame -> processes(frame, p -> p.isAlive() && p.lock())),
          new Tip("down", frame -> nodes(frame, n -> n.status() == NodeView.Status.CRASHED)),
          new Tip("many", frame -> frame.view().nodes().size() > 12));

  private final SettingsStore settings;
  private final Messages messages;
  private final Label words = new Label();
  private final Region above;
  private Tip shown;

  /**
   * @param above the card ends where this does, as long as that is seen
   */
  TipCard(SettingsStore settings, Messages messages, Region above) {
    this.settings = settings;
    this.above = above;
    this.messages = messages;
    setId("tip");
    setPickOnBounds(false);
    setVisible(false);
    setAlignment(Pos.BOTTOM_LEFT);
    words.setWrapText(true);
    words.setMinHeight(Region.USE_PREF_SIZE);
    Button gotIt = new Button();
    gotIt.setId("tip-got-it");
    gotIt.textProperty().bind(messages.binding("tip.gotit"));
    gotIt.setOnAction(_ -> dismiss());
    Label title = new Label(null, new FontIcon(Feather.INFO));
    title.textProperty().bind(messages.binding("tip.title"));
    title.getStyleClass().add("strong");
    HBox foot = new HBox(gotIt);
    foot.setAlignment(Pos.CENTER_RIGHT);
    VBox card = new VBox(8, title, words, foot);
    card.getStyleClass().addAll("tour-card", "tip-card");
    card.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
    getChildren().setAll(card);
    messages.languageProperty().addListener(_ -> word());
  }

  private static boolean processes(Frame frame, Predicate<ProcessView> which) {
    return frame.view().processes().stream().anyMatch(which);
  }

  private static boolean nodes(Frame frame, Predicate<NodeView> which) {
    return frame.view().nodes().stream().anyMatch(which);
  }

  /**
   * Shows what is due; called a few times a second.
   *
   * @param silent whether something else speaks now
   */
  void look(Frame frame, boolean silent) {
    settle();
    if (shown != null || silent || !settings.isKept() || !settings.isOn(DeskSettings.TIPS)) {
      // Where nothing is kept each tip would come again and again.
      setVisible(shown != null && !silent);
      return;
    }
    for (Tip tip : TIPS) {
      if (!isSeen(tip) && tip.due().test(frame)) {
        shown = tip;
        word();
        setVisible(true);
        return;
      }
    }
  }

  private void settle() {
    double below = 0;
    if (above.getScene() != null && above.getScene() == getScene()) {
      below = getHeight() - above.localToScene(above.getLayoutBounds()).getMaxY();
    }
    setPadding(new Insets(0, 0, Math.max(LEAST, below + GAP), GAP + GAP));
  }

  private boolean isSeen(Tip tip) {
    return settings.get(KEY + tip.name(), "").equals("seen");
  }

  private void word() {
    if (shown != null) {
      words.setText(messages.of(KEY + shown.name()));
    }
  }

  private void dismiss() {
    settings.put(KEY + shown.name(), "seen");
    shown = null;
    setVisible(false);
  }
}
