package org.godwit.app.panel.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.SECOND;
import static org.godwit.app.panel.Clusters.event;
import static org.godwit.app.panel.Clusters.sample;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.godwit.app.panel.ChartLook;
import org.godwit.app.panel.Clusters;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadViewModelTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);

  private final Figures figures = new Figures(Locale.ENGLISH);
  private final LoadViewModel model =
      new LoadViewModel(new Messages(Locale.ENGLISH), figures, new Roster(), 100);

  private void steady(int nodes, int seconds) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 1; i <= seconds; i++) {
      for (int node = 1; node <= nodes; node++) {
        samples.add(sample(i * SECOND, node, node * 0.5));
      }
    }
    model.append(samples, List.of());
  }

  @Test
  void onlyTheNewestSamplesAreKept() {
    steady(1, 250);
    SampleRing.Line line = model.wholePicture().series().getFirst().line();
    assertThat(line.at()).hasSize(100);
    assertThat(line.at()[0]).isEqualTo(151 * SECOND);
    assertThat(line.at()[99]).isEqualTo(250 * SECOND);
  }

  @Test
  void countsBecomeRatesOverTheirInterval() {
    model.append(
        List.of(sample(SECOND, 1, 1), sample(3 * SECOND, 1, 1), sample(3_500_000_000L, 1, 1)),
        List.of());
    model.metric().set(Metric.FORWARDED);
    assertThat(model.picture().series().getFirst().line().values()).containsExactly(100, 50, 200);
    model.metric().set(Metric.NETWORK);
    assertThat(model.picture().series().getFirst().line().values())
        .containsExactly(4096, 2048, 8192);
  }

  @Test
  void aSpanIsCutWithOneSampleBeforeItsEdge() {
    steady(1, 90);
    model.spanSeconds().set(30);
    LoadPicture picture = model.picture();
    assertThat(picture.fromNanos()).isEqualTo(60 * SECOND);
    assertThat(picture.toNanos()).isEqualTo(90 * SECOND);
    assertThat(picture.series().getFirst().line().at()[0]).isEqualTo(60 * SECOND);
    model.spanSeconds().set(LoadViewModel.ALL);
    assertThat(model.picture().fromNanos()).isZero();
    assertThat(model.picture().toNanos()).isEqualTo(90 * SECOND);
  }

  @Test
  void theChartIsDrawnAgainOnlyForWhatCanBeSeen() {
    steady(1, 20);
    model.spanSeconds().set(10);
    LoadPicture drawn = model.picture();
    long version = model.version();
    assertThat(model.differs(drawn, version, 1000)).isFalse();
    model.show(Clusters.of(List.of(Clusters.node(1))));
    assertThat(model.differs(drawn, version, 1000)).as("time did not pass").isFalse();
    model.append(List.of(sample(21 * SECOND, 1, 1)), List.of());
    assertThat(model.differs(drawn, version, 1000)).isTrue();
    assertThat(model.differs(drawn, model.version(), 1)).as("a tenth of a pixel").isFalse();
    assertThat(model.differs(drawn, model.version(), 10)).as("a pixel").isTrue();
    assertThat(model.differs(null, model.version(), 10)).isTrue();
  }

  @Test
  void markersStandWhereTheThingHappened() {
    steady(3, 20);
    model.append(
        List.of(),
        List.of(
            event(1, 1, new Happening.Launched(SPIN, "spin", List.of(), "a")),
            event(2, 1, new Happening.Migrated(Clusters.migration(SPIN, 1, 3, 2))),
            event(3, 2, new Happening.LockChanged(SPIN, true)),
            event(4, 3, new Happening.Killed(SPIN, 9, -1, -1)),
            event(5, 1, new Happening.Exited(SPIN, 0))));
    assertThat(model.picture().markers())
        .containsExactly(
            new Marker(1, 1, Marker.Kind.LAUNCH),
            new Marker(2, 3, Marker.Kind.MOVE),
            new Marker(3, 2, Marker.Kind.LOCK),
            new Marker(4, 3, Marker.Kind.FAULT));
    model.spanSeconds().set(10);
    assertThat(model.picture().markers()).as("they scroll away").isEmpty();
  }

  @Test
  void hoveringReadsTheLastSampleBeforeThePointer() {
    steady(2, 60);
    LoadPicture picture = model.picture();
    assertThat(model.valuesAt(picture, 0.5)).containsExactly("0:30.000", "1  0.50", "2  1.00");
    assertThat(model.valuesAt(picture, 0.001).get(1)).as("before the first").isEqualTo("1  –");
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void eachNodesLineIsDrawnInItsColour(Variant variant) {
    steady(3, 60);
    LoadPicture picture = model.picture();
    ChartLook look = ChartLook.of(Tokens.load(), variant, "en");
    LoadChart.Drawn drawn = LoadChart.draw(picture, look, figures, 800, 240, 1, false);
    BufferedImage image = drawn.image();
    int middle = (int) drawn.area().getCenterX() + 20;
    for (LoadPicture.Series series : picture.series()) {
      double value = series.line().values()[30];
      int y =
          (int)
              Math.round(drawn.area().getMaxY() - value / drawn.upper() * drawn.area().getHeight());
      int wanted = look.series().get(series.colour()).getRGB();
      boolean found = false;
      for (int near = y - 2; near <= y + 2; near++) {
        found |= image.getRGB(middle, near) == wanted;
      }
      assertThat(found).as("%s at %d", series.name(), y).isTrue();
      assertThat(LoadChart.nearest(picture, drawn, middle, y + 3)).isEqualTo(series.node());
    }
    assertThat(LoadChart.nearest(picture, drawn, middle, drawn.area().getY())).isZero();
    assertThat(drawn.area().getMaxX()).as("room for the names").isLessThan(790);
  }

  @Test
  void manyNodesBecomeABandAndTheSelectedOnes() {
    steady(12, 20);
    model.select(List.of(5));
    LoadPicture picture = model.picture();
    assertThat(picture.isBand()).isTrue();
    assertThat(model.valuesAt(picture, 0.1)).hasSize(2);
    ChartLook look = ChartLook.of(Tokens.load(), Variant.LIGHT, "en");
    LoadChart.Drawn drawn = LoadChart.draw(picture, look, figures, 600, 200, 1, false);
    assertThat(has(drawn.image(), look.accent().getRGB())).isTrue();
    assertThat(has(drawn.image(), look.series().get(1).getRGB()))
        .as("no line of its own for a node that is not selected")
        .isFalse();
  }

  @Test
  void theSavedPictureIsAPngOfDoubleSize(@TempDir Path folder) throws Exception {
    steady(2, 10);
    Path file = folder.resolve("load.png");
    ChartLook look = ChartLook.of(Tokens.load(), Variant.LIGHT, "ja");
    LoadChart.write(model.wholePicture(), look, figures, 300, 100, file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertThat(read.getWidth()).isEqualTo(600);
    assertThat(read.getHeight()).isEqualTo(200);
  }

  private static boolean has(BufferedImage image, int colour) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) == colour) {
          return true;
        }
      }
    }
    return false;
  }
}
