package org.godwit.engine.migration;

import org.godwit.engine.network.Payload;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
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

  /** Target to source: so many pieces are here; a long transfer is no silence. */
  record Progress(ProcessId process, int received) implements MoveMessage {}

  /** Target to source: all pieces are here. <b>Its arrival is the commit point.</b> */
  record Received(ProcessId process) implements MoveMessage {}

  /** Source to target: I have given up my right to run it; start. */
  record Release(
      ProcessId process,
      MoveCause cause,
      long frozenNanos,
      long committedNanos,
      int pages,
      int zeroPages)
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
      long bodyBytes)
      implements MoveMessage {}
}
