package org.godwit.app.workbench;

import java.util.List;
import javafx.event.EventHandler;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.godwit.model.ProcessId;

/**
 * M, then digits: migrates the selection to the node of that number. Enter ends the number, or a
 * pause of {@link #WAIT_MILLIS}; H or 0 means home, Esc gives up. FX thread only.
 */
final class MigrateKeys {
  private static final double WAIT_MILLIS = 900;

  private final WorkbenchContext context;
  private final StatusLine status;
  private final StringBuilder digits = new StringBuilder();
  private boolean waiting;
  private double left;
  private Scene scene;
  private final EventHandler<KeyEvent> keys = this::key;
  private final EventHandler<KeyEvent> typed = KeyEvent::consume;

  MigrateKeys(WorkbenchContext context, StatusLine status) {
    this.context = context;
    this.status = status;
  }

  /** Begins to listen. */
  void begin(Scene in) {
    if (waiting || context.selection().processes().isEmpty()) {
      return;
    }
    scene = in;
    waiting = true;
    digits.setLength(0);
    left = Double.POSITIVE_INFINITY;
    scene.addEventFilter(KeyEvent.KEY_PRESSED, keys);
    scene.addEventFilter(KeyEvent.KEY_TYPED, typed);
    show();
  }

  /** Lets wall time pass. */
  void tick(double millis) {
    if (waiting) {
      left -= millis;
      if (left <= 0) {
        finish();
      }
    }
  }

  private void key(KeyEvent e) {
    e.consume();
    String text = e.getText();
    if (e.getCode() == KeyCode.ESCAPE) {
      end();
    } else if (e.getCode() == KeyCode.ENTER) {
      finish();
    } else if (e.getCode() == KeyCode.H) {
      List<ProcessId> processes = List.copyOf(context.selection().processes());
      end();
      context.verbs().sendHome(processes);
    } else if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
      digits.append(text.charAt(0));
      left = WAIT_MILLIS;
      show();
    } else if (!e.getCode().isModifierKey()) {
      end();
    }
  }

  private void show() {
    status.hint(context.messages().of("keys.migrate", digits + "_"));
  }

  private void finish() {
    List<ProcessId> processes = List.copyOf(context.selection().processes());
    String number = digits.toString();
    end();
    if (!number.isEmpty() && number.length() <= 5) {
      context.verbs().migrate(processes, Integer.parseInt(number));
    }
  }

  private void end() {
    waiting = false;
    status.hint("");
    scene.removeEventFilter(KeyEvent.KEY_PRESSED, keys);
    scene.removeEventFilter(KeyEvent.KEY_TYPED, typed);
  }
}
