package org.godwit.app.panel.moments;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.SessionWords;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Moment;
import org.godwit.engine.session.query.Query;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;

/**
 * A query as it is typed, what may come next in it, and what it found. Grammar: {@link Query}. FX
 * thread only; sessions are searched elsewhere.
 */
public final class MomentsViewModel {
  /** Suggestions beyond these are found by typing on. */
  static final int MOST_SUGGESTIONS = 16;

  /** Queries to begin with; each has a text {@code moments.example.N}. */
  public static final List<String> EXAMPLES =
      List.of(
          "first event migrated",
          "event migrated from 1 to 2",
          "spin on 2",
          "reason monkey",
          "locked",
          "load > 1 on 1",
          "cpu < 0.1 after 10s",
          "network > 64KiB",
          "event decided before 5s");

  private static final Pattern LAST_WORD = Pattern.compile("[^\\s<>=]*$");
  private static final Set<String> UNFINISHED = Set.of("query.empty", "query.ends-early");

  private final Messages messages;
  private final Figures figures;
  private final Source source;
  private final Executor background;
  private final Executor fx;
  private final StringProperty query = new SimpleStringProperty(this, "query", "");
  private final ReadOnlyObjectWrapper<Problem> problem =
      new ReadOnlyObjectWrapper<>(this, "problem");
  private final ReadOnlyObjectWrapper<Result> result = new ReadOnlyObjectWrapper<>(this, "result");
  private final ObservableList<String> suggestions = FXCollections.observableArrayList();
  private final ObservableList<Moment> rows = FXCollections.observableArrayList();
  private SessionWords words;
  private int asked;

  /** The session that is asked, and its names. */
  public interface Source {
    /** Hands out the session as it stands now, on the FX thread. */
    void session(Consumer<RecordedSession> then);

    /** Names that stand for processes. */
    List<String> processes();

    /** Names of nodes. */
    List<String> nodes();
  }

  /**
   * How the last search ended.
   *
   * @param count how many moments it found
   * @param untilNanos how far the session had come
   */
  public record Result(int count, long untilNanos) {}

  /**
   * @param messages the window's texts
   * @param figures how figures are written
   * @param source what is asked
   * @param background where sessions are searched
   * @param fx the FX thread
   */
  public MomentsViewModel(
      Messages messages, Figures figures, Source source, Executor background, Executor fx) {
    this.messages = messages;
    this.figures = figures;
    this.source = source;
    this.background = background;
    this.fx = fx;
    query.subscribe(_ -> typed());
  }

  /** The query. */
  public StringProperty query() {
    return query;
  }

  /** What is wrong with it, or null; that it is not finished is not wrong until it is asked. */
  public ReadOnlyObjectProperty<Problem> problem() {
    return problem.getReadOnlyProperty();
  }

  /** How the last search ended; null before the first and while one goes on. */
  public ReadOnlyObjectProperty<Result> result() {
    return result.getReadOnlyProperty();
  }

  /** Words that may take the place of the one that is being typed. */
  public ObservableList<String> suggestions() {
    return suggestions;
  }

  /** What was found, in order of time. */
  public ObservableList<Moment> rows() {
    return rows;
  }

  /** Forgets what was found; for another session. */
  public void clear() {
    asked++;
    rows.clear();
    result.set(null);
    words = null;
    typed();
  }

  // ------------------------------------------------------------------ typing

  private void typed() {
    String text = query.get();
    problem.set(null);
    try {
      Query.parse(text);
    } catch (ProblemException e) {
      if (!UNFINISHED.contains(e.problem().key()) && isWordFinished(text)) {
        problem.set(e.problem());
      }
    }
    suggestions.setAll(suggest(text));
  }

  /** A word that is still the beginning of one that may stand there is not wrong yet. */
  private boolean isWordFinished(String text) {
    return suggest(text).isEmpty();
  }

  private List<String> suggest(String text) {
    Matcher last = LAST_WORD.matcher(text);
    String begun = last.find() ? last.group() : "";
    String before = text.substring(0, text.length() - begun.length());
    List<String> possible = new ArrayList<>();
    for (Query.Slot slot : Query.next(before)) {
      possible.addAll(words(slot));
    }
    String lower = begun.toLowerCase(Locale.ROOT);
    return possible.stream()
        .filter(word -> word.toLowerCase(Locale.ROOT).startsWith(lower))
        .filter(word -> !word.equals(begun))
        .distinct()
        .limit(MOST_SUGGESTIONS)
        .toList();
  }

  private List<String> words(Query.Slot slot) {
    return switch (slot) {
      case PROCESS -> source.processes();
      case NODE -> source.nodes();
      default -> slot.words();
    };
  }

  /** Puts {@code word} where the last one was begun. */
  public void complete(String word) {
    query.set(LAST_WORD.matcher(query.get()).replaceFirst(Matcher.quoteReplacement(word)) + " ");
  }

  // ------------------------------------------------------------------ asking

  /** Searches the session as it stands now. */
  public void ask() {
    int number = ++asked;
    Query parsed;
    try {
      parsed = Query.parse(query.get());
    } catch (ProblemException e) {
      problem.set(e.problem());
      return;
    }
    problem.set(null);
    result.set(null);
    source.session(session -> background.execute(() -> search(parsed, session, number)));
  }

  private void search(Query parsed, RecordedSession session, int number) {
    try {
      List<Moment> found = parsed.in(session);
      SessionWords of = new SessionWords(messages, session);
      fx.execute(
          () -> {
            if (number == asked) {
              words = of;
              rows.setAll(found);
              result.set(new Result(found.size(), session.facts().endNanos()));
            }
          });
    } catch (ProblemException e) {
      fx.execute(
          () -> {
            if (number == asked) {
              problem.set(e.problem());
              rows.clear();
            }
          });
    }
  }

  // ------------------------------------------------------------------ words

  /** When it began. */
  public String from(Moment moment) {
    return figures.instant(moment.fromNanos());
  }

  /** How long it lasted; empty for an event. */
  public String length(Moment moment) {
    return moment.fromNanos() == moment.untilNanos()
        ? ""
        : figures.duration(moment.untilNanos() - moment.fromNanos());
  }

  /** What it is, in words. */
  public String what(Moment moment) {
    if (words == null) {
      return "";
    }
    if (moment.event() != null) {
      return words.of(moment.event());
    }
    String node = words.roster().node(moment.node());
    return moment.process() != null
        ? messages.of("moments.stay", words.roster().process(moment.process()), node)
        : messages.of("moments.level", node, peak(moment.peak()));
  }

  private String peak(double value) {
    return value == Math.rint(value) ? figures.count((long) value) : figures.load(value);
  }

  /** The names of a recording or a snapshot, as {@link Source} wants them. */
  public static List<String> names(Stream<String> programs, Stream<String> ids) {
    return Stream.concat(programs.filter(name -> !name.isEmpty()).distinct().sorted(), ids)
        .toList();
  }
}
