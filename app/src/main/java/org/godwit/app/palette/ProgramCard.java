package org.godwit.app.palette;

import java.util.List;
import org.godwit.model.scenario.LocalText;

/**
 * What the window knows of a program.
 *
 * @param name its name in launches
 * @param slot its place among the program colours, from 0; never changes
 * @param monogram two letters
 * @param arguments usual arguments
 * @param title a few words
 * @param shows what it shows
 * @param lookFor what to look for
 * @param moves whether it is expected to move
 * @param reason word of the stay reason that it raises, or null
 * @param sourceName file name of its source, or empty
 * @param source its source, or empty
 */
public record ProgramCard(
    String name,
    int slot,
    String monogram,
    List<String> arguments,
    LocalText title,
    LocalText shows,
    LocalText lookFor,
    boolean moves,
    String reason,
    String sourceName,
    String source) {
  public ProgramCard {
    arguments = List.copyOf(arguments);
  }
}
