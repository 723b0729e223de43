package org.godwit.app.help;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.app.action.Action;
import org.godwit.app.action.ActionList;
import org.godwit.app.palette.ProgramCard;
import org.godwit.app.palette.ProgramLibrary;
import org.godwit.app.text.Messages;
import org.godwit.model.StayReason;
import org.godwit.resources.Catalogue;

/**
 * The pages of the help in the window's language, those that have what is looked for, and the one
 * that is read. Keys and programs are taken from what the window really has.
 */
public final class HelpViewModel {
  /** Which page belongs to which panel, editor or box; every other has {@link #PANELS}. */
  private static final Map<String, String> PAGES =
      Map.of(
          "canvas", "canvas",
          "cluster", "canvas",
          "programs", "programs",
          "inspector", "why",
          "decisions", "why",
          "policy", "policies",
          "terminal", "proc",
          "moments", "queries",
          "settings", "keys");

  private static final String PANELS = "panels";

  private final Messages messages;
  private final ActionList actions;
  private final ProgramLibrary library;
  private final ObservableList<HelpPage> found = FXCollections.observableArrayList();
  private final ObservableList<HelpPage> foundView =
      FXCollections.unmodifiableObservableList(found);
  private final StringProperty wanted = new SimpleStringProperty(this, "wanted", "");
  private final ObjectProperty<HelpPage> page = new SimpleObjectProperty<>(this, "page");
  private List<HelpPage> pages = List.of();

  /**
   * @param messages the window's texts
   * @param actions what has a key
   * @param library the programs on board
   */
  public HelpViewModel(Messages messages, ActionList actions, ProgramLibrary library) {
    this.messages = messages;
    this.actions = actions;
    this.library = library;
    reword();
    wanted.addListener((property, before, after) -> find());
  }

  /** Reads all pages again; after a change of language, of keys or of programs. */
  public void reword() {
    String open = page.get() == null ? "start" : page.get().id();
    String folder = "help/" + messages.languageTag() + "/";
    List<HelpPage> read = new ArrayList<>();
    for (String path : Catalogue.under(folder)) {
      String name = path.substring(folder.length(), path.lastIndexOf('.'));
      String text = new String(Catalogue.bytes(path), StandardCharsets.UTF_8);
      read.add(
          HelpPage.read(
              name.substring(name.indexOf('-') + 1), text.replace("@reasons", reasons())));
      if (name.endsWith("-panels")) {
        read.add(HelpPage.read("keys", keys()));
        read.add(HelpPage.read("programs", programs()));
      }
    }
    pages = List.copyOf(read);
    find();
    open(open);
  }

  /** The pages that have what is looked for, in the order of the book. Unmodifiable. */
  public ObservableList<HelpPage> found() {
    return foundView;
  }

  /** What is looked for: words that must all occur on a page. */
  public StringProperty wanted() {
    return wanted;
  }

  /** The page that is read. */
  public ObjectProperty<HelpPage> page() {
    return page;
  }

  /** Opens the page of that name; the first one if there is none. */
  public void open(String id) {
    page.set(
        pages.stream().filter(each -> each.id().equals(id)).findFirst().orElse(pages.getFirst()));
  }

  /** Opens what belongs to a panel or editor. */
  public void openFor(String panel) {
    wanted.set("");
    open(PAGES.getOrDefault(panel, PANELS));
  }

  /** The pages on which all of those words stand, in lower case. */
  public List<HelpPage> having(List<String> words) {
    return pages.stream().filter(each -> each.has(words)).toList();
  }

  private void find() {
    List<String> words =
        Arrays.stream(wanted.get().toLowerCase(Locale.ROOT).strip().split("\\s+"))
            .filter(word -> !word.isEmpty())
            .toList();
    found.setAll(having(words));
    if (!words.isEmpty() && !found.isEmpty() && !found.contains(page.get())) {
      page.set(found.getFirst());
    }
  }

  private String reasons() {
    StringBuilder text = new StringBuilder();
    for (StayReason reason : StayReason.values()) {
      text.append(text.isEmpty() ? "" : "\n").append(reason.word()).append(" :: ");
      text.append(messages.of("reason." + reason.word() + ".meaning"));
    }
    return text.toString();
  }

  private String keys() {
    StringBuilder text = new StringBuilder("# ").append(messages.of("help.page.keys"));
    text.append('\n').append(messages.of("help.page.keys.about")).append('\n');
    actions.all().stream()
        .filter(action -> !action.keyText().isEmpty())
        .sorted(Comparator.comparing(Action::id))
        .forEach(
            action ->
                text.append(action.keyText())
                    .append(" :: ")
                    .append(messages.of(action.labelKey()).replace("_", ""))
                    .append('\n'));
    return text.toString();
  }

  private String programs() {
    StringBuilder text = new StringBuilder("# ").append(messages.of("help.page.programs"));
    text.append('\n').append(messages.of("help.page.programs.about")).append('\n');
    String language = messages.languageTag();
    for (ProgramCard card : library.cards()) {
      text.append("## ").append(card.name()).append(" – ").append(card.title().in(language));
      text.append('\n').append(oneLine(card.shows().in(language)));
      text.append('\n').append("- ").append(oneLine(card.lookFor().in(language))).append('\n');
    }
    return text.toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\n\\s*", " ").strip();
  }
}
