package org.godwit.app.workbench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.godwit.app.action.Action;
import org.godwit.app.help.HelpPage;
import org.godwit.app.help.HelpView;
import org.godwit.app.help.HelpViewModel;
import org.kordamp.ikonli.feather.Feather;

/**
 * How one comes to the help: F1 opens the page of the panel, or of the choice of the policy, that
 * has the keyboard, in a tab of its own among the editors; Search everywhere finds pages by what
 * stands on them. FX thread only.
 */
final class HelpDoor {
  private static final String TAB = "help";
  private static final int LEAST = 3;

  /** The choice of the policy in the toolbar. */
  private static final String POLICY = "policy";

  private final WorkbenchContext context;
  private final DockArea dock;
  private final HelpViewModel model;

  HelpDoor(WorkbenchContext context, DockArea dock) {
    this.context = context;
    this.dock = dock;
    this.model = new HelpViewModel(context.messages(), context.actions(), context.programs());
  }

  /** Adds the action, and the pages to what can be searched. */
  void declare() {
    context
        .actions()
        .add(
            new Action(
                "help.contents",
                Feather.BOOK_OPEN,
                Keys.key(KeyCode.F1),
                Action.ALWAYS,
                this::openHere));
    context.desk().findAlso(this::find);
  }

  private void openHere() {
    Node focused = dock.focusedScene().getFocusOwner();
    String here =
        focused != null && POLICY.equals(focused.getId())
            ? POLICY
            : dock.focused().orElse("canvas");
    if (!here.equals(TAB)) {
      model.openFor(here);
    }
    open();
  }

  private void open() {
    model.reword();
    context
        .desk()
        .openEditor(
            TAB,
            context.messages().binding("help.title"),
            Feather.BOOK_OPEN,
            () -> new HelpView(model, context.messages()));
  }

  private List<Found> find(String typed) {
    List<String> words = Arrays.asList(typed.toLowerCase(Locale.ROOT).strip().split("\\s+"));
    if (typed.strip().length() < LEAST) {
      return List.of();
    }
    return model.having(words).stream().map(this::found).toList();
  }

  private Found found(HelpPage page) {
    return Found.of(
        Feather.BOOK_OPEN,
        page.title(),
        context.messages().of("help.kind"),
        () -> {
          model.open(page.id());
          open();
        });
  }
}
