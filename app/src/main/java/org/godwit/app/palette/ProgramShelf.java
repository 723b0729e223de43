package org.godwit.app.palette;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.model.scenario.LocalText;

/** The samples on board and, behind them, the programs that the user brought. FX thread only. */
public final class ProgramShelf implements ProgramLibrary {
  private final ObservableList<ProgramCard> cards = FXCollections.observableArrayList();

  /** One for all: a wrapper that nobody holds is collected, and its listeners with it. */
  private final ObservableList<ProgramCard> shown = FXCollections.unmodifiableObservableList(cards);

  private final Map<String, byte[]> own = new LinkedHashMap<>();

  /** A shelf with the given samples. */
  public ProgramShelf(List<ProgramCard> samples) {
    cards.setAll(samples);
  }

  @Override
  public ObservableList<ProgramCard> cards() {
    return shown;
  }

  /** Puts a program of the user's on the shelf; it keeps its slot if it was there before. */
  public void add(String name, byte[] elf) {
    own.put(name, elf.clone());
    if (find(name).isPresent()) {
      return;
    }
    int slot = cards.stream().mapToInt(ProgramCard::slot).max().orElse(-1) + 1;
    LocalText title = new LocalText("Your program", "自分のプログラム");
    LocalText none = new LocalText("", "");
    cards.add(
        new ProgramCard(
            name, slot, monogram(name), List.of(), title, none, none, true, null, "", ""));
  }

  /** The user's programs with their bytes, in the order in which they came. */
  public Stream<Map.Entry<String, byte[]>> own() {
    return own.entrySet().stream();
  }

  /** Names that are taken. */
  public Collection<String> names() {
    return cards.stream().map(ProgramCard::name).toList();
  }

  /** Two letters for a name. */
  static String monogram(String name) {
    int[] letters = name.codePoints().filter(Character::isLetterOrDigit).limit(2).toArray();
    StringBuilder two = new StringBuilder();
    for (int i = 0; i < letters.length; i++) {
      two.appendCodePoint(
          i == 0 ? Character.toUpperCase(letters[i]) : Character.toLowerCase(letters[i]));
    }
    return two.isEmpty() ? "??" : two.toString();
  }
}
