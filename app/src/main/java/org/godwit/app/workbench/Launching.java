package org.godwit.app.workbench;

import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import org.godwit.app.canvas.ClusterCanvas;
import org.godwit.app.palette.LaunchDialog;
import org.godwit.app.palette.LaunchRequest;
import org.godwit.app.palette.ProgramCard;
import org.godwit.app.palette.ProgramPalette;
import org.godwit.app.palette.ProgramShelf;
import org.godwit.model.view.NodeView;

/** From the palette to a process: by mouse, by keyboard, with or without questions. */
final class Launching {
  private final WorkbenchContext context;
  private final ClusterCanvas canvas;

  Launching(WorkbenchContext context, ClusterCanvas canvas) {
    this.context = context;
    this.canvas = canvas;
  }

  /**
   * The gallery of programs.
   *
   * @param dragLayer where a dragged card is drawn
   * @param source opens a program's source
   */
  Node palette(ProgramShelf shelf, Pane dragLayer, Consumer<ProgramCard> source) {
    return new ProgramPalette(
        shelf, dragLayer, canvas, context.messages(), this::launch, this::launchOnSelected, source);
  }

  private void launch(LaunchRequest request, boolean ask) {
    if (ask) {
      LaunchDialog.ask(
          context.desk().window(),
          request,
          canvas.nodeName(request.node()),
          context.messages(),
          dialog -> context.theme().dress(dialog.getDialogPane()),
          answer -> launch(answer, false));
      return;
    }
    context
        .verbs()
        .launch(
            request.node(),
            request.program(),
            request.arguments(),
            request.count(),
            request.locked());
  }

  /** On the selected node, else on the first that is up. */
  private void launchOnSelected(ProgramCard card) {
    int node = context.selection().leadNode().orElseGet(this::firstUp);
    if (node != 0) {
      launch(new LaunchRequest(node, card.name(), card.arguments(), 1, false), false);
    }
  }

  private int firstUp() {
    return context.bridge().frame().view().nodes().stream()
        .filter(n -> n.status() == NodeView.Status.UP)
        .map(n -> n.spec().id())
        .findFirst()
        .orElse(0);
  }
}
