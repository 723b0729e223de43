package org.godwit.app.report;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;
import org.godwit.engine.session.file.RecordedSession;

/**
 * The cluster over a stretch of a recording, as an animated GIF that repeats for ever. All frames
 * share one palette: the colours of the theme and their blends with what lies below.
 */
public final class Animation {
  /** More frames make a file that nobody can send. */
  public static final int MOST_FRAMES = 240;

  private static final long FINEST_NANOS = 50_000_000L;
  private static final int DELAY_HUNDREDTHS = 10;
  private static final int LAST_DELAY_HUNDREDTHS = 150;

  private Animation() {}

  /** The time between two frames of a stretch: a multiple of 50 ms. */
  public static long step(long fromNanos, long untilNanos) {
    long steps = (untilNanos - fromNanos + MOST_FRAMES - 2) / (MOST_FRAMES - 1);
    return Math.max(1, (steps + FINEST_NANOS - 1) / FINEST_NANOS) * FINEST_NANOS;
  }

  /**
   * Writes the animation to {@code out}, which is flushed and stays open.
   *
   * @throws IOException if {@code out} fails
   */
  public static void write(
      RecordedSession session,
      long fromNanos,
      long untilNanos,
      Tokens tokens,
      Variant variant,
      OutputStream out)
      throws IOException {
    Colours colours = new Colours(tokens, variant);
    ClusterDrawing cluster = new ClusterDrawing(session, fromNanos);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      long step = step(fromNanos, untilNanos);
      BufferedImage before = null;
      for (long at = fromNanos; ; at = Math.min(untilNanos, at + step)) {
        cluster.moveTo(at, 3 * step);
        BufferedImage drawn = ImageInk.image(cluster, tokens, variant, "en", 1);
        BufferedImage frame = colours.reduced(drawn);
        Rectangle changed = changed(before, frame);
        BufferedImage part = part(frame, changed);
        boolean last = at >= untilNanos;
        IIOMetadata metadata =
            writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(part), null);
        describe(metadata, changed, last ? LAST_DELAY_HUNDREDTHS : DELAY_HUNDREDTHS);
        writer.writeToSequence(new IIOImage(part, null, metadata), null);
        before = frame;
        stream.flush();
        if (last) {
          break;
        }
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    out.flush();
  }

  /** The smallest rectangle outside of which a frame is the same as the one before. */
  private static Rectangle changed(BufferedImage before, BufferedImage frame) {
    int width = frame.getWidth();
    int height = frame.getHeight();
    if (before == null) {
      return new Rectangle(width, height);
    }
    int[] old = before.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
    int[] now = frame.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
    Rectangle found = null;
    for (int i = 0; i < now.length; i++) {
      if (old[i] != now[i]) {
        Rectangle pixel = new Rectangle(i % width, i / width, 1, 1);
        if (found == null) {
          found = pixel;
        } else {
          found.add(pixel);
        }
      }
    }
    return found == null ? new Rectangle(1, 1) : found;
  }

  private static BufferedImage part(BufferedImage frame, Rectangle area) {
    BufferedImage part =
        new BufferedImage(
            area.width,
            area.height,
            BufferedImage.TYPE_BYTE_INDEXED,
            (IndexColorModel) frame.getColorModel());
    part.setData(frame.getData(area).createTranslatedChild(0, 0));
    return part;
  }

  private static void describe(IIOMetadata metadata, Rectangle area, int delay)
      throws IIOInvalidTreeException {
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
    IIOMetadataNode descriptor = child(root, "ImageDescriptor");
    descriptor.setAttribute("imageLeftPosition", Integer.toString(area.x));
    descriptor.setAttribute("imageTopPosition", Integer.toString(area.y));
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(delay));
    control.setAttribute("transparentColorIndex", "0");
    IIOMetadataNode application = new IIOMetadataNode("ApplicationExtension");
    application.setAttribute("applicationID", "NETSCAPE");
    application.setAttribute("authenticationCode", "2.0");
    application.setUserObject(new byte[] {1, 0, 0}); // Sub-block 1: repeat 0 times, for ever.
    child(root, "ApplicationExtensions").appendChild(application);
    metadata.setFromTree(format, root);
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    for (int i = 0; i < root.getLength(); i++) {
      if (root.item(i).getNodeName().equals(name)) {
        return (IIOMetadataNode) root.item(i);
      }
    }
    IIOMetadataNode made = new IIOMetadataNode(name);
    root.appendChild(made);
    return made;
  }

  /** At most 256 colours that a drawing of the cluster is made of. */
  private static final class Colours {
    private static final int[] SHARES = {0, 25, 50, 75};

    private final int[] palette;
    private final IndexColorModel model;
    private final Map<Integer, Integer> nearest = new HashMap<>(); // Only asked.

    Colours(Tokens tokens, Variant variant) {
      SequencedSet<Integer> all = new LinkedHashSet<>();
      for (Tint over : Tint.values()) {
        all.add(rgb(over, tokens, variant));
      }
      for (Tint over : Tint.values()) {
        for (Tint below : new Tint[] {Tint.CARD, Tint.GROUND}) {
          for (int share : SHARES) {
            all.add(blend(rgb(over, tokens, variant), rgb(below, tokens, variant), share));
          }
        }
        // Words on a chip, and the chip's own filling.
        int chip = blend(rgb(over, tokens, variant), rgb(Tint.CARD, tokens, variant), 16);
        all.add(chip);
        all.add(blend(rgb(Tint.TEXT, tokens, variant), chip, 33));
        all.add(blend(rgb(Tint.TEXT, tokens, variant), chip, 66));
      }
      palette = all.stream().limit(256).mapToInt(Integer::intValue).toArray();
      byte[] r = new byte[palette.length];
      byte[] g = new byte[palette.length];
      byte[] b = new byte[palette.length];
      for (int i = 0; i < palette.length; i++) {
        r[i] = (byte) (palette[i] >> 16);
        g[i] = (byte) (palette[i] >> 8);
        b[i] = (byte) palette[i];
      }
      model = new IndexColorModel(8, palette.length, r, g, b);
    }

    private static int rgb(Tint tint, Tokens tokens, Variant variant) {
      return Integer.parseInt(tint.hex(tokens, variant).substring(1), 16);
    }

    private static int blend(int over, int below, int percent) {
      int blended = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        int a = over >> shift & 0xff;
        int b = below >> shift & 0xff;
        blended |= (a * percent + b * (100 - percent)) / 100 << shift;
      }
      return blended;
    }

    BufferedImage reduced(BufferedImage image) {
      int width = image.getWidth();
      int height = image.getHeight();
      BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
      int[] row = new int[width];
      int[] indices = new int[width];
      for (int y = 0; y < height; y++) {
        image.getRGB(0, y, width, 1, row, 0, width);
        for (int x = 0; x < width; x++) {
          // Most pixels are as the one before them.
          indices[x] =
              x > 0 && row[x] == row[x - 1]
                  ? indices[x - 1]
                  : nearest.computeIfAbsent(row[x] & 0xffffff, this::index);
        }
        out.getRaster().setSamples(0, y, width, 1, 0, indices);
      }
      return out;
    }

    private int index(int rgb) {
      int found = 0;
      int least = Integer.MAX_VALUE;
      for (int i = 0; i < palette.length; i++) {
        int distance = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
          int difference = (rgb >> shift & 0xff) - (palette[i] >> shift & 0xff);
          distance += difference * difference;
        }
        if (distance < least) {
          least = distance;
          found = i;
        }
      }
      return found;
    }
  }
}
