package org.godwit.app.terminal;

import java.util.Arrays;

/**
 * Takes a stream of bytes apart into characters, controls and control sequences (ECMA-48 section 5;
 * the states are those of P. Williams' "A parser for DEC's ANSI-compatible video terminals"). Bytes
 * may be cut anywhere. UTF-8 that is not well formed gives U+FFFD, one for each maximal part.
 */
final class ControlParser {
  /** What the parts do. */
  interface Listener {
    /** A character to show. */
    void print(int codePoint);

    /** A control character, C0. */
    void control(int code);

    /** ESC, intermediates, final byte. */
    void escape(int intermediate, int last);

    /** CSI, private marker (0 for none), parameters, intermediate (0 for none), final byte. */
    void sequence(int marker, Parameters parameters, int intermediate, int last);

    /** OSC: a number and a text. */
    void command(int number, String text);
  }

  /** The numbers of a control sequence; a missing one is −1. Sub-parameters follow their parent. */
  static final class Parameters {
    private static final int MOST = 32;
    private static final int LARGEST = 65_535;
    private final int[] values = new int[MOST];
    private final boolean[] sub = new boolean[MOST];
    private int count;

    private void clear() {
      Arrays.fill(values, -1);
      Arrays.fill(sub, false);
      count = 0;
    }

    private void digit(int digit) {
      if (count == 0) {
        count = 1;
      }
      int at = count - 1;
      if (at < MOST) {
        values[at] = Math.min(LARGEST, Math.max(0, values[at]) * 10 + digit);
      }
    }

    private void next(boolean colon) {
      if (count == 0) {
        count = 1;
      }
      if (count < MOST) {
        values[count] = -1;
        sub[count] = colon;
      }
      count = Math.min(MOST + 1, count + 1);
    }

    int count() {
      return Math.min(count, MOST);
    }

    /** The number at a place, or the default if it is missing or 0. */
    int at(int place, int otherwise) {
      return place < count() && values[place] > 0 ? values[place] : otherwise;
    }

    /** The number at a place, 0 if it is missing. */
    int value(int place) {
      return place < count() ? Math.max(0, values[place]) : 0;
    }

    /** Whether the number at a place follows a colon. */
    boolean isSub(int place) {
      return place < count() && sub[place];
    }
  }

  private enum State {
    GROUND,
    ESCAPE,
    ESCAPE_INTERMEDIATE,
    SEQUENCE,
    SEQUENCE_IGNORED,
    COMMAND,
    STRING
  }

  private static final int ESC = 0x1b;
  private static final int BELL = 7;
  private static final int MOST_TEXT = 4096;

  private final Listener listener;
  private final Parameters parameters = new Parameters();
  private final StringBuilder text = new StringBuilder();
  private State state = State.GROUND;
  private int marker;
  private int intermediate;
  private boolean stringEnds; // ESC was seen in a string: a backslash ends it.

  // UTF-8 in progress: bits so far, continuation bytes still to come, bounds of the next one.
  private int bits;
  private int missing;
  private int least;
  private int most;

  ControlParser(Listener listener) {
    this.listener = listener;
    parameters.clear();
  }

  void feed(byte[] bytes) {
    for (byte b : bytes) {
      utf8(b & 0xff);
    }
  }

  /** Table 3-7 of the Unicode standard: well-formed sequences only. */
  private void utf8(int b) {
    if (missing > 0) {
      if (b >= least && b <= most) {
        bits = bits << 6 | b & 0x3f;
        least = 0x80;
        most = 0xbf;
        if (--missing == 0) {
          take(bits);
        }
        return;
      }
      missing = 0;
      take(0xfffd);
    }
    if (b < 0x80) {
      take(b);
    } else if (b >= 0xc2 && b <= 0xdf) {
      begin(b & 0x1f, 1, 0x80, 0xbf);
    } else if (b >= 0xe0 && b <= 0xef) {
      begin(b & 0x0f, 2, b == 0xe0 ? 0xa0 : 0x80, b == 0xed ? 0x9f : 0xbf);
    } else if (b >= 0xf0 && b <= 0xf4) {
      begin(b & 0x07, 3, b == 0xf0 ? 0x90 : 0x80, b == 0xf4 ? 0x8f : 0xbf);
    } else {
      take(0xfffd);
    }
  }

  private void begin(int first, int more, int lowest, int highest) {
    bits = first;
    missing = more;
    least = lowest;
    most = highest;
  }

  private void take(int c) {
    switch (state) {
      case COMMAND, STRING -> string(c);
      default -> {
        if (c == ESC) {
          enterEscape();
        } else if (c == 0x18 || c == 0x1a) {
          state = State.GROUND; // CAN and SUB break a sequence off.
        } else if (c < 0x20) {
          listener.control(c);
        } else {
          visible(c);
        }
      }
    }
  }

  private void enterEscape() {
    state = State.ESCAPE;
    intermediate = 0;
  }

  private void visible(int c) {
    switch (state) {
      case GROUND -> {
        if (c != 0x7f && (c < 0x80 || c >= 0xa0)) {
          listener.print(c);
        }
      }
      case ESCAPE -> escape(c);
      case ESCAPE_INTERMEDIATE -> {
        if (c >= 0x30) {
          state = State.GROUND;
          listener.escape(intermediate, c);
        } else {
          intermediate = c;
        }
      }
      case SEQUENCE -> sequence(c);
      default -> {
        if (c >= 0x40 && c <= 0x7e) {
          state = State.GROUND;
        }
      }
    }
  }

  private void escape(int c) {
    switch (c) {
      case '[' -> {
        state = State.SEQUENCE;
        marker = 0;
        parameters.clear();
      }
      case ']' -> {
        state = State.COMMAND;
        text.setLength(0);
        stringEnds = false;
      }
      case 'P', 'X', '^', '_' -> {
        state = State.STRING;
        stringEnds = false;
      }
      default -> {
        if (c < 0x30) {
          state = State.ESCAPE_INTERMEDIATE;
          intermediate = c;
        } else {
          state = State.GROUND;
          listener.escape(0, c);
        }
      }
    }
  }

  private void sequence(int c) {
    if (c >= '0' && c <= '9') {
      parameters.digit(c - '0');
    } else if (c == ';' || c == ':') {
      parameters.next(c == ':');
    } else if (c >= 0x3c && c <= 0x3f) {
      marker = c;
    } else if (c < 0x30) {
      intermediate = c;
    } else if (c <= 0x7e) {
      state = State.GROUND;
      listener.sequence(marker, parameters, intermediate, c);
    } else {
      state = State.SEQUENCE_IGNORED;
    }
  }

  /** OSC and the strings that nobody here reads, up to BEL or ESC \. */
  private void string(int c) {
    if (stringEnds || c == BELL || c == 0x18 || c == 0x1a) {
      boolean whole = c == BELL || c == '\\';
      State ended = state;
      state = State.GROUND;
      if (ended == State.COMMAND && whole) {
        command();
      }
      if (stringEnds && c != '\\') {
        enterEscape();
        take(c);
      }
      stringEnds = false;
    } else if (c == ESC) {
      stringEnds = true;
    } else if (text.length() < MOST_TEXT && c >= 0x20) {
      text.appendCodePoint(c);
    }
  }

  private void command() {
    int semicolon = text.indexOf(";");
    String number = semicolon < 0 ? text.toString() : text.substring(0, semicolon);
    if (!number.isEmpty() && number.length() <= 4 && number.chars().allMatch(Character::isDigit)) {
      listener.command(
          Integer.parseInt(number), semicolon < 0 ? "" : text.substring(semicolon + 1));
    }
  }
}
