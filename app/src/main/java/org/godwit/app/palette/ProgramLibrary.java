package org.godwit.app.palette;

import java.util.List;
import java.util.Optional;

/** The programs that can be launched, in the order of the palette. Reads no files when asked. */
public interface ProgramLibrary {
  /** All cards. */
  List<ProgramCard> cards();

  /** The card of a program. */
  default Optional<ProgramCard> find(String name) {
    return cards().stream().filter(card -> card.name().equals(name)).findFirst();
  }
}
