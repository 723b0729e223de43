package org.godwit.app.panel.inspector;

import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.panel.Widgets;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.workbench.EmptyState;
import org.godwit.app.workbench.WorkbenchContext;

/** The inspector: the page of what is selected, or what to do if nothing is. */
public final class InspectorView extends BorderPane {
  private static final Duration FILE_REFRESH = Duration.millis(700);

  /**
   * @param context what panels work with
   * @param model what is inspected
   * @param looks signs of programs
   */
  public InspectorView(WorkbenchContext context, InspectorViewModel model, ProgramLooks looks) {
    Widgets.panel(this, "inspector");
    ProcessPane process = new ProcessPane(context.messages(), context.theme(), looks, model);
    NodePane node = new NodePane(context.messages(), model);
    ScrollPane processPage = page(process);
    ScrollPane nodePage = page(node);
    processPage.visibleProperty().bind(model.process().isNotNull());
    nodePage.visibleProperty().bind(model.node().isNotNull());
    model
        .process()
        .subscribe(
            card -> {
              if (card != null) {
                process.show(card);
              }
            });
    model
        .node()
        .subscribe(
            card -> {
              if (card != null) {
                node.show(card);
              }
            });
    SelectionModel selection = context.selection();
    ObservableList<?> processes = selection.processes();
    ObservableList<?> nodes = selection.nodes();
    EmptyState empty =
        new EmptyState(
            context,
            Bindings.createStringBinding(
                () ->
                    context
                        .messages()
                        .of(
                            processes.isEmpty() && nodes.isEmpty()
                                ? "inspector.empty"
                                : "inspector.gone"),
                processes,
                nodes,
                context.messages().languageProperty()),
            "edit.selectnodes");
    empty.visibleProperty().bind(model.process().isNull().and(model.node().isNull()));
    setCenter(new StackPane(empty, processPage, nodePage));
    setBottom(more(context, processes, nodes));
    Timeline files = new Timeline(new KeyFrame(FILE_REFRESH, _ -> model.readAgain()));
    files.setCycleCount(Timeline.INDEFINITE);
    Widgets.whileShown(
        this,
        () -> {
          files.play();
          return files::stop;
        });
  }

  private static Label more(
      WorkbenchContext context, ObservableList<?> processes, ObservableList<?> nodes) {
    Label more = new Label();
    more.getStyleClass().addAll("caption", "inspector-more");
    more.textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    context
                        .messages()
                        .of("inspector.more", Math.max(processes.size(), nodes.size()) - 1),
                processes,
                nodes,
                context.messages().languageProperty()));
    more.visibleProperty()
        .bind(Bindings.size(processes).greaterThan(1).or(Bindings.size(nodes).greaterThan(1)));
    more.managedProperty().bind(more.visibleProperty());
    return more;
  }

  private static ScrollPane page(Node content) {
    ScrollPane page = new ScrollPane(content);
    page.setFitToWidth(true);
    page.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    page.managedProperty().bind(page.visibleProperty());
    return page;
  }
}
