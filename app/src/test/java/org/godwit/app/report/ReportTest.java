package org.godwit.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFile;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.view.LedgerRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@Isolated
class ReportTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Tokens TOKENS = Tokens.load();
  private static final Messages ENGLISH = new Messages(Locale.ENGLISH);
  private static final Messages JAPANESE = new Messages(Locale.JAPANESE);
  private static final RecordedSession SESSION = session();

  private static RecordedSession session() {
    ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
    cluster.submit(new Command.Launch("a", 1, "spin", List.of(), 3, false));
    cluster.advance(12 * SECOND);
    List<Event> events = new ArrayList<>(cluster.events(0));
    // A name that would break out of a page if it could.
    events.add(
        new Event(
            12 * SECOND,
            1,
            99_999,
            new Happening.Launched(new ProcessId(1, 1999), "<b>&\"\u0001", List.of(), "x")));
    events.add(
        new Event(
            12 * SECOND,
            1,
            100_000,
            new Happening.CallsCounted(
                new ProcessId(1, 1999),
                List.of(
                    new LedgerRow("write", LedgerRow.Place.MFS, 123, 4_000, 0, 1_000, 2_000)))));
    return new RecordedSession(
        new RecordedSession.Facts(
            SessionFile.BEHAVIOUR_VERSION, SessionFile.ENGINE_VERSION, cluster.now(), 0),
        cluster.scenario(),
        cluster.commands(),
        events,
        cluster.samples(0),
        cluster.hashes(),
        cluster.programs(),
        "# Notes <script>",
        Optional.empty());
  }

  private static Element parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }

  private static Set<String> names(Element root) {
    Set<String> names = new TreeSet<>();
    NodeList all = root.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      names.add(all.item(i).getNodeName());
    }
    return names;
  }

  @Test
  void drawingsAreShapesAndText() throws Exception {
    for (Drawn drawn : Drawn.of(SESSION, 12 * SECOND, JAPANESE)) {
      Element root = parse(drawn.svg(TOKENS, Variant.LIGHT));

      assertThat(root.getNodeName()).isEqualTo("svg");
      assertThat(names(root)).isSubsetOf("rect", "path", "circle", "text").contains("text");
    }
  }

  @Test
  void theClusterShowsWhoIsWhereAtTheInstant() throws Exception {
    Event moved =
        SESSION.events().stream()
            .filter(each -> each.what() instanceof Happening.Migrated)
            .findFirst()
            .orElseThrow();
    ProcessId mover = moved.what().process();
    String early = svg(0);
    String late = svg(12 * SECOND);

    assertThat(count(early, "spin " + mover)).isEqualTo(1);
    // Its own chip on the other node, and the dashed place at home.
    assertThat(count(late, "spin " + mover)).isEqualTo(2);
    assertThat(late).contains("stroke-dasharray", "12.000 s").contains("→ ");
  }

  private static String svg(long at) {
    return SvgInk.file(new ClusterDrawing(SESSION, at), TOKENS, Variant.LIGHT);
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  @Test
  void everyInstantHasTheSameSizeSoThatFramesFit() {
    ClusterDrawing first = new ClusterDrawing(SESSION, 0);
    for (long at = 0; at <= 12; at += 3) {
      ClusterDrawing other = new ClusterDrawing(SESSION, at * SECOND);
      assertThat(other.width()).isEqualTo(first.width());
      assertThat(other.height()).isEqualTo(first.height());
    }
  }

  /** An animation goes on from frame to frame; each must be what it would be by itself. */
  @Test
  void goingOnToALaterInstantGivesThatInstant() {
    ClusterDrawing moving = new ClusterDrawing(SESSION, 0);
    for (long at = 0; at <= 12 * SECOND; at += SECOND / 5) {
      moving.moveTo(at, 0);
      assertThat(SvgInk.file(moving, TOKENS, Variant.LIGHT)).isEqualTo(svg(at));
    }
  }

  @Test
  void theAnimationHasItsFramesAndRepeats() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Animation.write(SESSION, 0, 2 * SECOND, TOKENS, Variant.DARK, out);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in =
        ImageIO.createImageInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(41);
      BufferedImage first = reader.read(0);
      ClusterDrawing cluster = new ClusterDrawing(SESSION, 0);
      assertThat(first.getWidth()).isEqualTo((int) Math.ceil(cluster.width()));
      IIOMetadataNode root =
          (IIOMetadataNode)
              reader
                  .getImageMetadata(1)
                  .getAsTree(reader.getImageMetadata(1).getNativeMetadataFormatName());
      assertThat(
              ((Element) root.getElementsByTagName("GraphicControlExtension").item(0))
                  .getAttribute("delayTime"))
          .isEqualTo("10");
    }
    assertThat(new String(out.toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .startsWith("GIF89a")
        .contains("NETSCAPE2.0");
    assertThat(Animation.step(0, 600 * SECOND)).isEqualTo(2_550_000_000L);
  }

  @Test
  void theReportIsOnePageThatNeedsNothingElse() throws Exception {
    for (Messages messages : List.of(ENGLISH, JAPANESE)) {
      String page = report(messages);
      Element root = parse(page.replace("<!DOCTYPE html>", ""));

      assertThat(names(root)).doesNotContain("script", "link", "img", "iframe", "b&");
      assertThat(page)
          .doesNotContain("http://", "https://www", "url(", "@import", "report.", "<script")
          .contains("prefers-color-scheme: dark", "&lt;script&gt;", "godwit verify FILE.godwit");
      assertThat(root.getElementsByTagName("svg").getLength()).isEqualTo(7);
      assertThat(root.getElementsByTagName("table").getLength()).isEqualTo(5);
    }
    assertThat(report(JAPANESE)).contains("移動元 → 移動先", "気づいた点");
  }

  private static String report(Messages messages) throws Exception {
    StringWriter out = new StringWriter();
    HtmlReport.write(SESSION, messages, TOKENS, out);
    // The name space of SVG is a name, not an address.
    return out.toString().replace("http://www.w3.org/2000/svg", "svg");
  }

  @Test
  void sameRecordingSameBytesInEveryLanguageOfTheHost() throws Exception {
    String page = report(JAPANESE);
    String drawing = svg(SECOND);
    byte[] gif = gif();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(report(JAPANESE)).isEqualTo(page);
      assertThat(svg(SECOND)).isEqualTo(drawing);
      assertThat(gif()).isEqualTo(gif);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static byte[] gif() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Animation.write(SESSION, 0, SECOND / 5, TOKENS, Variant.LIGHT, out);
    return out.toByteArray();
  }

  @Test
  void callsThatWereAnsweredElsewhereAreInTheReport() throws Exception {
    StringWriter out = new StringWriter();
    HtmlReport.write(SESSION, new Messages(Locale.ENGLISH), TOKENS, out);
    assertThat(out.toString())
        .contains("<td>write</td><td>node with the file (MFS)</td><td>123</td><td>4.00 µs</td>");
  }
}
