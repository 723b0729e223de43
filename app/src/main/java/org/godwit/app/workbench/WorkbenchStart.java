package org.godwit.app.workbench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.godwit.app.bridge.SessionLogs;
import org.godwit.app.bridge.SessionOpener;
import org.godwit.app.palette.ProgramCard;
import org.godwit.app.theme.Variant;
import org.godwit.engine.session.Session;
import org.godwit.model.scenario.LocalText;

/**
 * What the window starts with; put together by whoever starts it, so that the frame knows neither
 * panels nor files.
 *
 * @param scenarios what the scenario chooser offers
 * @param first what is opened at once, or empty for the first of {@code scenarios}
 * @param file a recording or program named on the command line, opened after the start, or null
 * @param programs the samples on board
 * @param toolWindows the panels
 * @param policies the balancing policies that can be chosen
 * @param recordings opens a {@code .godwit} file
 * @param recording what is being recorded, asked twice a second on the FX thread; must not block
 * @param settings where settings are kept, or null to keep none
 * @param language language if settings name none
 * @param variant look if settings name none
 * @param run whether virtual time moves at once
 */
public record WorkbenchStart(
    List<Choice> scenarios,
    Optional<Choice> first,
    Path file,
    List<ProgramCard> programs,
    List<ToolWindow> toolWindows,
    PolicyShelf policies,
    RecordingOpener recordings,
    Supplier<Optional<RecordingStatus>> recording,
    Path settings,
    Locale language,
    Variant variant,
    boolean run) {
  public WorkbenchStart {
    scenarios = List.copyOf(scenarios);
    programs = List.copyOf(programs);
    toolWindows = List.copyOf(toolWindows);
  }

  /** A start with the given scenarios and programs and nothing else. */
  public static WorkbenchStart of(List<Choice> scenarios, List<ProgramCard> programs) {
    return new WorkbenchStart(
        scenarios,
        Optional.empty(),
        null,
        programs,
        List.of(),
        Session::policies,
        (_, _) -> {},
        Optional::empty,
        null,
        Locale.getDefault(),
        Variant.LIGHT,
        true);
  }

  /** This start with panels. */
  public WorkbenchStart withToolWindows(List<ToolWindow> windows) {
    return new WorkbenchStart(
        scenarios,
        first,
        file,
        programs,
        windows,
        policies,
        recordings,
        recording,
        settings,
        language,
        variant,
        run);
  }

  /** This start with another first session. */
  public WorkbenchStart withFirst(Choice choice) {
    return new WorkbenchStart(
        scenarios,
        Optional.of(choice),
        file,
        programs,
        toolWindows,
        policies,
        recordings,
        recording,
        settings,
        language,
        variant,
        run);
  }

  /** This start with a file that is opened after it. */
  public WorkbenchStart withFile(Path opened) {
    return new WorkbenchStart(
        scenarios,
        first,
        opened,
        programs,
        toolWindows,
        policies,
        recordings,
        recording,
        settings,
        language,
        variant,
        run);
  }

  /** This start with what recordings need. */
  public WorkbenchStart withRecordings(
      RecordingOpener opener, Supplier<Optional<RecordingStatus>> status) {
    return new WorkbenchStart(
        scenarios,
        first,
        file,
        programs,
        toolWindows,
        policies,
        opener,
        status,
        settings,
        language,
        variant,
        run);
  }

  /** This start with settings that are kept in a file. */
  public WorkbenchStart withSettings(Path kept) {
    return new WorkbenchStart(
        scenarios,
        first,
        file,
        programs,
        toolWindows,
        policies,
        recordings,
        recording,
        kept,
        language,
        variant,
        run);
  }

  /** This start in a language and a look. */
  public WorkbenchStart withLook(Locale inLanguage, Variant look) {
    return new WorkbenchStart(
        scenarios,
        first,
        file,
        programs,
        toolWindows,
        policies,
        recordings,
        recording,
        settings,
        inLanguage,
        look,
        run);
  }

  /** This start with virtual time standing. */
  public WorkbenchStart standing() {
    return new WorkbenchStart(
        scenarios,
        first,
        file,
        programs,
        toolWindows,
        policies,
        recordings,
        recording,
        settings,
        language,
        variant,
        false);
  }

  /** This start with the balancing policies that are offered. */
  public WorkbenchStart withPolicies(PolicyShelf offered) {
    return new WorkbenchStart(
        scenarios,
        first,
        file,
        programs,
        toolWindows,
        offered,
        recordings,
        recording,
        settings,
        language,
        variant,
        run);
  }

  /** The balancing policies that can be chosen. */
  @FunctionalInterface
  public interface PolicyShelf {
    /** Their names, the default first; may read files, so it is not called on the FX thread. */
    List<String> names();

    /** Looks for the user's own in another folder; empty for the usual one. */
    default void lookIn(String folder) {}
  }

  /**
   * A session that can be opened.
   *
   * @param name stable name, e.g. {@code seed-spin}
   * @param title one line for people
   * @param opener opens it on the engine thread
   */
  public record Choice(String name, LocalText title, SessionOpener opener) {}

  /**
   * What is being recorded.
   *
   * @param nanos virtual time since the recording began
   * @param bytes written so far
   * @param intact false when it goes on in memory only, e.g. because the disk is full
   */
  public record RecordingStatus(long nanos, long bytes, boolean intact) {}

  /** Opens a recording. */
  @FunctionalInterface
  public interface RecordingOpener {
    /** Opens {@code file}; called on the FX thread, reads elsewhere. */
    void open(Path file, WorkbenchContext context);

    /** Opens two recordings side by side. */
    default void compare(Path a, Path b, WorkbenchContext context) {
      open(a, context);
      open(b, context);
    }

    /** Adds what the window can do with recordings; called once, before the menus are made. */
    default void declare(WorkbenchContext context) {}

    /** Where sessions are kept while they are open. */
    default SessionLogs logs() {
      return SessionLogs.NONE;
    }

    /** The window stands: sessions that an earlier run left behind are offered. FX thread. */
    default void begin(WorkbenchContext context) {}
  }
}
