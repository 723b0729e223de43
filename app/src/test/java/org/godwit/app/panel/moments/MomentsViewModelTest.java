package org.godwit.app.panel.moments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.godwit.app.bridge.BoardSession;
import org.godwit.app.bridge.EngineSession;
import org.godwit.app.panel.Figures;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Moment;
import org.godwit.engine.session.query.Query;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries as they are typed, over a real session. */
class MomentsViewModelTest {
  private static RecordedSession session;
  private final Messages messages = new Messages(Locale.ENGLISH);
  private final MomentsViewModel model =
      new MomentsViewModel(
          messages,
          new Figures(Locale.ENGLISH),
          RecordedMoments.of(session),
          Runnable::run,
          Runnable::run);

  @BeforeAll
  static void run() throws Exception {
    try (Session open = BoardSession.open("seed-spin", "clockDivisor=1000")) {
      open.advance(5_000_000_000L);
      session = new EngineSession(open).recorded();
    }
  }

  private List<String> typed(String text) {
    model.query().set(text);
    return List.copyOf(model.suggestions());
  }

  @Test
  void whatMayComeNextIsSuggested() {
    assertThat(typed("")).contains("first", "reason", "load", "spin", "1001@1");
    assertThat(typed("rea")).containsExactly("reason");
    assertThat(typed("reason mo")).containsExactly("monkey");
    assertThat(typed("reason ")).contains("monkey", "clone_vm", "on", "after");
    assertThat(typed("load ")).containsExactly("<", "<=", ">", ">=");
    assertThat(typed("load>")).isEmpty(); // A number: nothing that could be listed.
    assertThat(typed("load > 1 on ")).contains("node1", "node2");
    assertThat(typed("event migr"))
        .contains("migrated", "migrationRequested")
        .doesNotContain("exited");
    assertThat(typed("event migrated ")).contains("from", "to", "on", "of", "before");
    assertThat(typed("spin on node")).contains("node1");
    assertThat(typed("event nonsense o")).isEmpty();

    typed("event migrated f");
    model.complete("from");
    assertThat(model.query().get()).isEqualTo("event migrated from ");
  }

  @Test
  void whatIsWrongIsSaidWhileTypingButNotWhatIsOnlyUnfinished() {
    for (String unfinished : List.of("", "eve", "event", "load", "load >", "spin on", "first")) {
      typed(unfinished);
      assertThat(model.problem().get()).as(unfinished).isNull();
    }
    typed("load = 1");
    assertThat(model.problem().get().key()).isEqualTo("query.unknown-word");
    typed("spin after lunch");
    assertThat(model.problem().get().key()).isEqualTo("query.bad-time");

    typed("load >");
    model.ask();
    assertThat(model.problem().get().key()).isEqualTo("query.ends-early");
    typed("spin on nowhere");
    assertThat(model.problem().get()).isNull();
    model.ask();
    assertThat(model.problem().get().key()).isEqualTo("query.no-node");
  }

  @Test
  void whatWasFoundIsListedInWords() {
    typed("event migrated");
    model.ask();
    long migrated =
        session.events().stream().filter(e -> e.what() instanceof Happening.Migrated).count();
    assertThat(migrated).isPositive();
    assertThat(model.rows()).hasSize((int) migrated);
    assertThat(model.result().get())
        .isEqualTo(new MomentsViewModel.Result((int) migrated, 5_000_000_000L));
    Moment first = model.rows().getFirst();
    assertThat(first.event().what()).isInstanceOf(Happening.Migrated.class);
    assertThat(model.length(first)).isEmpty();
    assertThat(model.what(first)).contains("spin");

    typed("spin on node1");
    model.ask();
    assertThat(model.rows()).isNotEmpty().allMatch(moment -> moment.node() == 1);
    assertThat(model.what(model.rows().getFirst())).isEqualTo("spin 1001@1 on node1");
    assertThat(model.length(model.rows().getFirst())).isEqualTo("5.00 s");
    model.clear();
    assertThat(model.rows()).isEmpty();
  }

  @Test
  void theExamplesAreQueries() throws Exception {
    for (int i = 0; i < MomentsViewModel.EXAMPLES.size(); i++) {
      Query.parse(MomentsViewModel.EXAMPLES.get(i));
      String key = "moments.example." + (i + 1);
      assertThat(messages.of(key)).isNotEqualTo(key);
    }
  }
}
