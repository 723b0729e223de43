package org.godwit.engine.session;

import java.util.List;
import org.godwit.engine.balance.Policy;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.kernel.Syscall;
import org.godwit.engine.kernel.SyscallTable;
import org.godwit.engine.machine.Machine;
import org.godwit.engine.state.GraphCopy;
import org.godwit.model.ProblemException;
import org.godwit.model.command.CommandRecord;

/**
 * A session as it was at an instant, whole. It never changes; pages, events and programs that were
 * the same at other instants are shared with their checkpoints. Any thread may go on from it, and
 * several at once.
 */
public final class Checkpoint {
  /** What nobody changes after it was made, or what is meant to serve several sessions. */
  private static final List<Class<?>> UNCHANGING =
      List.of(
          Advisers.class,
          ElfImage.class,
          Engine.class,
          GuestFile.class,
          Machine.class,
          Policy.class,
          ProgramImage.class,
          ProgramSource.class,
          SessionInputs.class,
          SessionOptions.class,
          Syscall.class,
          SyscallTable.class);

  private final Session kept;
  private final long nanos;
  private final int commands;
  private final int events;
  private final long bytes;

  private Checkpoint(GraphCopy.Kept<Session> kept, long nanos, int commands, int events) {
    this.kept = kept.root();
    this.bytes = kept.bytes();
    this.nanos = nanos;
    this.commands = commands;
    this.events = events;
  }

  /** Of a session that stands still; it does not notice. */
  static Checkpoint of(Session session, int commands, int events) {
    return new Checkpoint(
        GraphCopy.kept(session, Checkpoint::unchanging), session.now(), commands, events);
  }

  private static boolean unchanging(Class<?> type) {
    return type.getPackageName().startsWith("org.godwit.model")
        || UNCHANGING.stream().anyMatch(each -> each.isAssignableFrom(type));
  }

  /** The instant. */
  public long nanos() {
    return nanos;
  }

  /** How many commands there had been. */
  public int commands() {
    return commands;
  }

  /** How many events there had been. */
  public int events() {
    return events;
  }

  /** Bytes of memory that it has in common with no earlier one, about. */
  public long bytes() {
    return bytes;
  }

  /**
   * A session that stands at the instant; its caller closes it.
   *
   * @param workers threads that advance its nodes; any number gives the same results
   */
  public Session resume(int workers) {
    return GraphCopy.revived(kept, Checkpoint::unchanging).employ(workers);
  }

  /**
   * A session that has come from here to a later moment as another did; its caller closes it.
   *
   * @param recipe how the other came there; it must have passed this instant
   * @throws ProblemException if a program is missing
   */
  public Session resume(Recipe recipe, int workers) throws ProblemException {
    Session session = resume(workers);
    try {
      for (ProgramImage program : recipe.programs()) {
        session.know(program);
      }
      List<CommandRecord> all = recipe.commands();
      session.consult(Advisers.NONE); // What they said is among the commands.
      session.follow(all.subList(Math.min(commands, all.size()), all.size()), recipe.nowNanos());
      session.consult(recipe.advisers());
      return session;
    } catch (ProblemException | RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }
}
