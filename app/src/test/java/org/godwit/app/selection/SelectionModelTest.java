package org.godwit.app.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.collections.ListChangeListener;
import org.godwit.model.ProcessId;
import org.junit.jupiter.api.Test;

/** One selection of one kind for everybody. */
class SelectionModelTest {
  private final SelectionModel selection = new SelectionModel();
  private final ProcessId one = new ProcessId(1, 1001);
  private final ProcessId two = new ProcessId(1, 1002);

  @Test
  void nodesAndProcessesExcludeEachOther() {
    selection.select(one);
    selection.selectNode(3);
    assertThat(selection.processes()).isEmpty();
    assertThat(selection.leadNode()).contains(3);
    selection.toggle(two);
    assertThat(selection.nodes()).isEmpty();
    assertThat(selection.leadProcess()).contains(two);
  }

  @Test
  void selectingTheSameAgainTellsNobody() {
    AtomicInteger changes = new AtomicInteger();
    selection
        .processes()
        .addListener((ListChangeListener<ProcessId>) _ -> changes.incrementAndGet());
    selection.selectProcesses(List.of(one, two));
    selection.selectProcesses(List.of(one, two));
    assertThat(changes).hasValue(1);
    selection.toggle(one);
    assertThat(selection.processes()).containsExactly(two);
    assertThat(selection.isSelected(two)).isTrue();
  }

  @Test
  void whatIsGoneIsDropped() {
    selection.selectProcesses(List.of(one, two));
    selection.retain(List.of(1), List.of(two));
    assertThat(selection.processes()).containsExactly(two);
  }
}
