package org.godwit.app.panel.terminal;

import java.util.Map;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * What keys send ("XTerm Control Sequences", PC-style function keys; ctlseqs of X.Org). Letters
 * without Ctrl are no business of this class: they come as text.
 */
final class KeySequences {
  private static final String ESC = "\u001b";

  /** Keys that end in a letter: CSI letter, with modifiers CSI 1 ; m letter. */
  private static final Map<KeyCode, String> LETTERS =
      Map.ofEntries(
          Map.entry(KeyCode.UP, "A"),
          Map.entry(KeyCode.DOWN, "B"),
          Map.entry(KeyCode.RIGHT, "C"),
          Map.entry(KeyCode.LEFT, "D"),
          Map.entry(KeyCode.KP_UP, "A"),
          Map.entry(KeyCode.KP_DOWN, "B"),
          Map.entry(KeyCode.KP_RIGHT, "C"),
          Map.entry(KeyCode.KP_LEFT, "D"),
          Map.entry(KeyCode.HOME, "H"),
          Map.entry(KeyCode.END, "F"),
          Map.entry(KeyCode.F1, "P"),
          Map.entry(KeyCode.F2, "Q"),
          Map.entry(KeyCode.F3, "R"),
          Map.entry(KeyCode.F4, "S"));

  /** Keys that are a number: CSI n ~, with modifiers CSI n ; m ~. */
  private static final Map<KeyCode, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry(KeyCode.INSERT, 2),
          Map.entry(KeyCode.DELETE, 3),
          Map.entry(KeyCode.PAGE_UP, 5),
          Map.entry(KeyCode.PAGE_DOWN, 6),
          Map.entry(KeyCode.F5, 15),
          Map.entry(KeyCode.F6, 17),
          Map.entry(KeyCode.F7, 18),
          Map.entry(KeyCode.F8, 19),
          Map.entry(KeyCode.F9, 20),
          Map.entry(KeyCode.F10, 21),
          Map.entry(KeyCode.F11, 23),
          Map.entry(KeyCode.F12, 24));

  private KeySequences() {}

  /** Modifiers and modes under which a key is struck. */
  record Struck(
      KeyCode code,
      boolean shift,
      boolean alt,
      boolean control,
      boolean applicationCursor,
      boolean newLine) {
    static Struck of(KeyEvent event, boolean applicationCursor, boolean newLine) {
      return new Struck(
          event.getCode(),
          event.isShiftDown(),
          event.isAltDown(),
          event.isControlDown(),
          applicationCursor,
          newLine);
    }

    /** xterm's number for the modifiers; 1 for none. */
    int modifiers() {
      return 1 + (shift ? 1 : 0) + (alt ? 2 : 0) + (control ? 4 : 0);
    }
  }

  /** What the key sends; empty if it sends nothing, or a text that comes by itself. */
  static Optional<String> of(Struck key) {
    String letter = LETTERS.get(key.code());
    if (letter != null) {
      return Optional.of(letter(key, letter));
    }
    Integer number = NUMBERS.get(key.code());
    if (number != null) {
      String modifiers = key.modifiers() == 1 ? "" : ";" + key.modifiers();
      return Optional.of(ESC + "[" + number + modifiers + "~");
    }
    String meta = key.alt() ? ESC : "";
    return switch (key.code()) {
      case ENTER -> Optional.of(meta + (key.newLine() ? "\r\n" : "\r"));
      case BACK_SPACE -> Optional.of(meta + (key.control() ? "\b" : "\u007f"));
      case TAB -> key.control() ? Optional.empty() : Optional.of(key.shift() ? ESC + "[Z" : "\t");
      case ESCAPE -> Optional.of(meta + ESC);
      default -> key.control() ? control(key).map(c -> meta + c) : Optional.empty();
    };
  }

  private static String letter(Struck key, String letter) {
    if (key.modifiers() > 1) {
      return ESC + "[1;" + key.modifiers() + letter;
    }
    boolean function = letter.charAt(0) >= 'P';
    return ESC + (function || key.applicationCursor() ? "O" : "[") + letter;
  }

  /** Ctrl and a key: the control character that has its place in the table (ASCII minus 64). */
  private static Optional<String> control(Struck key) {
    String name = key.code().getName();
    if (key.code().isLetterKey() && name.length() == 1) {
      return Optional.of(Character.toString(name.charAt(0) & 0x1f));
    }
    return switch (key.code()) {
      case SPACE, DIGIT2, AT -> Optional.of("\0");
      case OPEN_BRACKET, DIGIT3 -> Optional.of(ESC);
      case BACK_SLASH, DIGIT4 -> Optional.of("\u001c");
      case CLOSE_BRACKET, DIGIT5 -> Optional.of("\u001d");
      case DIGIT6, CIRCUMFLEX -> Optional.of("\u001e");
      case SLASH, MINUS, UNDERSCORE, DIGIT7 -> Optional.of("\u001f");
      case DIGIT8 -> Optional.of("\u007f");
      default -> Optional.empty();
    };
  }
}
