package org.godwit.engine.session;

import java.util.List;
import java.util.Optional;
import org.godwit.model.ProblemException;
import org.godwit.model.command.CommandRecord;

/**
 * A session that goes the way of another once more, bit by bit, so that somebody may look at what
 * it has come by while it goes. When it is over it is a session like any. One thread at a time.
 */
public final class Replay {
  private final Session session;
  private final List<CommandRecord> commands;
  private final Advisers advisers;
  private final Afterwards later;
  private final long endNanos;
  private int next;
  private boolean over;

  private Replay(Session session, Recipe recipe, Advisers advisers, Afterwards later) {
    this.later = later;
    this.session = session;
    this.commands = recipe.commands();
    this.endNanos = recipe.nowNanos();
    this.advisers = advisers;
  }

  /** What was not there on the way must not be there when it is gone again. */
  private static final class Afterwards implements ProgramSource {
    private final ProgramSource others;
    private volatile boolean open;

    Afterwards(ProgramSource others) {
      this.others = others;
    }

    @Override
    public Optional<byte[]> elf(String name) {
      return open ? others.elf(name) : Optional.empty();
    }

    @Override
    public Optional<List<GuestFile>> root(String profile) {
      return open ? others.root(profile) : Optional.empty();
    }
  }

  /**
   * Begins one at virtual time 0; its caller closes the session.
   *
   * @param recipe the way and its end
   * @param others where programs are found that the way does not need
   * @param advisers whom the session asks once it is over
   * @throws ProblemException if a tree is missing from which a node boots
   */
  public static Replay begin(
      Recipe recipe, ProgramSource others, int workers, Engine engine, Advisers advisers)
      throws ProblemException {
    Afterwards later = new Afterwards(others);
    Session session = Session.begin(recipe, recipe.source(later), recipe.options(workers, engine));
    session.beginFollowing();
    Replay replay = new Replay(session, recipe, advisers, later);
    replay.advance(0);
    return replay;
  }

  /** The session that goes; to be advanced by this only, until it is over. */
  public Session session() {
    return session;
  }

  /** Where the way ends. */
  public long endNanos() {
    return endNanos;
  }

  /** How many commands lie on the way. */
  public int commands() {
    return commands.size();
  }

  /** Whether it has come to the end, or was given up. */
  public boolean isOver() {
    return over;
  }

  /** Goes on, at most to the end of the way. */
  public void advance(long untilNanos) {
    long until = Math.min(untilNanos, endNanos);
    while (!over && next < commands.size() && commands.get(next).atNanos() <= until) {
      session.advance(commands.get(next).atNanos());
      session.submitAgain(commands.get(next++));
    }
    if (!over) {
      session.advance(until);
      if (until == endNanos) {
        end();
      }
    }
  }

  /** Ends it where it stands: what follows on the way does not happen. */
  public void end() {
    if (!over) {
      over = true;
      later.open = true;
      session.endFollowing();
      session.consult(advisers);
    }
  }
}
