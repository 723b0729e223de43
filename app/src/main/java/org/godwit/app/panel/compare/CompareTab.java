package org.godwit.app.panel.compare;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.BorderPane;
import javafx.stage.FileChooser;
import javafx.util.Subscription;
import org.godwit.app.bridge.Future;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.godwit.app.workbench.EmptyState;
import org.godwit.app.workbench.FutureNames;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.engine.session.file.RecordedSession;
import org.kordamp.ikonli.feather.Feather;

/** The editor tab of a comparison: what is compared is chosen above, the comparison lies below. */
final class CompareTab extends BorderPane {
  private final WorkbenchContext context;
  private final Messages messages;
  private final Comparisons comparisons;
  private final ComboBox<Choice> chooseA = new ComboBox<>();
  private final ComboBox<Choice> chooseB = new ComboBox<>();
  private Side a;
  private Side b;
  private boolean filling;
  private int wanted;

  /** An entry of a chooser; without a side it asks for a file. */
  private record Choice(Side side, String text) {}

  CompareTab(WorkbenchContext context, Comparisons comparisons) {
    this.context = context;
    this.messages = context.messages();
    this.comparisons = comparisons;
    Widgets.panel(this, "compare");
    chooser(chooseA, "compare-a", side -> choose(side, b));
    chooser(chooseB, "compare-b", side -> choose(a, side));
    Button swap = button("compare-swap", Feather.REPEAT, "compare.swap");
    swap.setOnAction(_ -> choose(b, a));
    Button again = button("compare-again", Feather.REFRESH_CW, "compare.again");
    again.setOnAction(_ -> choose(a, b));
    setTop(
        Widgets.bar(
            new Label("A"), chooseA, swap, new Label("B"), chooseB, Widgets.spring(), again));
    say("compare.choose");
    Widgets.whileShown(
        this,
        () ->
            Subscription.combine(
                messages.languageProperty().subscribe(_ -> fillChoosers()),
                comparisons.recordings().subscribe(this::fillChoosers),
                context.bridge().futuresProperty().subscribe(_ -> fillChoosers())));
  }

  private Button button(String id, Feather icon, String key) {
    Button button = new Button(null, Widgets.icon(icon));
    button.setId(id);
    button.getStyleClass().add("flat-button");
    button.setTooltip(Widgets.tip(messages.binding(key)));
    button.accessibleTextProperty().bind(messages.binding(key));
    return button;
  }

  private void chooser(ComboBox<Choice> box, String id, Consumer<Side> then) {
    box.setId(id);
    box.setCellFactory(_ -> new ChoiceCell());
    box.setButtonCell(new ChoiceCell());
    box.setPrefWidth(250);
    box.valueProperty()
        .subscribe(
            choice -> {
              if (choice == null || filling) {
                return;
              }
              Side chosen = choice.side() == null ? file() : choice.side();
              if (chosen == null) {
                fillChoosers();
              } else {
                then.accept(chosen);
              }
            });
  }

  private static final class ChoiceCell extends ListCell<Choice> {
    @Override
    protected void updateItem(Choice choice, boolean empty) {
      super.updateItem(choice, empty);
      setText(empty || choice == null ? null : choice.text());
    }
  }

  private Side file() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.of("compare.file"));
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(messages.of("file.kind.recording"), "*.godwit"));
    File chosen = chooser.showOpenDialog(context.desk().window());
    if (chosen == null) {
      return null;
    }
    comparisons.know(chosen.toPath());
    return new Side.File(chosen.toPath());
  }

  private void fillChoosers() {
    filling = true;
    List<Choice> all = new ArrayList<>();
    List<Future> futures = context.bridge().futuresProperty().get();
    for (Future each : futures) {
      all.add(new Choice(new Side.Live(each.number()), name(each, futures.size())));
    }
    for (Path path : comparisons.recordings()) {
      all.add(new Choice(new Side.File(path), path.getFileName().toString()));
    }
    all.add(new Choice(null, messages.of("compare.file")));
    fill(chooseA, a, all);
    fill(chooseB, b, all);
    filling = false;
  }

  private static void fill(ComboBox<Choice> box, Side side, List<Choice> all) {
    // Another list, not another content: the box would keep the position of what was chosen.
    box.setItems(FXCollections.observableArrayList(all));
    box.setValue(
        all.stream()
            .filter(choice -> side != null && side.equals(choice.side()))
            .findFirst()
            .orElse(null));
  }

  private String name(Future future, int count) {
    return count == 1 ? messages.of("compare.live") : FutureNames.of(future, messages);
  }

  /** Compares what stands on the two sides, if there is something on both. */
  void choose(Side sideA, Side sideB) {
    a = sideA;
    b = sideB;
    fillChoosers();
    int number = ++wanted;
    if (a == null || b == null) {
      say("compare.choose");
      return;
    }
    say("compare.working");
    comparisons.load(
        context,
        a,
        first ->
            comparisons.load(
                context,
                b,
                second ->
                    comparisons.pair(
                        first,
                        second,
                        pair -> {
                          if (number == wanted) {
                            show(pair);
                          }
                        }),
                () -> say("compare.choose")),
        () -> say("compare.choose"));
  }

  private void say(String key) {
    boolean missing = a == null || b == null;
    EmptyState state =
        missing
            ? EmptyState.of(context, key, "time.compare", "time.branch")
            : EmptyState.of(context, key);
    state.setId("compare-empty");
    if (missing) {
      Hyperlink choose = new Hyperlink();
      choose.setId("compare-choose-file");
      choose.textProperty().bind(messages.binding("compare.file"));
      choose.setOnAction(_ -> Optional.ofNullable(file()).ifPresent(this::fillIn));
      state.offer(choose);
    }
    setCenter(state);
  }

  /** A side for the place that is still empty. */
  private void fillIn(Side side) {
    if (a == null) {
      choose(side, b);
    } else {
      choose(a, side);
    }
  }

  private void show(Pair pair) {
    Figures figures = new Figures(Locale.ENGLISH);
    CompareViewModel model = new CompareViewModel(messages, figures, pair);
    List<Button> beside = new ArrayList<>();
    goTo("A", a, pair.a(), model, beside);
    goTo("B", b, pair.b(), model, beside);
    setCenter(
        new CompareView(messages, context.theme(), figures, model, beside)
            .linkedTo(context.selection()));
  }

  /** The moment can be seen in the window if that side is a future of the open session. */
  private void goTo(
      String name,
      Side side,
      RecordedSession session,
      CompareViewModel model,
      List<Button> beside) {
    if (side instanceof Side.Live(int future)) {
      Button button = new Button(name, Widgets.icon(Feather.EYE));
      button.setId("compare-show-" + name.toLowerCase(Locale.ROOT));
      button.setTooltip(Widgets.tip(messages.binding("compare.show")));
      button.setMinWidth(USE_PREF_SIZE);
      button.setOnAction(
          _ -> {
            context.bridge().showFuture(future);
            context.bridge().lookAt(Math.min(model.moment().get(), session.facts().endNanos()));
            context.desk().showCanvas();
          });
      beside.add(button);
    }
  }
}
