package org.godwit.resources;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The card of a guest program on board: what a person reads before starting it, and what the
 * program is expected to do. It describes; whether a process may move is found out by the kernel
 * alone.
 *
 * @param name the program's name, also that of its folder and its ELF
 * @param slot its place in the palette, from 0, without gaps
 * @param monogram two letters for its chip
 * @param arguments what it is started with when nobody says otherwise, without its name
 * @param title a few words, no full stop
 * @param shows what it does and why it is on board, in sentences
 * @param lookFor what to watch when it runs, in sentences
 * @param migration whether it can leave its home
 * @param reason the stay reason that it raises, as {@code /proc/PID/cantmove} spells it; empty if
 *     it moves
 * @param watch a variable worth watching in its memory
 * @param source the file name of its source
 */
public record ProgramCard(
    String name,
    int slot,
    String monogram,
    List<String> arguments,
    Text title,
    Text shows,
    Text lookFor,
    Migration migration,
    Optional<String> reason,
    Optional<Watch> watch,
    String source) {

  public ProgramCard {
    Objects.requireNonNull(name, "name");
    if (slot < 0) {
      throw new IllegalArgumentException("slot " + slot);
    }
    Objects.requireNonNull(monogram, "monogram");
    arguments = List.copyOf(arguments);
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(shows, "shows");
    Objects.requireNonNull(lookFor, "lookFor");
    Objects.requireNonNull(migration, "migration");
    Objects.requireNonNull(source, "source");
    if (reason.isPresent() != (migration == Migration.STAYS)) {
      throw new IllegalArgumentException(name + " " + migration + " with reason " + reason);
    }
  }

  /** What is expected of a program that runs long enough on a crowded node. */
  public enum Migration {
    MOVES,
    STAYS
  }

  /** The same text in both languages of the house. */
  public record Text(String en, String ja) {

    public Text {
      Objects.requireNonNull(en, "en");
      Objects.requireNonNull(ja, "ja");
    }

    /** The Japanese text for a Japanese locale, the English one for any other. */
    public String in(Locale locale) {
      return locale.getLanguage().equals("ja") ? ja : en;
    }
  }

  /**
   * A variable in the program's memory.
   *
   * @param symbol its name in the ELF's symbol table
   * @param type how to read it; {@code u32} is an unsigned 32-bit word
   */
  public record Watch(String symbol, String type) {

    public Watch {
      Objects.requireNonNull(symbol, "symbol");
      Objects.requireNonNull(type, "type");
    }
  }
}
