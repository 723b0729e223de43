package org.godwit.engine.session.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.json.Units;

/** Reads the words of a {@link Query}; its grammar stands there. */
final class QueryReader {
  private static final Pattern WORD = Pattern.compile("[<>]=?|[^\\s<>=]+|=");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");
  private static final String RELATIONS = "<, <=, >, >=";
  private static final String FILTERS = "on, of, from, to, after, before";
  private static final String SUBJECTS =
      "first, process, reason, locked, event, "
          + Arrays.stream(Query.Figure.values())
              .map(figure -> figure.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));

  private final List<String> words = new ArrayList<>();
  private final EnumSet<Query.Slot> open = EnumSet.noneOf(Query.Slot.class);
  private int next;

  QueryReader(String text) {
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
  }

  /** Words that are always possible in a place. */
  static List<String> words(Query.Slot slot) {
    return switch (slot) {
      case FIRST -> List.of("first");
      case SUBJECT -> list(SUBJECTS).stream().filter(word -> !word.equals("first")).toList();
      case REASON -> Arrays.stream(StayReason.values()).map(StayReason::word).toList();
      case KIND -> List.copyOf(EventKinds.all());
      case RELATION -> list(RELATIONS);
      case FILTER -> list(FILTERS);
      case NUMBER, PROCESS, NODE, TIME -> List.of();
    };
  }

  private static List<String> list(String words) {
    return List.of(words.split(", "));
  }

  /** What was looked for where the words ended. */
  Set<Query.Slot> next() {
    try {
      query();
    } catch (ProblemException e) {
      // Where the words end too early it is known by now what could follow.
    }
    return open;
  }

  private void expect(Query.Slot... slots) {
    if (next == words.size()) {
      open.addAll(List.of(slots));
    }
  }

  Query query() throws ProblemException {
    expect(Query.Slot.FIRST);
    boolean first = take("first");
    Query.Subject subject = subject();
    Query.Where on = null;
    Query.Who of = null;
    Query.Where from = null;
    Query.Where to = null;
    long after = Long.MIN_VALUE;
    long before = Long.MAX_VALUE;
    expect(Query.Slot.FILTER);
    while (next < words.size()) {
      String word = words.get(next++);
      switch (word) {
        case "on" -> on = where();
        case "of" -> of = who();
        case "from" -> from = where();
        case "to" -> to = where();
        case "after" -> after = time();
        case "before" -> before = time();
        default -> throw unknown(word, FILTERS);
      }
      expect(Query.Slot.FILTER);
    }
    return new Query(subject, new Query.Filter(on, of, from, to, after, before), first);
  }

  private Query.Subject subject() throws ProblemException {
    expect(Query.Slot.SUBJECT, Query.Slot.PROCESS);
    if (next == words.size()) {
      throw new ProblemException(Problem.of("query.empty", SUBJECTS));
    }
    if (take("reason")) {
      return new Query.Subject.Reason(reason());
    }
    if (take("locked")) {
      return new Query.Subject.Locked();
    }
    if (take("event")) {
      return new Query.Subject.Kind(kind());
    }
    if (take("process")) {
      return new Query.Subject.Presence(who());
    }
    for (Query.Figure figure : Query.Figure.values()) {
      if (take(figure.name().toLowerCase(Locale.ROOT))) {
        return new Query.Subject.Level(figure, relation(), number(figure));
      }
    }
    return new Query.Subject.Presence(who());
  }

  /** A reason's word, unless a filter follows. */
  private StayReason reason() throws ProblemException {
    expect(Query.Slot.REASON);
    if (next == words.size() || list(FILTERS).contains(words.get(next))) {
      return null;
    }
    String word = words.get(next++);
    Optional<StayReason> reason = StayReason.ofWord(word);
    if (reason.isEmpty()) {
      throw unknown(word, String.join(", ", words(Query.Slot.REASON)));
    }
    return reason.get();
  }

  private String kind() throws ProblemException {
    expect(Query.Slot.KIND);
    String word = word();
    for (String kind : EventKinds.all()) {
      if (kind.equalsIgnoreCase(word)) {
        return kind;
      }
    }
    throw unknown(word, String.join(", ", EventKinds.all()));
  }

  private Query.Relation relation() throws ProblemException {
    expect(Query.Slot.RELATION);
    String word = word();
    return switch (word) {
      case "<" -> Query.Relation.LESS;
      case "<=" -> Query.Relation.AT_MOST;
      case ">" -> Query.Relation.MORE;
      case ">=" -> Query.Relation.AT_LEAST;
      default -> throw unknown(word, RELATIONS);
    };
  }

  private double number(Query.Figure figure) throws ProblemException {
    expect(Query.Slot.NUMBER);
    String word = word();
    boolean bytes = figure == Query.Figure.MEMORY || figure == Query.Figure.NETWORK;
    OptionalLong size = bytes ? Units.bytes(word) : OptionalLong.empty();
    if (size.isPresent()) {
      return size.getAsLong();
    }
    if (!NUMBER.matcher(word).matches()) {
      throw new ProblemException(Problem.of(bytes ? "query.bad-size" : "query.bad-number", word));
    }
    return Double.parseDouble(word);
  }

  private Query.Who who() throws ProblemException {
    expect(Query.Slot.PROCESS);
    String word = word();
    Optional<ProcessId> id = ProcessId.parse(word);
    if (id.isPresent()) {
      return new Query.Who(id.get(), 0, null);
    }
    return word.matches("[0-9]{1,9}")
        ? new Query.Who(null, Integer.parseInt(word), null)
        : new Query.Who(null, 0, word);
  }

  private Query.Where where() throws ProblemException {
    expect(Query.Slot.NODE);
    String word = word();
    return word.matches("[1-9][0-9]{0,4}")
        ? new Query.Where(Integer.parseInt(word), null)
        : new Query.Where(0, word);
  }

  private long time() throws ProblemException {
    expect(Query.Slot.TIME);
    String word = word();
    OptionalLong nanos = Units.nanos(word);
    if (nanos.isEmpty()) {
      throw new ProblemException(Problem.of("query.bad-time", word));
    }
    return nanos.getAsLong();
  }

  private String word() throws ProblemException {
    if (next == words.size()) {
      throw new ProblemException(Problem.of("query.ends-early", words.get(next - 1)));
    }
    return words.get(next++);
  }

  private boolean take(String word) {
    if (next < words.size() && words.get(next).equals(word)) {
      next++;
      return true;
    }
    return false;
  }

  private static ProblemException unknown(String word, String possible) {
    return new ProblemException(Problem.of("query.unknown-word", word, possible));
  }
}
