package org.godwit.app.terminal;

/**
 * What a terminal tells a program of the mouse ("XTerm Control Sequences", Mouse Tracking): which
 * events it has asked for (private modes 9, 1000, 1002, 1003) and in which form (mode 1006, else
 * the old one with a byte for each figure). One tracking mode holds at a time, the last asked for.
 */
public final class MouseReports {
  /** Events that a program can ask for. */
  private enum Tracking {
    NONE,
    PRESSES,
    BUTTONS,
    DRAGS,
    MOTION
  }

  /** What a mouse did. */
  public enum Event {
    PRESS,
    RELEASE,
    DRAG,
    MOVE
  }

  /** Code of the left button; the middle one is 1, the right one 2. */
  public static final int LEFT = 0;

  public static final int MIDDLE = 1;
  public static final int RIGHT = 2;

  /** Codes of the wheel, which is only ever pressed. */
  public static final int WHEEL_UP = 64;

  public static final int WHEEL_DOWN = 65;

  /** Codes of held keys, to be added up. */
  public static final int SHIFT = 4;

  public static final int META = 8;
  public static final int CONTROL = 16;

  private static final int NO_BUTTON = 3;
  private static final int MOVING = 32;

  /** The old form adds 32 to each figure, which then is one byte. */
  private static final int OFFSET = 32;

  private static final int OLD_MOST = 255 - OFFSET;

  private Tracking tracking = Tracking.NONE;
  private boolean sgr;

  MouseReports() {}

  /** A program sets or resets a private mode; others than the mouse's are no business of this. */
  void mode(int number, boolean on) {
    switch (number) {
      case 9 -> track(Tracking.PRESSES, on);
      case 1000 -> track(Tracking.BUTTONS, on);
      case 1002 -> track(Tracking.DRAGS, on);
      case 1003 -> track(Tracking.MOTION, on);
      case 1006 -> sgr = on;
      default -> {}
    }
  }

  private void track(Tracking wanted, boolean on) {
    tracking = on ? wanted : Tracking.NONE;
  }

  void reset() {
    tracking = Tracking.NONE;
    sgr = false;
  }

  /** Whether the mouse is the program's; else it selects text. */
  public boolean areWanted() {
    return tracking != Tracking.NONE;
  }

  /**
   * The report of an event, empty if none was asked for.
   *
   * @param button code of the button, for a drag of the one that is held
   * @param held sum of the codes of held keys
   * @param row of the window, from 0
   * @param column of the window, from 0
   */
  public String of(Event event, int button, int held, int row, int column) {
    boolean wanted =
        switch (event) {
          case PRESS -> areWanted();
          case RELEASE -> tracking.compareTo(Tracking.BUTTONS) >= 0 && button < WHEEL_UP;
          case DRAG -> tracking.compareTo(Tracking.DRAGS) >= 0;
          case MOVE -> tracking == Tracking.MOTION;
        };
    if (!wanted) {
      return "";
    }
    int code = event == Event.MOVE ? NO_BUTTON : button;
    if (event == Event.DRAG || event == Event.MOVE) {
      code += MOVING;
    }
    code += tracking == Tracking.PRESSES ? 0 : held;
    if (sgr) {
      char end = event == Event.RELEASE ? 'm' : 'M';
      return "\u001b[<" + code + ";" + (column + 1) + ";" + (row + 1) + end;
    }
    if (column >= OLD_MOST || row >= OLD_MOST) {
      return ""; // It cannot be said.
    }
    if (event == Event.RELEASE) {
      code += NO_BUTTON - button; // The old form does not say which.
    }
    return "\u001b[M"
        + (char) (code + OFFSET)
        + (char) (column + 1 + OFFSET)
        + (char) (row + 1 + OFFSET);
  }
}
