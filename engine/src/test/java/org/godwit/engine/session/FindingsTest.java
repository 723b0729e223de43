package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.session.Finding.Kind;
import org.godwit.model.command.Command;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.Scenario;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each kind of finding has a scenario on board that raises it, and does not come when that scenario
 * differs in one point. Loops run at a quick divisor, programs whose work is counted at their own.
 */
@Execution(ExecutionMode.CONCURRENT)
class FindingsTest {
  @ParameterizedTest
  @CsvSource({
    "ping-pong, clockDivisor=10000, policy=openmosix",
    "starvation, clockDivisor=10000, script[0].count=15",
    "locked-session, clockDivisor=1000, script[0].locked=false",
    "everybody-locked, clockDivisor=10000, script[1].locked=false",
    "unknown-node, clockDivisor=10000, script[2].at=15s",
    "one-too-few, clockDivisor=10000, script[0].count=3",
    "too-short, for=11s, nodes[0].cpus=8",
    "stale, clockDivisor=10000,"
        + " 'script[1].at=0s|script[2].at=0s|script[3].at=0s|script[4].at=0s|script[5].at=0s|script[6].at=0s|script[7].at=0s'",
    "home-overloaded, for=6s, script[2].to=1|script[3].to=1",
  })
  void aScenarioRaisesItAndItsNearMissDoesNot(String name, String both, String miss)
      throws Exception {
    Kind kind =
        switch (name) {
          case "one-too-few" -> Kind.ONE_JOB_TOO_FEW;
          case "too-short" -> Kind.JOBS_TOO_SHORT;
          case "stale" -> Kind.STALE_BELIEFS;
          default -> Kind.valueOf(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        };
    List<Finding> found = run(scenario("finding-" + name, both));
    assertThat(found).extracting(Finding::kind).contains(kind);
    assertThat(found).allMatch(each -> each.words().key().startsWith("finding."));
    List<String> settings = new ArrayList<>(List.of(miss.split("\\|")));
    settings.add(both);
    List<Finding> missed = run(scenario("finding-" + name, settings.toArray(new String[0])));
    assertThat(missed).extracting(Finding::kind).doesNotContain(kind);
  }

  @Test
  void theSeedsOwnExamplesRaiseNothingButWhatTheyAreAbout() throws Exception {
    assertThat(run(scenario("seed-spin", "clockDivisor=10000", "for=30s"))).isEmpty();
    assertThat(run(scenario("seed-spin-two", "clockDivisor=10000", "for=30s")))
        .extracting(Finding::kind)
        .containsExactly(Kind.ONE_JOB_TOO_FEW);
  }

  @Test
  void howTheLogIsCutDoesNotMatter() throws Exception {
    Scenario scenario = scenario("finding-ping-pong", "clockDivisor=10000");
    try (Session session = Session.open(scenario, OnBoard::elf, SessionOptions.DEFAULT)) {
      session.advance(scenario.forNanos());
      Findings whole = new Findings(scenario);
      whole.append(session.events(0), session.samples(0));
      Findings pieces = new Findings(scenario);
      List<Event> events = new ArrayList<>(session.events(0));
      List<Sample> samples = new ArrayList<>(session.samples(0));
      for (long t = 1; t <= 40; t++) {
        long until = t * Account.SECOND;
        List<Event> now = events.stream().filter(each -> each.atNanos() <= until).toList();
        List<Sample> then = samples.stream().filter(each -> each.atNanos() <= until).toList();
        pieces.append(now, then);
        events.removeAll(now);
        samples.removeAll(then);
      }
      assertThat(pieces.all()).isEqualTo(whole.all()).isNotEmpty();
    }
  }

  @Test
  void aRemedyCuresWhatItIsFor() throws Exception {
    Scenario scenario = scenario("finding-everybody-locked", "clockDivisor=10000");
    try (Session session = Session.open(scenario, OnBoard::elf, SessionOptions.DEFAULT)) {
      session.advance(scenario.forNanos());
      Findings findings = new Findings(scenario);
      findings.append(session.events(0), session.samples(0));
      List<Command> remedy = findings.all().getFirst().remedies().getFirst().commands();
      assertThat(remedy).hasSize(3);
      remedy.forEach(session::submit);
      session.advance(scenario.forNanos() + 10 * Account.SECOND);
      assertThat(new Account(session).moves()).hasSize(1);
    }
  }

  private static List<Finding> run(Scenario scenario) throws Exception {
    try (Session session = Session.open(scenario, OnBoard::elf, SessionOptions.DEFAULT)) {
      session.advance(scenario.forNanos());
      Findings findings = new Findings(scenario);
      findings.append(session.events(0), session.samples(0));
      return findings.all();
    }
  }

  private static Scenario scenario(String name, String... settings) throws Exception {
    try (Reader text =
        new InputStreamReader(Catalogue.scenario(name).orElseThrow(), StandardCharsets.UTF_8)) {
      return ScenarioReader.read(name + ".json", text, List.of(settings));
    }
  }
}
