package org.godwit.engine.migration;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.state.Walk;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.MigrationMethod;
import org.godwit.model.view.TransferView;

/**
 * One node's part in migrations. For each process there is at most one migration at a time:
 *
 * <pre>
 * home     request -> refused
 *                  -> granted --------------------------------> Resumed: it is at the target
 *                             \-> Aborted: it is at the source  \-> silence: it is lost
 * source   Grant -> stopping -> frozen, Offer -> Accept, Segments -> Received = commit, Release
 *                            \-> Refuse, silence: Abort, it goes on here
 * target   Offer -> Accept -> Segments -> Received -> Release: it runs here
 *                                                  \-> Abort, silence: forgotten
 * </pre>
 *
 * <p>With pre-copy, Prepare comes before Grant: the source offers, sends all pages while the body
 * runs, then again and again those that were written meanwhile, and says Ready; home looks again
 * whether the move may happen, and grants. With post-copy most pages stay with the source when it
 * has destroyed its right to run; the target fetches them, those first that somebody waits for.
 *
 * <p>Home, source and target may be the same node in any pair; then the message is a call. Before
 * the commit point any failure leaves the process at the source. The target starts only on Release,
 * which the source sends after it has destroyed its own body, so there are never two (decision 13).
 */
public final class Mover {
  /** Silence after which a party gives up (decision 28). */
  public static final long PATIENCE_NANOS = 5_000_000_000L;

  private final TreeMap<ProcessId, Outgoing> outgoing = new TreeMap<>();
  private final TreeMap<ProcessId, Incoming> incoming = new TreeMap<>();
  private final Kernel kernel;
  private final Home home;
  private final Source source;
  private final Target target;
  private final PreCopy ahead;
  private final PostCopy behind;

  /** The mover of the node that {@code kernel} is of, which sends bodies by {@code method}. */
  public Mover(Kernel kernel, MovePorts ports, MigrationMethod method) {
    Site site = new Site(this, method, kernel, ports);
    this.kernel = kernel;
    home = new Home(site);
    behind = new PostCopy(site);
    ahead = new PreCopy(site, outgoing, incoming, behind);
    source = new Source(site, outgoing, ahead, behind);
    target = new Target(site, incoming, behind);
  }

  Source source() {
    return source;
  }

  PreCopy ahead() {
    return ahead;
  }

  // ---------------------------------------------------------------- home

  /**
   * Asks that a process of this home move. The latest wish wins while an earlier move is under way.
   *
   * @param to a node, {@link Command.Migrate#HOME} or {@link Command.Migrate#BALANCE}
   */
  public void request(Process process, int to, MoveCause cause) {
    home.request(process, to, cause);
  }

  /** A vfork is over: the latest wish that came meanwhile is looked at. */
  public void movable(Process process) {
    home.movable(process);
  }

  /** Why a move would be refused by home, or null. */
  public Problem refusal(Process process, int to, MoveCause cause) {
    return home.refusal(process, to, cause);
  }

  /** A process of this home has ended: forget what was planned for it. */
  public void processEnded(Process process) {
    home.processEnded(process);
  }

  /**
   * What another node says, once a second, of the processes of this home: mends what lost messages
   * left open.
   *
   * @param there who says it
   * @param guests processes of this home that are settled there
   * @param moving processes of this home that are moving from or to there
   * @param saidNanos when it was true
   */
  public void reported(int there, List<ProcessId> guests, List<ProcessId> moving, long saidNanos) {
    home.reported(there, guests, moving, saidNanos);
  }

  /** Whether a migration of that process of this home is under way. */
  public boolean moving(Process process) {
    return home.moving(process);
  }

  /** Where a process is going that is granted to move, or 0. */
  public int destination(Process process) {
    return home.destination(process);
  }

  // ---------------------------------------------------------------- bodies that are here

  /** A body here wants to move: asks its home. */
  public void wish(Body body, int to, MoveCause cause) {
    source.wish(body, to, cause);
  }

  /** {@code --migrate-every}: the next node in turn. */
  public void exercise(Body body) {
    source.exercise(body);
  }

  /** The tasks of a body that is to move have noticed: it can be frozen. */
  public void stop(Body body) {
    source.stop(body);
  }

  /** Whether the body is wanted elsewhere but still runs. */
  public boolean isStopping(Body body) {
    return source.isStopping(body);
  }

  /** The body here waits for a page that its last node has kept. */
  public void fault(Body body, int number) {
    behind.fault(body, number);
  }

  /** A body here is gone; migrations of it are void. */
  public void bodyEnded(Body body) {
    source.bodyEnded(body);
    behind.bodyEnded(body);
  }

  /** Whether a migration of that body is under way here. */
  public boolean moving(Body body) {
    return outgoing.containsKey(body.id()) || incoming.containsKey(body.id());
  }

  /** Processes of a home whose bodies this node is moving, from or to itself, by identity. */
  public List<ProcessId> partyTo(int home) {
    TreeSet<ProcessId> party = new TreeSet<>(outgoing.keySet());
    party.addAll(incoming.keySet());
    return party.stream().filter(each -> each.home() == home).toList();
  }

  // ---------------------------------------------------------------- messages

  /** Deals with a message from another node's mover, or from this one. */
  public void receive(int from, MoveMessage message) {
    switch (message) {
      case MoveMessage.Wish m -> {
        Process process = kernel.process(m.process());
        if (process != null && process.alive()) {
          home.request(process, m.to(), m.cause());
        }
      }
      case MoveMessage.Ready m -> home.ready(m, from);
      case MoveMessage.Committed m -> home.committed(m, from);
      case MoveMessage.Aborted m -> home.aborted(m);
      case MoveMessage.Resumed m -> home.resumed(from, m);
      case MoveMessage.Severed m -> home.severed(m);
      case MoveMessage.WishRefused m -> source.wishRefused(m);
      case MoveMessage.Grant m -> source.grant(m);
      case MoveMessage.Accept m -> source.accepted(m, from);
      case MoveMessage.Refuse m -> source.refused(m, from);
      case MoveMessage.Progress m -> source.progressed(m, from);
      case MoveMessage.Received m -> source.received(m, from);
      case MoveMessage.Offer m -> target.offered(m, from);
      case MoveMessage.Segment m -> target.segment(m, from);
      case MoveMessage.Release m -> target.released(m, from);
      case MoveMessage.Abort m -> target.aborted(m, from);
      case MoveMessage.Prepare m -> ahead.prepare(m);
      case MoveMessage.CallOff m -> ahead.calledOff(m);
      case MoveMessage.RoundDone m -> ahead.roundDone(m, from);
      case MoveMessage.Pages m when m.round() > 0 -> ahead.took(m, from);
      case MoveMessage.Pages m -> behind.took(m, from);
      case MoveMessage.Fetch m -> behind.fetched(m, from);
      case MoveMessage.FetchedAll m -> behind.fetchedAll(m, from);
    }
  }

  /**
   * A piece of a body is all here, its first byte since {@code firstNanos}; it is dealt with yet.
   */
  public void reached(MoveMessage.Segment segment, int from, long firstNanos) {
    target.reached(segment, from, firstNanos);
  }

  // ---------------------------------------------------------------- all parts

  /** Whether this node is party to a migration or has granted one. */
  public boolean busy() {
    return home.busy() || !outgoing.isEmpty() || !incoming.isEmpty() || behind.busy();
  }

  /** Bytes of that process's body that have come here so far. */
  public long bytesHere(ProcessId process) {
    return target.bytesHere(process);
  }

  /** Migrations that leave here, as far as the source knows. */
  public List<TransferView> transfers() {
    return source.transfers();
  }

  /** Everything that lasts, for the island's hash. */
  public void walk(Walk walk) {
    home.walk(walk);
    outgoing.values().forEach(each -> each.walk(walk));
    incoming.values().forEach(each -> each.walk(walk));
    behind.walk(walk);
  }
}
