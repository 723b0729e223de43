package org.godwit.engine.session.query;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFile;
import org.godwit.model.ProcessId;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;

/**
 * Two recordings side by side: what they were given, where their commands and events part and what
 * led there, their load and their migrations. Notes and pictures are not compared, nor is the
 * version of the program that wrote them.
 *
 * @param inputs what differs in what they were opened with; at most {@link #MOST_INPUTS}
 * @param commands the first command in which they differ, or null
 * @param events the first event in which they differ, or null
 * @param hashNanos the first instant at which their state hashes differ, or −1
 * @param sampleNanos the first instant at which their load figures differ, or −1
 * @param endNanosA virtual time that the first reached
 * @param endNanosB virtual time that the second reached
 * @param load a row a node that either of them has, by number
 * @param moves the n-th migration of each process in both, by time
 */
public record Comparison(
    List<Input> inputs,
    CommandPair commands,
    Parting events,
    long hashNanos,
    long sampleNanos,
    long endNanosA,
    long endNanosB,
    List<LoadPair> load,
    List<MovePair> moves) {
  /** Beyond these, two scenarios have little in common. */
  public static final int MOST_INPUTS = 20;

  /**
   * A value that differs.
   *
   * @param what its path in {@code session.json}, such as {@code scenario.nodes[0].mhz}
   * @param a JSON of the first, empty if it has none
   * @param b JSON of the second, empty if it has none
   */
  public record Input(String what, String a, String b) {}

  /** Commands at the same position, of which one may be null. */
  public record CommandPair(int index, CommandRecord a, CommandRecord b) {}

  /**
   * Events at the same position, of which one may be null.
   *
   * @param index position in the log
   * @param differences what differs if both are there, by its path in the event's JSON
   * @param causesA what led to {@code a}, the first cause first
   * @param causesB what led to {@code b}
   */
  public record Parting(
      int index,
      Event a,
      Event b,
      List<Input> differences,
      List<Causes.Cause> causesA,
      List<Causes.Cause> causesB) {
    /** How many causes, from the first on, both have in common. */
    public int sharedCauses() {
      int shared = 0;
      while (shared < Math.min(causesA.size(), causesB.size())
          && causesA.get(shared).equals(causesB.get(shared))) {
        shared++;
      }
      return shared;
    }
  }

  /** Figures of a node over a whole recording; means and totals. */
  public record Load(
      double runnable, double load, double cpuShare, long forwardedCalls, long networkBytes) {}

  /** A node in both; null where a recording does not have it. */
  public record LoadPair(int node, String name, Load a, Load b) {}

  /**
   * The same migration, as far as number and process tell, in both; null where there is none.
   *
   * @param number position among the migrations of the process, from 1
   */
  public record MovePair(ProcessId process, int number, Migration a, Migration b) {
    /** When it resumed first. */
    long nanos() {
      return Math.min(
          a == null ? Long.MAX_VALUE : a.resumedNanos(),
          b == null ? Long.MAX_VALUE : b.resumedNanos());
    }

    /** Whether both have it between the same nodes. */
    public boolean isSameWay() {
      return a != null && b != null && a.from() == b.from() && a.to() == b.to();
    }
  }

  /** Whether they are the same session. */
  public boolean isSame() {
    return inputs.isEmpty()
        && commands == null
        && events == null
        && hashNanos < 0
        && sampleNanos < 0
        && endNanosA == endNanosB;
  }

  /** Compares. */
  public static Comparison of(RecordedSession a, RecordedSession b) {
    int command = firstDifference(a.commands(), b.commands());
    int sample = firstDifference(a.samples(), b.samples());
    return new Comparison(
        inputs(a, b),
        command < 0
            ? null
            : new CommandPair(command, at(a.commands(), command), at(b.commands(), command)),
        parting(a, b),
        hashNanos(a.hashes(), b.hashes()),
        sample < 0 ? -1 : nanos(at(a.samples(), sample), at(b.samples(), sample)),
        a.facts().endNanos(),
        b.facts().endNanos(),
        load(a, b),
        moves(a, b));
  }

  private static Parting parting(RecordedSession a, RecordedSession b) {
    int index = firstDifference(a.events(), b.events());
    if (index < 0) {
      return null;
    }
    Event ofA = at(a.events(), index);
    Event ofB = at(b.events(), index);
    return new Parting(
        index,
        ofA,
        ofB,
        ofA == null || ofB == null ? List.of() : differences(ofA, ofB),
        ofA == null ? List.of() : new Causes(a).of(index),
        ofB == null ? List.of() : new Causes(b).of(index));
  }

  private static long hashNanos(List<HashSample> a, List<HashSample> b) {
    int index = firstDifference(a, b);
    if (index < 0) {
      return -1;
    }
    HashSample ofA = at(a, index);
    return ofA == null ? at(b, index).atNanos() : ofA.atNanos();
  }

  private static long nanos(Sample a, Sample b) {
    return Math.min(
        a == null ? Long.MAX_VALUE : a.atNanos(), b == null ? Long.MAX_VALUE : b.atNanos());
  }

  static int firstDifference(List<?> a, List<?> b) {
    int both = Math.min(a.size(), b.size());
    for (int i = 0; i < both; i++) {
      if (!a.get(i).equals(b.get(i))) {
        return i;
      }
    }
    return a.size() == b.size() ? -1 : both;
  }

  static <T> T at(List<T> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }

  // ---------------------------------------------------------------- inputs

  private static List<Input> inputs(RecordedSession a, RecordedSession b) {
    List<Input> found = new ArrayList<>();
    value("behaviourVersion", a.facts().behaviourVersion(), b.facts().behaviourVersion(), found);
    value("migrateEvery", a.facts().migrateEvery(), b.facts().migrateEvery(), found);
    differ(
        "scenario",
        JsonParser.parseString(JsonLines.line(a.scenario())),
        JsonParser.parseString(JsonLines.line(b.scenario())),
        found);
    SortedMap<String, String> programsOfA = programs(a);
    SortedMap<String, String> programsOfB = programs(b);
    SortedSet<String> names = new TreeSet<>(programsOfA.keySet());
    names.addAll(programsOfB.keySet());
    for (String name : names) {
      String inA = programsOfA.getOrDefault(name, "");
      String inB = programsOfB.getOrDefault(name, "");
      // One that is not there was not used; that shows in events, if at all.
      if (!inA.isEmpty() && !inB.isEmpty()) {
        value("programs." + name, inA, inB, found);
      }
    }
    return List.copyOf(found.subList(0, Math.min(found.size(), MOST_INPUTS)));
  }

  private static SortedMap<String, String> programs(RecordedSession session) {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (ProgramImage program : session.programs()) {
      hashes.merge(program.name(), program.sha256(), (before, after) -> before + ", " + after);
    }
    session
        .roots()
        .forEach(root -> hashes.put(root.profile() + "/", SessionFile.sha256(root.archive())));
    return hashes;
  }

  /** What differs in two events; their beliefs only if nothing else does. */
  private static List<Input> differences(Event a, Event b) {
    List<Input> found = new ArrayList<>();
    differ(
        "event",
        JsonParser.parseString(JsonLines.line(a)),
        JsonParser.parseString(JsonLines.line(b)),
        found);
    List<Input> shown = new ArrayList<>(found);
    shown.removeIf(each -> each.what().contains(".inputs."));
    List<Input> chosen = shown.isEmpty() ? found : shown;
    return List.copyOf(chosen.subList(0, Math.min(chosen.size(), MOST_INPUTS)));
  }

  private static void value(String what, Object a, Object b, List<Input> found) {
    if (!Objects.equals(a, b)) {
      found.add(new Input(what, a.toString(), b.toString()));
    }
  }

  private static void differ(String path, JsonElement a, JsonElement b, List<Input> found) {
    if (a.equals(b)) {
      return;
    }
    if (a instanceof JsonObject inA && b instanceof JsonObject inB) {
      SortedSet<String> keys = new TreeSet<>(inA.keySet());
      keys.addAll(inB.keySet());
      for (String key : keys) {
        member(path + "." + key, inA.get(key), inB.get(key), found);
      }
    } else if (a instanceof JsonArray inA && b instanceof JsonArray inB) {
      for (int i = 0; i < Math.max(inA.size(), inB.size()); i++) {
        member(
            path + "[" + i + "]",
            i < inA.size() ? inA.get(i) : null,
            i < inB.size() ? inB.get(i) : null,
            found);
      }
    } else {
      found.add(new Input(path, a.toString(), b.toString()));
    }
  }

  private static void member(String path, JsonElement a, JsonElement b, List<Input> found) {
    if (a == null || b == null) {
      found.add(new Input(path, a == null ? "" : a.toString(), b == null ? "" : b.toString()));
    } else {
      differ(path, a, b, found);
    }
  }

  // ---------------------------------------------------------------- tables

  private static List<LoadPair> load(RecordedSession a, RecordedSession b) {
    SortedMap<Integer, String> names = new TreeMap<>(new Names(b).nodes());
    names.putAll(new Names(a).nodes());
    SortedMap<Integer, Load> ofA = means(a.samples());
    SortedMap<Integer, Load> ofB = means(b.samples());
    List<LoadPair> rows = new ArrayList<>();
    names.forEach((node, name) -> rows.add(new LoadPair(node, name, ofA.get(node), ofB.get(node))));
    return rows;
  }

  /** Means and totals of each node. */
  public static SortedMap<Integer, Load> means(List<Sample> samples) {
    SortedMap<Integer, double[]> sums = new TreeMap<>();
    SortedMap<Integer, long[]> totals = new TreeMap<>();
    for (Sample sample : samples) {
      double[] sum = sums.computeIfAbsent(sample.node(), _ -> new double[4]);
      sum[0] += sample.runnable();
      sum[1] += sample.load();
      sum[2] += sample.cpuShare();
      sum[3]++;
      long[] total = totals.computeIfAbsent(sample.node(), _ -> new long[2]);
      total[0] += sample.forwardedCalls();
      total[1] += sample.networkBytes();
    }
    SortedMap<Integer, Load> means = new TreeMap<>();
    sums.forEach(
        (node, sum) ->
            means.put(
                node,
                new Load(
                    sum[0] / sum[3],
                    sum[1] / sum[3],
                    sum[2] / sum[3],
                    totals.get(node)[0],
                    totals.get(node)[1])));
    return means;
  }

  private static List<MovePair> moves(RecordedSession a, RecordedSession b) {
    SortedMap<ProcessId, List<Migration>> ofA = moves(a);
    SortedMap<ProcessId, List<Migration>> ofB = moves(b);
    SortedSet<ProcessId> ids = new TreeSet<>(ofA.keySet());
    ids.addAll(ofB.keySet());
    List<MovePair> rows = new ArrayList<>();
    for (ProcessId id : ids) {
      List<Migration> inA = ofA.getOrDefault(id, List.of());
      List<Migration> inB = ofB.getOrDefault(id, List.of());
      for (int i = 0; i < Math.max(inA.size(), inB.size()); i++) {
        rows.add(new MovePair(id, i + 1, at(inA, i), at(inB, i)));
      }
    }
    rows.sort(
        Comparator.comparingLong(MovePair::nanos)
            .thenComparing(MovePair::process)
            .thenComparingInt(MovePair::number));
    return List.copyOf(rows);
  }

  private static SortedMap<ProcessId, List<Migration>> moves(RecordedSession session) {
    SortedMap<ProcessId, List<Migration>> moves = new TreeMap<>();
    for (Event event : session.events()) {
      if (event.what() instanceof Happening.Migrated(Migration move)) {
        moves.computeIfAbsent(move.process(), _ -> new ArrayList<>()).add(move);
      }
    }
    return moves;
  }
}
