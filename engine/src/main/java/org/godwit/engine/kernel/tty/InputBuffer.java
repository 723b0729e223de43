package org.godwit.engine.kernel.tty;

import org.godwit.engine.state.Walk;

/**
 * What was typed and not yet read: complete lines, then the one that is being edited. A delimiter
 * ends a line; an end of file is one that the reader does not see.
 */
final class InputBuffer {
  /** Bytes that fit (N_TTY_BUF_SIZE). */
  static final int SIZE = 4096;

  private static final byte PLAIN = 0;
  private static final byte DELIMITER = 1;
  private static final byte END_OF_FILE = 2;

  private byte[] bytes = new byte[0];
  private byte[] marks = new byte[0];
  private int size;

  /** Bytes of complete lines. */
  private int complete;

  int size() {
    return size;
  }

  int room() {
    return SIZE - size;
  }

  /** Bytes of the line that is being edited. */
  int editing() {
    return size - complete;
  }

  /** Byte {@code index} of the line that is being edited. */
  int edited(int index) {
    return bytes[complete + index] & 0xff;
  }

  /** Whether a line is complete. */
  boolean hasLine() {
    return complete > 0;
  }

  void put(int c) {
    append(c, PLAIN);
  }

  /** The end of a line. */
  void delimit(int c) {
    append(c, DELIMITER);
    complete = size;
  }

  void endOfFile() {
    append(0, END_OF_FILE);
    complete = size;
  }

  /** Everything typed so far counts as read-ready: canonical mode was left. */
  void completeAll() {
    complete = 0;
  }

  /** Canonical mode was entered: what is there is one line. */
  void completeHere() {
    complete = size;
    if (size > 0) {
      marks[size - 1] = DELIMITER;
    }
  }

  private void append(int c, byte mark) {
    if (size == bytes.length) {
      int length = Math.max(64, Math.min(SIZE, 2 * size));
      bytes = java.util.Arrays.copyOf(bytes, length);
      marks = java.util.Arrays.copyOf(marks, length);
    }
    bytes[size] = (byte) c;
    marks[size++] = mark;
  }

  /** Takes back the last {@code count} bytes of the line that is being edited. */
  void takeBack(int count) {
    size -= count;
  }

  void clear() {
    size = 0;
    complete = 0;
  }

  /** Reads from the first line, at most its rest; 0 if it is an end of file. */
  int takeLine(byte[] into, int from, int count) {
    int moved = 0;
    int used = 0;
    boolean ended = false;
    while (!ended && used < complete) {
      byte mark = marks[used];
      if (mark == END_OF_FILE) {
        used++;
        break;
      }
      if (moved == count) {
        break;
      }
      into[from + moved++] = bytes[used++];
      ended = mark == DELIMITER;
    }
    // A line of exactly count bytes before an end of file is done with it (n_tty, canon_copy).
    if (!ended && moved == count && moved > 0 && used < complete && marks[used] == END_OF_FILE) {
      used++;
    }
    drop(used);
    return moved;
  }

  /** Reads without regard to lines. */
  int take(byte[] into, int from, int count) {
    int moved = Math.min(count, size);
    System.arraycopy(bytes, 0, into, from, moved);
    drop(moved);
    return moved;
  }

  /** Bytes that the next canonical reads would give (FIONREAD). */
  int lineBytes() {
    int count = 0;
    for (int i = 0; i < complete; i++) {
      count += marks[i] == END_OF_FILE ? 0 : 1;
    }
    return count;
  }

  private void drop(int count) {
    System.arraycopy(bytes, count, bytes, 0, size - count);
    System.arraycopy(marks, count, marks, 0, size - count);
    size -= count;
    complete = Math.max(0, complete - count);
  }

  void walk(Walk walk) {
    complete = walk.i32("complete", complete);
    bytes = walk.bytes("typed", java.util.Arrays.copyOf(bytes, size));
    marks = walk.bytes("marks", java.util.Arrays.copyOf(marks, size));
    size = bytes.length;
  }
}
