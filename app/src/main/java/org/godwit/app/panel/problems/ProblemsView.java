package org.godwit.app.panel.problems;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.SpeedSearch;
import org.godwit.app.panel.TableCopy;
import org.godwit.app.panel.TipCell;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;
import org.godwit.app.workbench.EmptyState;
import org.godwit.app.workbench.WorkbenchContext;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The problems: one line each; a double click or Enter goes to what it is about. */
public final class ProblemsView extends BorderPane {
  private final WorkbenchContext context;
  private final Messages messages;
  private final FindingsViewModel model;
  private final TableView<Finding> table = new TableView<>();

  /**
   * @param context what panels work with
   * @param model what was found
   * @param figures how times are written
   */
  public ProblemsView(WorkbenchContext context, FindingsViewModel model, Figures figures) {
    this.context = context;
    this.messages = context.messages();
    this.model = model;
    Widgets.panel(this, "problems");
    table.setId("problems-list");
    table.setItems(model.findings());
    table.setFixedCellSize(24);
    table.setPlaceholder(
        EmptyState.of(context, "problems.empty", "window.lessons", "help.contents"));
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
    TableColumn<Finding, Notice.Severity> severity = column("severity", 110, Finding::severity);
    severity.setCellFactory(_ -> new SeverityCell());
    TableColumn<Finding, String> time =
        column("time", 90, f -> f.atNanos() < 0 ? "" : figures.shortInstant(f.atNanos()));
    time.getStyleClass().add("mono-cell");
    TableColumn<Finding, String> about = column("about", 150, model::about);
    TableColumn<Finding, String> what = column("what", 640, f -> f.words().get());
    what.setCellFactory(_ -> new TipCell<>());
    TableColumn<Finding, Finding> fix = column("fix", 280, f -> f);
    fix.setCellFactory(_ -> new FixCell());
    severity.setMaxWidth(140);
    time.setMaxWidth(120);
    about.setMaxWidth(220);
    fix.setMaxWidth(360);
    table.getColumns().setAll(List.of(severity, time, about, what, fix));
    table.setRowFactory(
        _ -> {
          TableRow<Finding> row = new TableRow<>();
          row.setOnMouseClicked(
              event -> {
                if (event.getClickCount() == 2 && row.getItem() != null) {
                  jump(row.getItem());
                }
              });
          return row;
        });
    table.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          Finding chosen = table.getSelectionModel().getSelectedItem();
          if (event.getCode() == KeyCode.ENTER && chosen != null) {
            jump(chosen);
            event.consume();
          }
        });
    messages.languageProperty().subscribe(_ -> table.refresh());
    TableCopy.words(fix, _ -> "");
    setCenter(SpeedSearch.over(table));
    Widgets.options(this, () -> List.of(Widgets.columns(table, messages)));
  }

  private <T> TableColumn<Finding, T> column(String key, double width, Function<Finding, T> value) {
    TableColumn<Finding, T> column =
        Widgets.column("problem-" + key, messages.binding("problems.column." + key), width);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
    column.setSortable(false);
    return column;
  }

  /** Shows the moment of the finding, and there what it is about. */
  private void jump(Finding finding) {
    if (finding.atNanos() >= 0) {
      context.selection().momentProperty().set(finding.atNanos());
    }
    if (finding.process() != null) {
      context.selection().select(finding.process());
      context.desk().showToolWindow("inspector");
    } else if (finding.node() > 0) {
      context.selection().selectNode(finding.node());
      context.desk().showToolWindow("inspector");
    }
  }

  private final class SeverityCell extends TableCell<Finding, Notice.Severity> {
    private final FontIcon warning = Widgets.icon(Feather.ALERT_TRIANGLE, "warn-icon");
    private final FontIcon error = Widgets.icon(Feather.X_OCTAGON, "danger-icon");

    @Override
    protected void updateItem(Notice.Severity severity, boolean empty) {
      super.updateItem(severity, empty);
      boolean none = empty || severity == null;
      setGraphic(none ? null : severity == Notice.Severity.ERROR ? error : warning);
      setText(
          none
              ? null
              : messages.of("notifications.severity." + severity.name().toLowerCase(Locale.ROOT)));
    }
  }

  private final class FixCell extends TableCell<Finding, Finding> {
    private final Hyperlink link = new Hyperlink();

    FixCell() {
      link.setOnAction(
          _ -> {
            if (getItem() != null) {
              model.fix(getItem());
            }
          });
    }

    @Override
    protected void updateItem(Finding finding, boolean empty) {
      super.updateItem(finding, empty);
      boolean none = empty || finding == null || finding.fix() == null;
      link.setText(none ? "" : model.remedy(finding));
      setGraphic(none ? null : link);
    }
  }
}
