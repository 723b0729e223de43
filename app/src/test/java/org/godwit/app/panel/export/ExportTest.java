package org.godwit.app.panel.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import javax.imageio.ImageIO;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.panel.ChartLook;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.panel.load.LoadViewModel;
import org.godwit.app.panel.recording.RecordedModels;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFileReader;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  private static final long SECOND = 1_000_000_000L;

  private final Messages messages = new Messages(Locale.ENGLISH);
  private final Figures figures = new Figures(Locale.ENGLISH);
  private final Queue<Runnable> background = new ArrayDeque<>();
  private final List<Path> written = new ArrayList<>();

  @TempDir private Path folder;

  private static RecordedSession session() {
    ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
    cluster.submit(new Command.Launch("a", 1, "spin", List.of(), 3, false));
    cluster.advance(12 * SECOND);
    return cluster.recorded();
  }

  private SessionExporter.Pictures pictures(RecordedSession session, boolean canvas) {
    LoadViewModel chart = new LoadViewModel(messages, figures, new Roster());
    chart.append(session.samples(), session.events());
    BufferedImage picture = new BufferedImage(900, 500, BufferedImage.TYPE_INT_ARGB);
    return new SessionExporter.Pictures(
        canvas ? Optional.of(picture) : Optional.empty(),
        chart.wholePicture(),
        ChartLook.of(Tokens.load(), Variant.LIGHT, "en"),
        figures);
  }

  private ExportViewModel model(ExportViewModel.Work work) {
    return new ExportViewModel("run", folder, 12 * SECOND, work, background::add, Runnable::run);
  }

  @Test
  void everyFormatIsWrittenAndTheSessionFileReadsBack() throws Exception {
    RecordedSession session = session();
    List<Path> made =
        SessionExporter.write(
            session,
            pictures(session, true),
            folder,
            "run",
            EnumSet.allOf(ExportFormat.class),
            ExportManner.whole(session, messages).between(0, SECOND),
            new ExportWatch());
    assertThat(made)
        .extracting(path -> path.getFileName().toString())
        .containsExactly(
            "run.godwit",
            "run.html",
            "run-csv",
            "run.pftrace",
            "run.trace.json",
            "run.paje",
            "run-svg",
            "run-png",
            "run.gif",
            "run-canvas.png",
            "run-load.png");
    assertThat(Files.list(made.get(2))).hasSizeGreaterThan(4);
    assertThat(ImageIO.read(made.get(9).toFile()).getWidth()).isEqualTo(900);
    assertThat(ImageIO.read(made.get(10).toFile()).getWidth()).isEqualTo(2400);
    try (InputStream in = Files.newInputStream(made.getFirst())) {
      OpenedSession opened = SessionFileReader.read("run.godwit", in);
      assertThat(opened.session().events()).isEqualTo(session.events());
      assertThat(opened.session().samples()).isEqualTo(session.samples());
      assertThat(opened.session().preview()).isPresent();
    }
  }

  /** A preview is the beginning of the file, or its picture. */
  @Test
  void previewsAreOfWhatIsWritten() throws Exception {
    RecordedSession session = session();
    ExportManner manner = ExportManner.whole(session, messages);
    Map<ExportFormat, ExportPreview> previews = new EnumMap<>(ExportFormat.class);
    for (ExportFormat format : ExportFormat.values()) {
      previews.put(format, ExportPreview.of(session, pictures(session, true), format, manner));
    }
    for (ExportFormat format : List.of(ExportFormat.CHROME, ExportFormat.PAJE)) {
      Path file = folder.resolve("whole");
      SessionExporter.write(session, format, file, manner, new ExportWatch());
      assertThat(Files.readString(file)).startsWith(previews.get(format).text());
      assertThat(previews.get(format).text().lines()).hasSize(24);
    }
    assertThat(previews.get(ExportFormat.CSV).text())
        .contains("events.csv\nt_ns,seq,kind", "migrations.csv\nid,pid,home");
    assertThat(previews.get(ExportFormat.HTML).text())
        .contains(session.scenario().title().in("en"))
        .doesNotContain("<", "&");
    assertThat(previews.get(ExportFormat.GODWIT).text()).contains("commands.jsonl\n{\"atNanos\":0");
    assertThat(previews.get(ExportFormat.CANVAS).picture().getWidth()).isEqualTo(900);
    for (ExportFormat format :
        List.of(ExportFormat.SVG, ExportFormat.PNG, ExportFormat.GIF, ExportFormat.CHART)) {
      assertThat(previews.get(format).picture().getWidth()).as(format.key()).isGreaterThan(300);
    }
  }

  @Test
  void aRecordingShowsWhatTheLiveSessionShowed() {
    RecordedSession session = session();
    long moves =
        session.events().stream().filter(e -> e.what() instanceof Happening.Migrated).count();
    RecordedModels models =
        new RecordedModels(
            messages, figures, "run.godwit", new OpenedSession(session, List.of(Problem.of("x"))));
    assertThat(moves).isPositive();
    assertThat(models.timeline().lanes()).hasSize(3);
    assertThat(models.timeline().lanes().stream().mapToInt(l -> l.crossings().size()).sum())
        .isEqualTo((int) moves);
    assertThat(models.load().picture().series()).hasSize(3);
    assertThat(models.load().picture().toNanos()).isGreaterThan(11 * SECOND);
    assertThat(models.load().efficiency().get()).isBetween(0.3, 1.0);
    assertThat(models.events().total().get()).isEqualTo(session.events().size());
    assertThat(models.damage()).containsExactly("x");
    assertThat(models.facts()).anySatisfy(fact -> assertThat(fact.value()).isEqualTo("0:12.000"));
  }

  @Test
  void withoutACanvasItsPictureIsLeftOut() throws Exception {
    RecordedSession session = session();
    assertThat(
            SessionExporter.write(
                session,
                pictures(session, false),
                folder,
                "run",
                EnumSet.of(ExportFormat.CANVAS, ExportFormat.CHART),
                ExportManner.whole(session, messages),
                new ExportWatch()))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("run-load.png");
  }

  @Test
  void aFileInTheWayOfTheTablesIsToldInOneSentence() throws Exception {
    Files.createFile(folder.resolve("run-csv"));
    RecordedSession session = session();
    SessionExporter.Pictures pictures = pictures(session, false);
    assertThatThrownBy(
            () ->
                SessionExporter.write(
                    session,
                    pictures,
                    folder,
                    "run",
                    EnumSet.of(ExportFormat.CSV),
                    ExportManner.whole(session, messages),
                    new ExportWatch()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(messages.problem(e.problem())).contains("run-csv", "not a folder"));
  }

  @Test
  void wrongInputIsSeenWhileTyping() {
    ExportViewModel model = model((_, _, _, _, _) -> List.of());
    model.name().set("a/b");
    assertThat(model.problem().get()).isEqualTo(Problem.of("panel.export.badName", "/"));
    model.name().set("ab");
    assertThat(model.problem().get()).isNull();
    model.folder().set(folder.resolve("none").toString());
    assertThat(model.problem().get().key()).isEqualTo("host.not-folder");
  }

  @Test
  void whatIsMissingIsToldOnlyWhenSubmitted() {
    ExportViewModel model = model((_, _, _, _, _) -> List.of());
    model.name().set("");
    assertThat(model.problem().get()).isNull();
    model.submit(written::addAll);
    assertThat(model.problem().get().key()).isEqualTo("panel.export.noName");
    model.name().set("run");
    model.formats().clear();
    model.submit(written::addAll);
    assertThat(model.problem().get().key()).isEqualTo("panel.export.nothing");
    assertThat(background).isEmpty();
  }

  @Test
  void whatWillBeReplacedIsToldBefore() throws Exception {
    Files.createFile(folder.resolve("run.godwit"));
    ExportViewModel model = model((_, _, _, _, _) -> List.of());
    assertThat(model.warning().get()).isEqualTo(Problem.of("panel.export.exists", "run.godwit"));
    model.name().set("other");
    assertThat(model.warning().get()).isNull();
  }

  @Test
  void writingHappensInTheBackgroundAndOnce() {
    ExportViewModel model = model((where, name, _, _, _) -> List.of(where.resolve(name)));
    model.submit(written::addAll);
    model.submit(written::addAll);
    assertThat(model.busy().get()).isTrue();
    assertThat(background).hasSize(1);
    background.remove().run();
    assertThat(model.busy().get()).isFalse();
    assertThat(written).containsExactly(folder.resolve("run"));
  }

  @Test
  void aFailureKeepsTheInputAndSaysWhy() {
    ExportViewModel model =
        model(
            (_, _, _, _, _) -> {
              throw new ProblemException(Problem.of("host.unwritable", "x"));
            });
    model.submit(written::addAll);
    background.remove().run();
    assertThat(model.busy().get()).isFalse();
    assertThat(model.problem().get()).isEqualTo(Problem.of("host.unwritable", "x"));
    assertThat(written).isEmpty();
  }

  @Test
  void whatIsGivenUpLeavesNoHalfFile() throws Exception {
    RecordedSession session = session();
    SessionExporter.Pictures pictures = pictures(session, false);
    ExportManner manner = ExportManner.whole(session, messages);
    ExportViewModel[] model = new ExportViewModel[1];
    model[0] =
        model(
            (where, name, formats, _, watch) -> {
              List<Path> made =
                  SessionExporter.write(
                      session,
                      pictures,
                      where,
                      name,
                      EnumSet.of(ExportFormat.CHROME),
                      manner,
                      watch);
              assertThat(model[0].progress().get().current()).isEqualTo(ExportFormat.CHROME);
              model[0].cancel();
              SessionExporter.write(session, pictures, where, name, formats, manner, watch);
              return made;
            });
    model[0].formats().add(ExportFormat.PERFETTO);
    model[0].submit(written::addAll);
    background.remove().run();

    assertThat(model[0].problem().get().key()).isEqualTo("panel.export.cancelled");
    assertThat(model[0].busy().get()).isFalse();
    assertThat(Files.list(folder).map(file -> file.getFileName().toString()))
        .containsExactly("run.trace.json");
  }

  @Test
  void anAnimationMustLieWithinTheSession() {
    ExportViewModel model = model((_, _, _, _, _) -> List.of());
    model.until().set("99s");
    assertThat(model.problem().get()).isNull();
    model.formats().add(ExportFormat.GIF);
    assertThat(model.problem().get())
        .isEqualTo(Problem.of("export.bad-stretch", "0s", "99s", "12s"));
    model.until().set("10 s");
    assertThat(model.problem().get()).isNull();
    model.from().set("x");
    assertThat(model.problem().get().key()).isEqualTo("export.bad-stretch");
  }
}
