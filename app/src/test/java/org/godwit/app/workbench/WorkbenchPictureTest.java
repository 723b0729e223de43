package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.bridge.StillSession;
import org.godwit.app.theme.Role;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;
import org.godwit.model.command.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The window is drawn without a display, in every look, and shows what the view holds. */
class WorkbenchPictureTest {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 760;

  static StillSession busy() {
    ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
    cluster.submit(new Command.Launch("a", 1, "spin", List.of(), 3, false));
    cluster.submit(new Command.Launch("b", 2, "shmget", List.of(), 1, false));
    cluster.submit(new Command.Launch("c", 3, "files", List.of(), 1, true));
    cluster.advance(4_000_000_000L);
    return new StillSession(
        cluster.scenario(), cluster.view(), cluster.events(0), cluster.samples(0));
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void showsTheWindowInEveryLook(Variant look) throws Exception {
    WorkbenchStart start = SampleStart.of(2, 0, false).withLook(Locale.JAPANESE, look);
    byte[] png = WorkbenchPicture.png(start, busy().scenario().title(), busy(), WIDTH, HEIGHT);
    keep("look-" + look.token(), png);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(WIDTH);
    assertThat(image.getHeight()).isEqualTo(HEIGHT);
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < WIDTH; x += 3) {
      for (int y = 0; y < HEIGHT; y += 3) {
        colours.add(image.getRGB(x, y) & 0xFFFFFF);
      }
    }
    var palette = Tokens.load().palettes().get(look);
    assertThat(colours).contains(rgb(palette.programs().getFirst()));
    assertThat(colours).contains(rgb(palette.roles().get(Role.CANVAS)));
    assertThat(colours.size()).isGreaterThan(50);
  }

  @Test
  void twoPicturesOfOneViewDifferOnlyByTheView() throws Exception {
    WorkbenchStart start = SampleStart.of(2, 0, false);
    ScriptedCluster empty = new ScriptedCluster(ScriptedCluster.scenario(2));
    StillSession idle = new StillSession(empty.scenario(), empty.view(), List.of(), List.of());
    byte[] first = WorkbenchPicture.png(start, idle.scenario().title(), idle, WIDTH, HEIGHT);
    byte[] second = WorkbenchPicture.png(start, busy().scenario().title(), busy(), WIDTH, HEIGHT);
    assertThat(first).isNotEqualTo(second);
  }

  private static int rgb(String colour) {
    return Integer.parseInt(colour.substring(1), 16);
  }

  private static void keep(String name, byte[] png) throws Exception {
    Path folder = Path.of("target", "pictures");
    Files.createDirectories(folder);
    Files.write(folder.resolve(name + ".png"), png);
  }
}
