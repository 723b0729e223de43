package org.godwit.app.canvas;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import org.godwit.app.action.UndoList;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;

/**
 * The user's notes on the canvas. Drag moves one; a double click or Enter edits it; an empty one
 * goes; with the keyboard on it the arrows push it and Delete takes it away. All of it can be
 * undone. FX thread only.
 */
final class NoteLayer extends Pane {
  static final double WIDTH = 208;

  /** While it is written. */
  static final double HEIGHT = 96;

  private final UndoList undo;
  private final Messages messages;
  private final Map<Integer, CanvasNote> notes = new TreeMap<>();
  private final Map<Integer, Plate> plates = new TreeMap<>();
  private boolean changed;

  NoteLayer(UndoList undo, Messages messages) {
    this.undo = undo;
    this.messages = messages;
    setManaged(false);
    setPickOnBounds(false);
  }

  /** Puts up what {@link #changed} gave once; nothing for what cannot be read. */
  void recall(String text) {
    notes.clear();
    try {
      CanvasNote[] kept = text.isEmpty() ? null : new Gson().fromJson(text, CanvasNote[].class);
      for (CanvasNote note : kept == null ? new CanvasNote[0] : kept) {
        if (note != null && note.text() != null) {
          notes.put(note.id(), note);
        }
      }
    } catch (JsonSyntaxException e) {
      // Notes that cannot be read are as good as none.
    }
    show();
    changed = false;
  }

  /** All notes as text, if they changed since it was asked last. */
  Optional<String> changed() {
    boolean was = changed;
    changed = false;
    return was ? Optional.of(new Gson().toJson(notes.values())) : Optional.empty();
  }

  List<CanvasNote> notes() {
    return List.copyOf(notes.values());
  }

  /** Sticks an empty note there and lets the user write. */
  void add(CardPlaces.Place place) {
    int id = notes.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    put(new CanvasNote(id, place.x(), place.y(), ""));
    plates.get(id).edit();
  }

  /** Changes a note as one deed; null takes it away. */
  private void change(CanvasNote before, CanvasNote after, String name) {
    Runnable again = () -> set(before, after);
    again.run();
    undo.did(Problem.of(name), () -> set(after, before), again);
  }

  private void set(CanvasNote from, CanvasNote to) {
    if (to == null) {
      notes.remove(from.id());
      show();
    } else {
      put(to);
    }
    changed = true;
  }

  private void put(CanvasNote note) {
    notes.put(note.id(), note);
    show();
    changed = true;
  }

  private void show() {
    plates.keySet().removeIf(id -> !notes.containsKey(id) && getChildren().remove(plates.get(id)));
    notes.forEach(
        (id, note) ->
            plates
                .computeIfAbsent(
                    id,
                    _ -> {
                      Plate made = new Plate();
                      getChildren().add(made);
                      return made;
                    })
                .show(note));
  }

  /** One note on the screen. */
  private final class Plate extends StackPane {
    private final Label label = new Label();
    private TextArea editor;
    private CanvasNote note;
    private double pressX;
    private double pressY;
    private boolean dragged;

    Plate() {
      getStyleClass().add("canvas-note");
      setAccessibleRole(AccessibleRole.TEXT);
      setFocusTraversable(true);
      setManaged(false);
      label.setWrapText(true);
      label.setMaxWidth(WIDTH);
      getChildren().setAll(label);
      addEventHandler(MouseEvent.ANY, this::mouse);
      addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    void show(CanvasNote now) {
      note = now;
      label.setText(now.text().isEmpty() ? messages.of("canvas.note.empty") : now.text());
      setAccessibleText(messages.of("canvas.note.text", label.getText()));
      relocate(now.x(), now.y());
      fit();
    }

    private void fit() {
      double height = editor == null ? prefHeight(WIDTH) : HEIGHT;
      resize(WIDTH, Math.max(40, height));
    }

    private void mouse(MouseEvent e) {
      if (editor != null || e.getButton() != MouseButton.PRIMARY) {
        return;
      }
      if (e.getEventType() == MouseEvent.MOUSE_PRESSED) {
        requestFocus();
        pressX = e.getX();
        pressY = e.getY();
        dragged = false;
      } else if (e.getEventType() == MouseEvent.MOUSE_DRAGGED) {
        dragged = true;
        CardPlaces.Place place = spot(e);
        relocate(place.x(), place.y());
      } else if (e.getEventType() == MouseEvent.MOUSE_RELEASED && dragged) {
        change(note, note.at(spot(e)), "undo.note.move");
      } else if (e.getEventType() == MouseEvent.MOUSE_CLICKED && e.getClickCount() == 2) {
        edit();
      }
      // The canvas below must not pan as well.
      e.consume();
    }

    private CardPlaces.Place spot(MouseEvent e) {
      return new CardPlaces.Place(
              getLayoutX() + e.getX() - pressX, getLayoutY() + e.getY() - pressY)
          .snapped();
    }

    private void key(KeyEvent e) {
      if (editor != null) {
        return;
      }
      switch (e.getCode()) {
        case ENTER -> edit();
        case DELETE, BACK_SPACE -> change(note, null, "undo.note.delete");
        case LEFT -> push(-1, 0);
        case RIGHT -> push(1, 0);
        case UP -> push(0, -1);
        case DOWN -> push(0, 1);
        default -> {
          return;
        }
      }
      e.consume();
    }

    private void push(int dx, int dy) {
      change(
          note,
          note.at(
              new CardPlaces.Place(
                  note.x() + dx * CardPlaces.SNAP, note.y() + dy * CardPlaces.SNAP)),
          "undo.note.move");
    }

    void edit() {
      if (editor != null) {
        return;
      }
      editor = new TextArea(note.text());
      editor.setWrapText(true);
      editor.setId("note-editor");
      editor.setPrefSize(WIDTH, HEIGHT);
      editor.addEventFilter(
          KeyEvent.KEY_PRESSED,
          e -> {
            boolean over =
                e.getCode() == KeyCode.ESCAPE
                    || (e.getCode() == KeyCode.ENTER && e.isShortcutDown());
            if (over) {
              finish();
              requestFocus();
              e.consume();
            }
          });
      editor
          .focusedProperty()
          .addListener(
              (_, _, focused) -> {
                if (!focused) {
                  finish();
                }
              });
      getChildren().setAll(editor);
      fit();
      editor.requestFocus();
    }

    private void finish() {
      if (editor == null) {
        return;
      }
      String words = editor.getText().strip();
      editor = null;
      getChildren().setAll(label);
      if (words.isEmpty() && note.text().isEmpty()) {
        set(note, null);
      } else if (words.isEmpty()) {
        change(note, null, "undo.note.delete");
      } else if (note.text().isEmpty()) {
        CanvasNote written = note.saying(words);
        put(written);
        undo.did(Problem.of("undo.note.add"), () -> set(written, null), () -> set(null, written));
      } else if (!words.equals(note.text())) {
        change(note, note.saying(words), "undo.note.edit");
      } else {
        fit();
      }
    }
  }
}
