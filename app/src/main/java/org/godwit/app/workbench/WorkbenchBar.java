package org.godwit.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.Separator;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.util.StringConverter;
import org.godwit.app.action.Action;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.Pace;
import org.godwit.app.bridge.RunState;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.Session;
import org.godwit.model.command.Command;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The toolbar: run, step, pace, recording, policy, scenario, clock. FX thread only. */
final class WorkbenchBar extends HBox {
  private static final List<Double> PACES =
      List.of(0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, Double.POSITIVE_INFINITY);
  private static final double LEAST_BOX = 96;

  /** Of the window's width, what the policy's name may insist on. */
  private static final double MOST_SHARE = 0.3;

  private static final double NAME_GAP = 6;
  private static final double LEAST_STATE = 24;

  /** Borders of a box, and what rounding takes. */
  private static final double SLACK = 6;

  private static final PseudoClass BROKEN = PseudoClass.getPseudoClass("broken");
  private static final PseudoClass PAUSED = PseudoClass.getPseudoClass("paused");

  private final Messages messages;
  private final Button run;
  private final FontIcon runIcon = new FontIcon(Feather.PLAY);
  private final ComboBox<Double> pace = new ComboBox<>();
  private final ComboBox<String> policy = new ComboBox<>();
  private final ComboBox<WorkbenchStart.Choice> scenario = new ComboBox<>();
  private final Label recording = new Label();
  private final Label clock = new Label();
  private final Label state = new Label();
  private final List<Label> names = new ArrayList<>();
  private boolean telling;

  WorkbenchBar(
      WorkbenchStart start, WorkbenchContext context, Consumer<WorkbenchStart.Choice> open) {
    this.messages = context.messages();
    getStyleClass().add("workbench-bar");
    setAlignment(Pos.CENTER_LEFT);
    run = button(context.actions().get("run.toggle"), runIcon);
    run.setId("run");
    Button step = button(context.actions().get("run.step"), new FontIcon(Feather.SKIP_FORWARD));
    step.setId("step");
    pace.getItems().setAll(PACES);
    pace.setValue(1.0);
    pace.setConverter(words(this::paceText));
    pace.setId("pace");
    pace.setOnAction(
        _ -> {
          if (!telling) {
            context.bridge().setPace(new Pace(pace.getValue()));
          }
        });
    policy.getItems().setAll(Session.policies());
    offer(start.policies());
    policy.setOnShowing(_ -> offer(start.policies()));
    policy.setConverter(words(this::policyText));
    policy.setId("policy");
    policy.setOnAction(
        _ -> {
          if (!telling && policy.getValue() != null) {
            context.verbs().submit(new Command.SetPolicy(policy.getValue()));
          }
        });
    scenario.getItems().setAll(start.scenarios());
    scenario.setConverter(words(choice -> choice.title().in(messages.languageTag())));
    scenario.setId("scenario");
    scenario.setOnAction(
        _ -> {
          if (!telling && scenario.getValue() != null) {
            open.accept(scenario.getValue());
          }
        });
    scenario.setMaxWidth(360);
    // In a narrow window the long names give way, not the figures.
    pace.setMinWidth(Region.USE_PREF_SIZE);
    policy.setMinWidth(LEAST_BOX);
    scenario.setMinWidth(LEAST_BOX);
    policy.valueProperty().addListener(_ -> fitPolicy());
    policy.heightProperty().addListener(_ -> fitPolicy()); // the type has another size
    messages.languageProperty().addListener(_ -> reword());
    recording.getStyleClass().addAll("rec-badge", "strong");
    recording.setGraphic(new FontIcon(Feather.DISC));
    recording.setMinWidth(Region.USE_PREF_SIZE);
    recording.setVisible(false);
    recording.setManaged(false);
    clock.getStyleClass().addAll("clock", "mono", "strong");
    clock.setId("clock");
    clock.setMinWidth(Region.USE_PREF_SIZE);
    state.getStyleClass().add("run-state");
    Tooltip whole = new Tooltip();
    whole.textProperty().bind(state.textProperty());
    state.setTooltip(whole);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    Button search = button(context.actions().get("help.search"), new FontIcon(Feather.SEARCH));
    search.setId("search");
    getChildren()
        .setAll(
            run,
            step,
            named("bar.pace", pace),
            new Separator(Orientation.VERTICAL),
            named("bar.policy", policy),
            named("bar.scenario", scenario),
            recording,
            gap,
            state,
            clock,
            search);
  }

  private Button button(Action action, FontIcon icon) {
    Button button = new Button(null, icon);
    button.getStyleClass().addAll("flat-button", "bar-button");
    button.setFocusTraversable(false);
    button.setOnAction(_ -> action.fire());
    button.disableProperty().bind(Bindings.not(action.enabled()));
    Tooltip tip = new Tooltip();
    tip.textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    messages.of(action.labelKey())
                        + (action.key() == null ? "" : "  " + action.key().getDisplayText()),
                messages.languageProperty(),
                action.keyProperty()));
    button.setTooltip(tip);
    button.accessibleTextProperty().bind(messages.binding(action.labelKey()));
    return button;
  }

  private HBox named(String key, ComboBox<?> box) {
    Label label = new Label();
    label.textProperty().bind(messages.binding(key));
    label.getStyleClass().add("bar-word");
    label.managedProperty().bind(label.visibleProperty());
    names.add(label);
    label.setLabelFor(box);
    label.setMinWidth(Region.USE_PREF_SIZE);
    box.getStyleClass().add("bar-box");
    // In a narrow window a long name gives way; pointing at it shows it whole.
    Tooltip tip = new Tooltip();
    box.valueProperty().subscribe(_ -> tip.setText(shown(box)));
    box.promptTextProperty().subscribe(_ -> tip.setText(shown(box)));
    messages.languageProperty().subscribe(_ -> tip.setText(shown(box)));
    box.setTooltip(tip);
    HBox pair = new HBox(NAME_GAP, label, box);
    pair.setAlignment(Pos.CENTER_LEFT);
    return pair;
  }

  private static <T> String shown(ComboBox<T> box) {
    return box.getValue() == null
        ? box.getPromptText()
        : box.getConverter().toString(box.getValue());
  }

  private <T> StringConverter<T> words(Function<T, String> text) {
    return new StringConverter<>() {
      @Override
      public String toString(T value) {
        return value == null ? "" : text.apply(value);
      }

      @Override
      public T fromString(String typed) {
        throw new UnsupportedOperationException("not editable");
      }
    };
  }

  /** With very large type the boxes lose their names first, and then the state its end. */
  @Override
  protected void layoutChildren() {
    double named = 0;
    for (Label name : names) {
      named += name.prefWidth(-1) + NAME_GAP;
    }
    boolean shown = names.getFirst().isVisible();
    double least = minWidth(-1) - Math.max(0, state.minWidth(-1)) + state.prefWidth(-1);
    double bare = shown ? least - named : least;
    boolean roomy = bare + named <= getWidth();
    names.forEach(name -> name.setVisible(roomy));
    state.setMinWidth(bare <= getWidth() ? Region.USE_PREF_SIZE : LEAST_STATE);
    super.layoutChildren();
  }

  private String paceText(double factor) {
    if (Double.isInfinite(factor)) {
      return messages.of("pace.max");
    }
    String number =
        factor == Math.rint(factor)
            ? String.format(Locale.ROOT, "%.0f", factor)
            : String.format(Locale.ROOT, "%s", factor);
    return number + "×";
  }

  /** A user's own come and go with the files in a folder, which is read elsewhere. */
  private void offer(WorkbenchStart.PolicyShelf shelf) {
    Thread.ofVirtual()
        .name("policies")
        .start(
            () -> {
              List<String> names = shelf.names();
              Platform.runLater(() -> offer(names));
            });
  }

  private void offer(List<String> names) {
    List<String> items = new ArrayList<>(names);
    if (policy.getValue() != null && !items.contains(policy.getValue())) {
      items.add(policy.getValue());
    }
    if (!items.equals(policy.getItems())) {
      telling = true;
      String chosen = policy.getValue();
      policy.getItems().setAll(items);
      policy.setValue(chosen);
      telling = false;
    }
  }

  private String policyText(String name) {
    String key = "policy." + name;
    return messages.has(key) ? messages.of(key) : name;
  }

  private void reword() {
    telling = true;
    refresh(pace);
    refresh(policy);
    refresh(scenario);
    telling = false;
  }

  private static <T> void refresh(ComboBox<T> box) {
    T value = box.getValue();
    box.setButtonCell(new WordCell<>(box));
    box.setCellFactory(_ -> new WordCell<>(box));
    box.setValue(null);
    box.setValue(value);
  }

  private static final class WordCell<T> extends ListCell<T> {
    private final ComboBox<T> box;

    WordCell(ComboBox<T> box) {
      this.box = box;
    }

    @Override
    protected void updateItem(T item, boolean isEmpty) {
      super.updateItem(item, isEmpty);
      setText(isEmpty || item == null ? box.getPromptText() : box.getConverter().toString(item));
    }
  }

  /** The name of the policy is not cut off: the scenario's longer one gives way. */
  private void fitPolicy() {
    if (policy.getValue() != null
        && policy.lookup(".list-cell") instanceof Labeled cell
        && policy.lookup(".arrow-button") instanceof Region arrow) {
      Text name = new Text(policyText(policy.getValue()));
      name.setFont(cell.getFont());
      double around =
          cell.snappedLeftInset() + cell.snappedRightInset() + arrow.prefWidth(-1) + SLACK;
      double most = getScene() == null ? LEAST_BOX : MOST_SHARE * getScene().getWidth();
      double whole = Math.ceil(name.getLayoutBounds().getWidth() + around);
      policy.setMinWidth(Math.max(LEAST_BOX, Math.min(whole, most)));
    }
  }

  /**
   * Shows which choice is open; null for none of them, where the open scenario's title is shown.
   */
  void showChoice(WorkbenchStart.Choice choice) {
    telling = true;
    scenario.setValue(choice);
    telling = false;
  }

  /** Shows a frame. */
  void show(Frame frame) {
    telling = true;
    boolean running = frame.state() == RunState.RUNNING;
    runIcon.setIconCode(running ? Feather.PAUSE : Feather.PLAY);
    clock.setText(clockText(frame.view().nanos(), !running));
    clock.pseudoClassStateChanged(PAUSED, !running);
    String key =
        switch (frame.state()) {
          case EMPTY -> "run.empty";
          case RUNNING -> frame.slow() ? "run.slow" : "run.live";
          case PAUSED -> "run.paused";
          case PAST -> "run.past";
          case FAILED -> "run.failed";
        };
    state.setText(
        frame.slow() && running
            ? messages.of(key, frame.ratio(), paceText(frame.pace().factor()))
            : messages.of(key));
    state.getStyleClass().setAll("label", "run-state", "strong", key.replace('.', '-'));
    scenario.setPromptText(
        frame.scenario() == null ? "" : frame.scenario().title().in(messages.languageTag()));
    if (pace.getValue() == null || pace.getValue() != frame.pace().factor()) {
      pace.setValue(frame.pace().factor());
    }
    if (frame.session() > 0 && !frame.view().policy().equals(policy.getValue())) {
      if (!policy.getItems().contains(frame.view().policy())) {
        policy.getItems().add(frame.view().policy());
      }
      policy.setValue(frame.view().policy());
    }
    telling = false;
  }

  /** Shows what is being recorded. */
  void show(Optional<WorkbenchStart.RecordingStatus> status) {
    recording.setVisible(status.isPresent());
    recording.setManaged(status.isPresent());
    status.ifPresent(
        s -> {
          recording.pseudoClassStateChanged(BROKEN, !s.intact());
          recording.setText(messages.of(s.intact() ? "bar.rec" : "bar.rec.memory"));
        });
  }

  /** Virtual time: milliseconds while it runs, nanoseconds in groups when it stands. */
  static String clockText(long nanos, boolean exact) {
    long seconds = nanos / 1_000_000_000L;
    long rest = nanos % 1_000_000_000L;
    String whole =
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d.%03d",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            rest / 1_000_000);
    return exact
        ? whole + String.format(Locale.ROOT, " %03d %03d", rest / 1000 % 1000, rest % 1000)
        : whole;
  }
}
