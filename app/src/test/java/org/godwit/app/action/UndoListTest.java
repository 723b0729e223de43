package org.godwit.app.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.godwit.model.Problem;
import org.junit.jupiter.api.Test;

/** What was done can be taken back and done again, in order. */
class UndoListTest {
  private final UndoList undo = new UndoList();
  private final StringBuilder text = new StringBuilder();

  private void write(String letter) {
    text.append(letter);
    undo.did(
        Problem.of("undo.other", letter),
        () -> text.setLength(text.length() - 1),
        () -> {
          text.append(letter);
          // What a redo does is no deed of its own.
          undo.did(Problem.of("undo.other"), () -> {}, () -> {});
        });
  }

  @Test
  void undoAndRedoWalkThroughTheDeeds() {
    write("a");
    write("b");
    write("c");
    undo.undo();
    undo.undo();
    assertThat(text).hasToString("a");
    assertThat(undo.doneProperty().get()).isEqualTo(1);
    undo.redo();
    assertThat(text).hasToString("ab");
    assertThat(undo.deeds()).hasSize(3);
    assertThat(undo.deeds().get(1).name().arguments()).containsExactly("b");
  }

  @Test
  void somethingNewForgetsWhatWasUndone() {
    write("a");
    write("b");
    undo.undo();
    write("x");
    assertThat(text).hasToString("ax");
    assertThat(undo.canRedoProperty().get()).isFalse();
    undo.redo();
    assertThat(text).hasToString("ax");
  }

  @Test
  void theHistoryCanBeEnteredAnywhere() {
    write("a");
    write("b");
    write("c");
    undo.goTo(0);
    assertThat(text).isEmpty();
    assertThat(undo.canUndoProperty().get()).isFalse();
    undo.goTo(2);
    assertThat(text).hasToString("ab");
  }

  @Test
  void theOldestAreForgotten() {
    for (int i = 0; i < UndoList.KEPT + 5; i++) {
      write("a");
    }
    assertThat(undo.deeds()).hasSize(UndoList.KEPT);
    undo.goTo(0);
    assertThat(text).hasSize(5);
  }
}
