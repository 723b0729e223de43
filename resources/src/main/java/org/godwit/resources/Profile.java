package org.godwit.resources;

import java.util.List;
import java.util.Objects;

/**
 * A boot profile on board: what a node's root file system is made of.
 *
 * @param name its name in scenarios, also that of its folder
 * @param title a few words, no full stop
 * @param about what is particular about it, in sentences
 * @param on the folders of {@code roots/} that it lies on, the lowest first
 */
public record Profile(
    String name, ProgramCard.Text title, ProgramCard.Text about, List<String> on) {
  public Profile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(about, "about");
    on = List.copyOf(on);
  }
}
