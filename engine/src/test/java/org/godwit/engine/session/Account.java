package org.godwit.engine.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.view.ProcessView;

/**
 * What a session has to tell so far, asked in the words of the seed text.
 *
 * @param session the session, which may go on
 */
record Account(Session session) {
  static final long SECOND = 1_000_000_000L;
  static final long MILLISECOND = 1_000_000L;

  /** Happenings of one kind, in order. */
  <T extends Happening> List<T> all(Class<T> kind) {
    return session.events(0).stream()
        .map(Event::what)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** Happenings of one kind of one process, in order. */
  <T extends Happening> List<T> all(Class<T> kind, ProcessId process) {
    return all(kind).stream().filter(each -> process.equals(each.process())).toList();
  }

  /** When the first happening of a kind of a process was, −1 for never. */
  long firstNanos(Class<? extends Happening> kind, ProcessId process) {
    return session.events(0).stream()
        .filter(each -> kind.isInstance(each.what()) && process.equals(each.what().process()))
        .mapToLong(Event::atNanos)
        .findFirst()
        .orElse(-1);
  }

  /** All finished migrations. */
  List<Migration> moves() {
    return all(Happening.Migrated.class).stream().map(Happening.Migrated::migration).toList();
  }

  /** Finished migrations of a process. */
  List<Migration> moves(ProcessId process) {
    return moves().stream().filter(each -> each.process().equals(process)).toList();
  }

  /** Why a process's migrations were refused, as {@code key [arguments]}. */
  List<String> refusals(ProcessId process) {
    return all(Happening.MigrationRefused.class, process).stream()
        .map(each -> each.why().key() + " " + each.why().arguments())
        .toList();
  }

  /** The n-th process of a launch. */
  ProcessId process(String launch, int index) {
    return session.launched(launch).get(index);
  }

  /** How a process looks now; it must still be listed. */
  ProcessView look(ProcessId process) {
    return session.view().processes().stream()
        .filter(each -> each.id().equals(process))
        .findFirst()
        .orElseThrow(() -> new AssertionError(process + " is not listed"));
  }

  /** The node where a process runs now. */
  int where(ProcessId process) {
    return look(process).where();
  }

  /** Exit status of a process that ended by itself; empty if it did not. */
  Optional<Integer> exit(ProcessId process) {
    return all(Happening.Exited.class, process).stream().map(Happening.Exited::status).findFirst();
  }

  /** What was written to the console of a launched process. */
  String output(ProcessId process) {
    StringBuilder text = new StringBuilder();
    all(Happening.Output.class).stream()
        .filter(each -> each.console().equals(process))
        .forEach(each -> text.append(each.bytes()));
    return text.toString();
  }

  /** What everybody wrote. */
  String output() {
    StringBuilder text = new StringBuilder();
    all(Happening.Output.class).forEach(each -> text.append(each.bytes()));
    return text.toString();
  }

  /** A file below {@code /proc/PID} at the process's home. */
  String proc(ProcessId process, String file) {
    return session
        .readFile(process.home(), "/proc/" + process.pid() + "/" + file)
        .map(bytes -> new String(bytes, ISO_8859_1))
        .orElseThrow(() -> new AssertionError("no " + file + " of " + process));
  }

  /** Stay reasons that hold now. */
  List<StayReason> reasons(ProcessId process) {
    return look(process).reasons().stream().map(each -> each.reason()).toList();
  }

  /** Decisions of a node's balancer that looked at anybody. */
  List<Decision> decisions(int node) {
    return session.events(0).stream()
        .filter(each -> each.node() == node)
        .map(Event::what)
        .filter(Happening.Decided.class::isInstance)
        .map(each -> ((Happening.Decided) each).decision())
        .filter(each -> !each.candidates().isEmpty())
        .toList();
  }
}
