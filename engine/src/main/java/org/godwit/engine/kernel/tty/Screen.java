package org.godwit.engine.kernel.tty;

import org.godwit.engine.kernel.net.ByteQueue;
import org.godwit.engine.state.Walk;

/**
 * What goes to the other end of a terminal: output after its processing, and echoes between it.
 * Follows the cursor's column, for tabs (n_tty.c, do_output_char).
 */
final class Screen {
  /** Bytes that programs may have waiting; then they wait. */
  static final int LIMIT = 4096;

  /** Room beyond it for echoes, which nobody can wait for; more are lost. */
  private static final int ECHOES = 4096;

  private final Termios termios;
  private final ByteQueue queue = new ByteQueue(LIMIT + ECHOES);
  private int column;

  /** Column at which the line that is being edited began. */
  private int editColumn;

  Screen(Termios termios) {
    this.termios = termios;
  }

  ByteQueue queue() {
    return queue;
  }

  /** Bytes that a program may still write; a byte may become eight. */
  int room() {
    return LIMIT - queue.size();
  }

  /** Writes a program's bytes; how many were taken. */
  int write(byte[] data, int from, int count) {
    if (!termios.output(Termios.OPOST)) {
      return queue.put(data, from, Math.min(count, Math.max(0, room())));
    }
    int done = 0;
    while (done < count && room() >= 8) {
      process(data[from + done++] & 0xff);
    }
    return done;
  }

  /** A byte, processed if the settings ask for it. */
  void put(int c) {
    if (termios.output(Termios.OPOST)) {
      process(c);
    } else {
      raw(c);
    }
  }

  /** As {@link #put}; a control character shows as ^X if the settings ask for it. */
  void echo(int c) {
    if (termios.local(Termios.ECHOCTL) && isControl(c) && c != '\t') {
      raw('^');
      raw(c ^ 0x40);
      column += 2;
    } else {
      put(c);
    }
  }

  /** The cursor is where the line that is being edited begins. */
  void editFromHere() {
    editColumn = column;
  }

  /** Steps back over a tab that was preceded by {@code before} columns of the line. */
  void eraseTab(int before, boolean afterTab) {
    int at = before + (afterTab ? 0 : editColumn);
    for (int i = 8 - (at & 7); i > 0; i--) {
      raw('\b');
      column = Math.max(0, column - 1);
    }
  }

  private void process(int c) {
    switch (c) {
      case '\n' -> {
        if (termios.output(Termios.ONLRET)) {
          column = 0;
        }
        if (termios.output(Termios.ONLCR)) {
          raw('\r');
          column = 0;
        }
        editColumn = column;
        raw('\n');
      }
      case '\r' -> {
        if (termios.output(Termios.ONOCR) && column == 0) {
          return;
        }
        boolean becomesNewline = termios.output(Termios.OCRNL);
        if (!becomesNewline || termios.output(Termios.ONLRET)) {
          column = 0;
          editColumn = 0;
        }
        raw(becomesNewline ? '\n' : '\r');
      }
      case '\t' -> {
        int spaces = 8 - (column & 7);
        column += spaces;
        if ((termios.output & Termios.XTABS) == Termios.XTABS) {
          for (int i = 0; i < spaces; i++) {
            raw(' ');
          }
        } else {
          raw('\t');
        }
      }
      case '\b' -> {
        column = Math.max(0, column - 1);
        raw('\b');
      }
      default -> {
        column += isControl(c) || isContinuation(c) ? 0 : 1;
        boolean lower = c >= 'a' && c <= 'z';
        raw(lower && termios.output(Termios.OLCUC) ? c - 32 : c);
      }
    }
  }

  private void raw(int c) {
    queue.put(new byte[] {(byte) c}, 0, 1);
  }

  /** Whether a byte goes on with the character before it. */
  boolean isContinuation(int c) {
    return termios.input(Termios.IUTF8) && (c & 0xc0) == 0x80;
  }

  static boolean isControl(int c) {
    return c < 0x20 || c == 0x7f;
  }

  void walk(Walk walk) {
    queue.walk(walk);
    column = walk.i32("column", column);
    editColumn = walk.i32("editColumn", editColumn);
  }
}
