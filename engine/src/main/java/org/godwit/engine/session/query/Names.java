package org.godwit.engine.session.query;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.NodeSpec;

/** The nodes of a recording, those that joined later included, by number. */
public final class Names {
  private final SortedMap<Integer, String> nodes = new TreeMap<>();

  /** The nodes of {@code session}. */
  public Names(RecordedSession session) {
    for (NodeSpec node : session.scenario().nodes()) {
      nodes.put(node.id(), node.name());
    }
    for (Event event : session.events()) {
      if (event.what() instanceof Happening.NodeUp up && event.node() != 0) {
        nodes.put(event.node(), up.name());
      }
    }
  }

  /** Names by number. */
  public SortedMap<Integer, String> nodes() {
    return nodes;
  }

  /** Ids of the launches whose processes start with 1 in {@code lock}. */
  public static SortedSet<String> lockedLaunches(RecordedSession session) {
    SortedSet<String> found = new TreeSet<>();
    for (CommandRecord each : session.commands()) {
      if (each.command() instanceof Command.Launch launch && launch.locked()) {
        found.add(launch.launch());
      }
    }
    return found;
  }

  /** Name of a node; {@code node7} if nobody told. */
  public String node(int id) {
    return nodes.getOrDefault(id, "node" + id);
  }

  /** Number of a node that a query names; 0 if it names none. */
  int number(Query.Where where) throws ProblemException {
    if (where == null) {
      return 0;
    }
    for (Map.Entry<Integer, String> node : nodes.entrySet()) {
      if (where.id() == 0 ? node.getValue().equals(where.name()) : node.getKey() == where.id()) {
        return node.getKey();
      }
    }
    throw new ProblemException(
        Problem.of(
            "query.no-node",
            where.id() == 0 ? where.name() : Integer.toString(where.id()),
            String.join(", ", nodes.values())));
  }

  /** Refuses a name that no process of the recording ever had. */
  void demand(Query.Who who, Tracks tracks) throws ProblemException {
    if (who != null && tracks.all().stream().noneMatch(who::is)) {
      String name =
          who.id() != null
              ? who.id().toString()
              : who.pid() != 0 ? Integer.toString(who.pid()) : who.program();
      throw new ProblemException(Problem.of("query.no-process", name));
    }
  }
}
