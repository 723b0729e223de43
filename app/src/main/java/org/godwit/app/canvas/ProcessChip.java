package org.godwit.app.canvas;

import java.util.List;
import javafx.animation.FadeTransition;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.godwit.app.palette.ProgramDisc;
import org.godwit.app.palette.ProgramLooks.Look;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.godwit.model.view.ProcessView;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A process as a small plate: disc with monogram, name, pid, marks. Running and ready change a
 * hundred times a second; a state that shows activity is held for a while, so that the plate stays
 * calm.
 */
final class ProcessChip extends HBox {
  static final double HEIGHT = 26;

  private static final double HOLD_MILLIS = 400;
  private static final List<String> STATES =
      List.of(
          "running", "ready", "waiting", "frozen", "stopped", "zombie", "crashed", "lost", "home");
  private static final PseudoClass AWAY = PseudoClass.getPseudoClass("away");
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

  private final ProcessId id;
  private final Label name = new Label();
  private final Label pid = new Label();
  private final FontIcon stateMark = new FontIcon();
  private final FontIcon lockMark = new FontIcon(Feather.LOCK);
  private final FontIcon anchorMark = new FontIcon(Feather.ANCHOR);
  private Look worn;
  private ProcessView view;
  private String state = "";
  private double heldUntil;
  private double clock;

  ProcessChip(ProcessId id, Look look) {
    this.id = id;
    setManaged(false);
    getStyleClass().add("chip");
    setAlignment(Pos.CENTER_LEFT);
    setAccessibleRole(AccessibleRole.BUTTON);
    setMinHeight(HEIGHT);
    setMaxHeight(HEIGHT);
    name.getStyleClass().add("chip-name");
    name.setMinWidth(0);
    pid.getStyleClass().addAll("chip-pid", "mono");
    pid.setText(Integer.toString(id.pid()));
    pid.setMinWidth(Region.USE_PREF_SIZE);
    for (FontIcon mark : List.of(stateMark, lockMark, anchorMark)) {
      mark.getStyleClass().add("chip-mark");
    }
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    getChildren().setAll(name, pid, gap);
    wear(look);
  }

  /** Shows whose program it is: exec changes it. */
  void wear(Look look) {
    if (look.equals(worn)) {
      return;
    }
    worn = look;
    setStyle(ProgramDisc.colours(look.slot()));
    getChildren().removeIf(ProgramDisc.class::isInstance);
    getChildren().addFirst(new ProgramDisc(look.slot(), look.monogram(), 18));
  }

  ProcessId id() {
    return id;
  }

  /** What was shown last. */
  ProcessView view() {
    return view;
  }

  /** Shows the process as a full plate. */
  void show(ProcessView now, boolean flying, boolean paused, Messages messages) {
    boolean changed =
        view == null
            || view.lock() != now.lock()
            || view.reasons().size() != now.reasons().size()
            || !view.program().equals(now.program());
    view = now;
    String wanted = flying ? "frozen" : word(now.state());
    clock = System.nanoTime() / 1e6;
    boolean activity = rank(wanted) >= 0 && rank(state) >= 0;
    boolean reset = !wanted.equals(state);
    if (activity && !paused) {
      if (rank(wanted) >= rank(state)) {
        heldUntil = clock + HOLD_MILLIS;
      } else if (clock < heldUntil) {
        reset = false;
      }
    }
    if (reset) {
      setState(wanted);
    }
    pseudoClassStateChanged(AWAY, now.isAway());
    if (reset || changed) {
      name.setText(now.program());
      marks(now, messages);
    }
  }

  /** Shows the hollow place of a process that is away from this, its home. */
  void showHome(ProcessView now, Messages messages) {
    boolean changed = view == null || view.where() != now.where() || !"home".equals(state);
    view = now;
    if (changed) {
      setState("home");
      name.setText(messages.of("canvas.slot.away", now.where()));
      setAccessibleText(
          messages.of("canvas.slot.text", now.program(), now.id().pid(), now.where()));
      getChildren().removeAll(stateMark, lockMark, anchorMark);
    }
  }

  void setSelected(boolean selected) {
    pseudoClassStateChanged(SELECTED, selected);
  }

  /** Lights up for a moment: it has just landed. */
  void glow() {
    FadeTransition glow = new FadeTransition(Duration.millis(200), this);
    glow.setFromValue(0.2);
    glow.setToValue(1);
    glow.play();
  }

  private void setState(String wanted) {
    state = wanted;
    for (String each : STATES) {
      pseudoClassStateChanged(PseudoClass.getPseudoClass(each), each.equals(wanted));
    }
  }

  private void marks(ProcessView now, Messages messages) {
    getChildren().removeAll(stateMark, lockMark, anchorMark);
    Ikon icon =
        switch (state) {
          case "waiting" -> Feather.MOON;
          case "frozen" -> Feather.ZAP;
          case "stopped" -> Feather.PAUSE;
          case "crashed", "lost" -> Feather.X_OCTAGON;
          default -> null;
        };
    if (icon != null) {
      stateMark.setIconCode(icon);
      getChildren().add(stateMark);
    }
    if (now.lock()) {
      getChildren().add(lockMark);
    }
    if (!now.reasons().isEmpty()) {
      getChildren().add(anchorMark);
    }
    setAccessibleText(
        messages.of(
            "canvas.chip.text",
            now.program(),
            now.id().pid(),
            now.where(),
            messages.of("state." + state),
            now.lock() ? 1 : 0,
            now.reasons().size()));
  }

  private static int rank(String state) {
    return switch (state) {
      case "running" -> 2;
      case "ready" -> 1;
      case "waiting" -> 0;
      default -> -1;
    };
  }

  private static String word(ProcessView.State state) {
    return switch (state) {
      case RUNNING -> "running";
      case READY -> "ready";
      case WAITING -> "waiting";
      case FROZEN -> "frozen";
      case STOPPED -> "stopped";
      case ZOMBIE, EXITED -> "zombie";
      case CRASHED -> "crashed";
      case LOST -> "lost";
    };
  }
}
