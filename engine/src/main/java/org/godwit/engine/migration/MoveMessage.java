package org.godwit.engine.migration;

import java.util.List;
import org.godwit.engine.network.Payload;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;

/** What the three parties of a migration say to each other. */
public sealed interface MoveMessage extends Payload {
  /** The process that it is about. */
  ProcessId process();

  @Override
  default int bytes() {
    return HEADER_BYTES;
  }

  /** Where the body is, to home: somebody there wants it to move to {@code to} (0 home, −1 any). */
  record Wish(ProcessId process, int to, MoveCause cause) implements MoveMessage {}

  /** Home to where the body is: the wish was refused. */
  record WishRefused(ProcessId process, MoveCause cause) implements MoveMessage {}

  /** Home to source: begin to send pages ahead; it goes on, and its traffic flows. */
  record Prepare(ProcessId process, int to, MoveCause cause) implements MoveMessage {}

  /** Source to home: enough has been sent ahead, it may stop now. */
  record Ready(ProcessId process, int to, MoveCause cause) implements MoveMessage {}

  /** Home to source: what was prepared may not happen any more. */
  record CallOff(ProcessId process, Problem why) implements MoveMessage {}

  /** Home to source: go, the traffic for the body is held back from now on. */
  record Grant(ProcessId process, int to, MoveCause cause) implements MoveMessage {}

  /** Source to target: will you take it? */
  record Offer(ProcessId process, String kernel, int pages) implements MoveMessage {}

  /** Target to source: yes. */
  record Accept(ProcessId process) implements MoveMessage {}

  /** Target to source: no. */
  record Refuse(ProcessId process, Problem why) implements MoveMessage {}

  /** Source to target: a piece of the serialised body, at most 64 KiB. */
  record Segment(ProcessId process, int index, int count, byte[] content) implements MoveMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + content.length;
    }
  }

  /**
   * Source to target: some pages, of a round of pre-copy ({@code round} from 1) or that were asked
   * for (0). A page of zeros has no bytes.
   */
  record Pages(
      ProcessId process, int round, boolean last, List<Integer> numbers, List<byte[]> contents)
      implements MoveMessage {
    /** The most of them: as many as fit a piece. */
    static final int AT_ONCE = 15;

    public Pages {
      numbers = List.copyOf(numbers);
      contents = List.copyOf(contents);
    }

    @Override
    public int bytes() {
      return HEADER_BYTES + contents.stream().mapToInt(each -> 8 + each.length).sum();
    }
  }

  /** Target to source: all pages of a round are here. */
  record RoundDone(ProcessId process, int round) implements MoveMessage {}

  /** Target to source: send these pages, which were left behind. */
  record Fetch(ProcessId process, List<Integer> numbers) implements MoveMessage {
    public Fetch {
      numbers = List.copyOf(numbers);
    }

    @Override
    public int bytes() {
      return HEADER_BYTES + 8 * numbers.size();
    }
  }

  /** Target to source: what was left behind is not needed any more. */
  record FetchedAll(ProcessId process) implements MoveMessage {}

  /** Target to home: what {@code from} has of it cannot be had any more, so it is lost. */
  record Severed(ProcessId process, int from) implements MoveMessage {}

  /** Target to source: so many pieces are here; a long transfer is no silence. */
  record Progress(ProcessId process, int received) implements MoveMessage {}

  /** Target to source: all pieces are here. <b>Its arrival is the commit point.</b> */
  record Received(ProcessId process) implements MoveMessage {}

  /** Source to target: I have given up my right to run it; start. */
  record Release(
      ProcessId process,
      MoveCause cause,
      long frozenNanos,
      long sentNanos,
      long committedNanos,
      int pages,
      int zeroPages,
      Migration.Early early,
      Migration.Cargo cargo)
      implements MoveMessage {}

  /** Source to target: forget it, it goes on here. */
  record Abort(ProcessId process) implements MoveMessage {}

  /** Source to home: the commit point has passed. */
  record Committed(ProcessId process) implements MoveMessage {}

  /** Source to home: it goes on at the source. */
  record Aborted(ProcessId process, int to, MoveCause cause, Problem why) implements MoveMessage {}

  /** Target to home: it runs here now. */
  record Resumed(
      ProcessId process,
      int from,
      MoveCause cause,
      long frozenNanos,
      long committedNanos,
      long resumedNanos,
      int pages,
      int zeroPages,
      long bodyBytes,
      Migration.Early early,
      Migration.Cargo cargo,
      Migration.Course course)
      implements MoveMessage {}
}
