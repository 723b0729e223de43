package org.godwit.engine.kernel.file;

import org.godwit.engine.state.Walk;

/**
 * A FIFO of the tree whose writing end is held from outside the node: what its operator asks for
 * comes out of it. Requests wait in it until a program of the node reads them.
 */
public final class RequestPipe {
  private static final int ROOT_ONLY = 0600;

  private final Fifo fifo;

  /** Makes the FIFO, with its directories, in place of what is there. */
  public RequestPipe(NodeFiles node, String path) {
    fifo = node.tree().fifo(path, ROOT_ONLY);
    node.tree().hold(fifo);
    fifo.join(false, true);
  }

  /** Puts a request in as a whole; false if there is no room for it now. */
  public boolean ask(byte[] request) {
    return fifo.feed(request);
  }

  /** Whether a request can be as long as that. */
  public static boolean takes(int bytes) {
    return bytes <= Fifo.CAPACITY;
  }

  /** Whether a program reads, or waits to be let in to read. */
  public boolean isRead() {
    return fifo.hasReaders();
  }

  /** Whether one ever has. */
  public boolean wasRead() {
    return fifo.readerOpens() > 0;
  }

  /** Which FIFO it is; that is walked with the tree. */
  public void walk(Walk walk) {
    walk.i32("fifo", fifo.number);
  }
}
