package org.godwit.app.panel.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Looks on while an export is written: how much there is, and whether it is still wanted. Written
 * to by the exporting thread, read and cancelled by any.
 */
public final class ExportWatch {
  /** Told so often that a bar moves, and no more. */
  private static final long STEP_BYTES = 1 << 20;

  private final Runnable moved;
  private volatile boolean cancelled;
  private volatile long bytes;
  private volatile int begun;
  private volatile ExportFormat current;

  /** Nobody looks on. */
  public ExportWatch() {
    this(() -> {});
  }

  /**
   * @param moved called on the exporting thread at each file and each MiB
   */
  public ExportWatch(Runnable moved) {
    this.moved = moved;
  }

  /** The export was given up. */
  private static final class GivenUp extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The next write ends it; what is not whole is not left behind. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether it is given up. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Bytes written so far, of all formats. */
  public long bytes() {
    return bytes;
  }

  /** Formats begun so far. */
  public int begun() {
    return begun;
  }

  /** The format that is being written, or null. */
  public ExportFormat current() {
    return current;
  }

  void begin(ExportFormat format) {
    current = format;
    begun++;
    moved.run();
  }

  /** The same stream, looked at. */
  OutputStream over(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] some, int from, int count) throws IOException {
        if (cancelled) {
          throw new GivenUp();
        }
        out.write(some, from, count);
        long before = bytes;
        bytes = before + count;
        if (before / STEP_BYTES != bytes / STEP_BYTES) {
          moved.run();
        }
      }
    };
  }
}
