package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.godwit.model.StayEvidence;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.json.ScenarioReader;
import org.godwit.resources.Catalogue;
import org.godwit.resources.ProgramCard;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs that raise a stay reason and clear it, again and again. */
class MuseumTest {
  /** 3 s of CPU free, 3 s tied; alone on its node, so CPU time is time. */
  @ParameterizedTest
  @CsvSource({"memlock, mlock", "mapdev, mmap", "realtime, sched_setscheduler"})
  void theReasonComesAndGoes(String program, String call) throws Exception {
    ProgramCard card = Catalogue.program(program).orElseThrow();
    try (Session session =
        Session.open(
            ScenarioReader.read(
                "museum.json",
                new StringReader(
                    """
                    {"nodes": [{"id": 1}], "script": [
                      {"at": "0s", "do": "launch", "node": 1, "program": "%s"}]}
                    """
                        .formatted(program))),
            name -> Catalogue.program(name).map(Catalogue::elf),
            SessionOptions.DEFAULT)) {
      session.advance(14_000_000_000L);
      List<String> story = new ArrayList<>();
      for (Event event : session.events(0)) {
        long second = Math.round(event.atNanos() / 1e9);
        switch (event.what()) {
          case Happening.ReasonRaised raised -> {
            StayEvidence evidence = raised.evidence();
            assertThat(evidence.reason().word()).isEqualTo(card.reason().orElseThrow());
            assertThat(evidence.call()).isEqualTo(call);
            story.add("raised " + second);
          }
          case Happening.ReasonCleared _ -> story.add("cleared " + second);
          default -> {}
        }
      }
      assertThat(story).containsExactly("raised 3", "cleared 6", "raised 9", "cleared 12");
    }
  }
}
