package org.godwit.app.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import org.godwit.app.action.Action;
import org.godwit.app.action.ActionList;
import org.godwit.app.text.Messages;
import org.godwit.model.StayReason;
import org.junit.jupiter.api.Test;

/** The help is the same book in both languages, and is found by what stands in it. */
class HelpViewModelTest {
  private final ActionList actions = new ActionList();

  private HelpViewModel book(Locale language) {
    return new HelpViewModel(new Messages(language), actions, List::of);
  }

  @Test
  void bothLanguagesHaveTheSamePagesWithTheSameParts() {
    List<HelpPage> english = book(Locale.ENGLISH).found();
    List<HelpPage> japanese = book(Locale.JAPANESE).found();
    assertThat(english)
        .extracting(HelpPage::id)
        .contains("keys", "programs", "scenario", "queries");
    assertThat(japanese).hasSameSizeAs(english);
    for (int i = 0; i < english.size(); i++) {
      HelpPage page = english.get(i);
      assertThat(japanese.get(i).id()).isEqualTo(page.id());
      assertThat(japanese.get(i).title()).isNotEqualTo(page.title());
      assertThat(japanese.get(i).blocks())
          .as(page.id())
          .extracting(Object::getClass)
          .isEqualTo(page.blocks().stream().map(Object::getClass).toList());
    }
  }

  @Test
  void everyStayReasonIsExplained() {
    HelpViewModel book = book(Locale.JAPANESE);
    book.open("why");
    for (StayReason reason : StayReason.values()) {
      assertThat(book.page().get().blocks())
          .anyMatch(
              block ->
                  block instanceof HelpPage.Block.Meaning(var term, var meaning)
                      && term.equals(reason.word())
                      && !meaning.isBlank());
    }
  }

  @Test
  void aPageIsFoundByAllWordsOfAQuestionAndOpened() {
    HelpViewModel book = book(Locale.ENGLISH);
    assertThat(book.page().get().id()).isEqualTo("start");
    book.wanted().set("clockDivisor  SEED");
    assertThat(book.found()).extracting(HelpPage::id).containsExactly("scenario");
    assertThat(book.page().get().id()).isEqualTo("scenario");
    book.wanted().set("nothing of the kind");
    assertThat(book.found()).isEmpty();
    book.openFor("terminal");
    assertThat(book.page().get().id()).isEqualTo("proc");
    assertThat(book.found()).hasSizeGreaterThan(5);
  }

  @Test
  void thePageOfKeysFollowsTheKeys() {
    Action action =
        new Action("view.fit", null, new KeyCodeCombination(KeyCode.F4), Action.ALWAYS, () -> {});
    actions.add(action);
    HelpViewModel book = book(Locale.ENGLISH);
    book.open("keys");
    assertThat(keys(book)).contains("F4");
    action.keyProperty().set(new KeyCodeCombination(KeyCode.F7));
    book.reword();
    assertThat(keys(book)).contains("F7").doesNotContain("F4");
  }

  private static List<String> keys(HelpViewModel book) {
    return book.page().get().blocks().stream()
        .filter(HelpPage.Block.Meaning.class::isInstance)
        .map(block -> ((HelpPage.Block.Meaning) block).term())
        .toList();
  }
}
