package org.godwit.app.palette;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Colour slot and monogram of every program, sample or user's own. A program keeps its slot for as
 * long as the window lives. FX thread only.
 */
public final class ProgramLooks {
  private final ProgramLibrary library;
  private final Map<String, Look> strangers = new LinkedHashMap<>();

  /**
   * How a program is marked.
   *
   * @param slot colour slot, from 0
   * @param monogram two letters
   */
  public record Look(int slot, String monogram) {}

  public ProgramLooks(ProgramLibrary library) {
    this.library = library;
  }

  /** The look of a program; one that the library does not know gets the next free slot. */
  public Look of(String program) {
    return library
        .find(program)
        .map(card -> new Look(card.slot(), card.monogram()))
        .orElseGet(() -> strangers.computeIfAbsent(program, this::next));
  }

  private Look next(String program) {
    int last = library.cards().stream().mapToInt(ProgramCard::slot).max().orElse(-1);
    return new Look(last + 1 + strangers.size(), ProgramShelf.monogram(program));
  }
}
