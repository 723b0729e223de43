package org.godwit.app.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.model.ProcessId;
import org.junit.jupiter.api.Test;

/** Back and forward lead through selections and moments. */
class VisitedPlacesTest {
  private final SelectionModel selection = new SelectionModel();
  private final VisitedPlaces places = new VisitedPlaces(selection);
  private final ProcessId spin = new ProcessId(1, 1001);

  @Test
  void backAndForwardShowWhatWasSelected() {
    selection.selectNode(1);
    selection.select(spin);
    selection.momentProperty().set(5_000_000_000L);
    places.back(_ -> true);
    assertThat(selection.processes()).containsExactly(spin);
    assertThat(selection.momentProperty().get()).isEqualTo(SelectionModel.LIVE);
    places.back(_ -> true);
    assertThat(selection.nodes()).containsExactly(1);
    assertThat(places.canGoBackProperty().get()).isFalse();
    places.forward(_ -> true);
    places.forward(_ -> true);
    assertThat(selection.momentProperty().get()).isEqualTo(5_000_000_000L);
    assertThat(places.canGoForwardProperty().get()).isFalse();
  }

  @Test
  void processesThatAreGoneArePassedOver() {
    selection.selectNode(1);
    selection.select(spin);
    selection.selectNodes(List.of(2));
    places.back(_ -> false);
    assertThat(selection.nodes()).containsExactly(1);
  }

  @Test
  void aNewPlaceForgetsTheWayForward() {
    selection.selectNode(1);
    selection.selectNode(2);
    places.back(_ -> true);
    selection.selectNode(3);
    assertThat(places.canGoForwardProperty().get()).isFalse();
    places.back(_ -> true);
    assertThat(selection.nodes()).containsExactly(1);
  }

  @Test
  void fromNothingBackLeadsToTheLastPlace() {
    selection.selectNode(1);
    selection.selectNode(2);
    selection.clear();
    places.back(_ -> true);
    assertThat(selection.nodes()).containsExactly(2);
  }
}
