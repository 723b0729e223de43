package org.godwit.engine.guests;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.godwit.engine.cluster.Cluster;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.migration.MoveMessage;
import org.godwit.engine.network.Frame;
import org.godwit.engine.network.Network;
import org.godwit.engine.node.Node;
import org.godwit.engine.session.Session;
import org.godwit.engine.time.Agenda;
import org.godwit.model.ProcessId;
import org.godwit.model.scenario.LinkSpec;

/** Looks where no view leads: frames in flight, the states of movers, bodies. Changes nothing. */
final class Inside {
  private Inside() {}

  static Object field(Object owner, String name) {
    for (Class<?> at = owner.getClass(); at != null; at = at.getSuperclass()) {
      try {
        Field field = at.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
      } catch (NoSuchFieldException e) {
        continue;
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("no field " + name + " in " + owner.getClass());
  }

  static Object constant(Class<?> type, String name) {
    try {
      return get(type.getDeclaredField(name), null);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  static Object get(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  static void set(Field field, Object owner, Object value) {
    try {
      field.setAccessible(true);
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** ITIMER_VIRTUAL (-2) or ITIMER_PROF (-3) of a body's timers, made if there is none yet. */
  static Object intervalTimer(Object timers, int id) {
    try {
      Method interval = timers.getClass().getDeclaredMethod("interval", int.class);
      interval.setAccessible(true);
      return interval.invoke(timers, id);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static Cluster cluster(Session session) {
    return (Cluster) field(session, "cluster");
  }

  static Node node(Session session, int id) {
    return cluster(session).node(id);
  }

  static Process process(Session session, ProcessId id) {
    return cluster(session).process(id);
  }

  /** The links that exist. */
  static List<LinkSpec> links(Session session) {
    return ((Network) field(cluster(session), "network")).specs();
  }

  /** The bodies of a process on all nodes, frozen ones included. */
  static List<Body> bodies(Session session, ProcessId id) {
    List<Body> bodies = new ArrayList<>();
    for (int each : cluster(session).nodesUp()) {
      Body body = node(session, each).kernel().body(id);
      if (body != null) {
        bodies.add(body);
      }
    }
    return bodies;
  }

  /** Frames that have departed and not arrived, by sender and position. */
  static List<Frame> inFlight(Session session) {
    List<Frame> frames = new ArrayList<>();
    Cluster cluster = cluster(session);
    for (int each : cluster.nodesUp()) {
      Agenda<?> agenda = (Agenda<?>) field(cluster.node(each), "agenda");
      for (Agenda.Entry<?> entry : agenda.inOrder()) {
        if (entry.kind() == Agenda.Kind.ARRIVAL) {
          frames.add(frame(entry.what()));
        }
      }
    }
    for (Object each : (Collection<?>) field(cluster, "underWay")) {
      Frame frame = (Frame) each;
      if (frame.departureNanos() <= session.now()) {
        frames.add(frame);
      }
    }
    frames.sort(null);
    return frames;
  }

  /** Frames of migrations in flight. */
  static List<Frame> movesInFlight(Session session) {
    return inFlight(session).stream()
        .filter(each -> each.payload() instanceof MoveMessage)
        .toList();
  }

  /** Frames of calls, answers and signals in flight. */
  static List<Frame> callsInFlight(Session session) {
    return inFlight(session).stream()
        .filter(each -> each.payload().getClass().getSimpleName().equals("Numbered"))
        .toList();
  }

  private static Frame frame(Object arrival) {
    try {
      Method accessor = arrival.getClass().getDeclaredMethod("frame");
      accessor.setAccessible(true);
      return (Frame) accessor.invoke(arrival);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether no node's mover has anything to do with that process. */
  static boolean settled(Session session, ProcessId id) {
    for (int each : cluster(session).nodesUp()) {
      Object mover = node(session, each).mover();
      Object behind = field(mover, "behind");
      for (Object map :
          List.of(
              field(mover, "outgoing"),
              field(mover, "incoming"),
              field(behind, "inflows"),
              field(behind, "deferred"))) {
        if (((Map<?, ?>) map).containsKey(id)) {
          return false;
        }
      }
      if (each == id.home()) {
        for (String map : List.of("granted", "wanted")) {
          if (((Map<?, ?>) field(field(mover, "home"), map)).containsKey(id.pid())) {
            return false;
          }
        }
      }
    }
    Process process = process(session, id);
    return process == null || !process.alive() || !process.held();
  }

  /** State of the migration at its source: STOPPING, OFFERED, SENT, or empty. */
  static String sourceState(Session session, ProcessId id) {
    for (int each : cluster(session).nodesUp()) {
      Map<?, ?> outgoing = (Map<?, ?>) field(node(session, each).mover(), "outgoing");
      if (outgoing.get(id) != null) {
        return field(outgoing.get(id), "state").toString();
      }
    }
    return "";
  }

  /** Whether home has granted a migration that is not over. */
  static boolean granted(Session session, ProcessId id) {
    Object home = field(node(session, id.home()).mover(), "home");
    return ((Map<?, ?>) field(home, "granted")).containsKey(id.pid());
  }
}
