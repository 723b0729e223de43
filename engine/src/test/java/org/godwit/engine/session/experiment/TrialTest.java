package org.godwit.engine.session.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.godwit.engine.session.Advisers;
import org.godwit.engine.session.Engine;
import org.godwit.engine.session.ProgramSource;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.json.JsonLines;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.JobStream;
import org.godwit.model.scenario.Scenario;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;

/** Jobs that arrive by chance, and what a run measures of them. */
class TrialTest {
  private static final ProgramSource PROGRAMS = name -> Catalogue.program(name).map(Catalogue::elf);

  private static Scenario six(String... settings) throws ProblemException, IOException {
    try (InputStream stream = Catalogue.scenario("six-machines").orElseThrow()) {
      return ScenarioReader.read(
          "six-machines.json",
          new InputStreamReader(stream, StandardCharsets.UTF_8),
          List.of(settings));
    }
  }

  private static JobStream jobs(int count) {
    return new JobStream(
        "job", count, 500_000_000L, List.of(1), 200_000_000L, 4_000_000_000L, 4096, 65536);
  }

  /** 8,000 thousand instructions on an idle CPU of 800 MHz at divisor 100 are one second. */
  @Test
  void aloneThereIsNoSlowdown() throws Exception {
    Scenario one =
        ScenarioReader.read(
            "one.json",
            new StringReader(
                """
                {"nodes": [{"id": 1}, {"id": 2, "mhz": 400}],
                 "script": [{"at": "1s", "do": "launch", "node": 1, "program": "job",
                             "arguments": ["8000"]}]}
                """));
    Measures measures = Trial.run(one, PROGRAMS, Advisers.NONE, Engine.interpreter());
    assertThat(measures.launched()).isOne();
    assertThat(measures.ended()).isOne();
    assertThat(measures.meanSlowdown()).isCloseTo(1, within(0.02));
    assertThat(measures.makespanSeconds()).isCloseTo(2, within(0.03));
    // One second of 800 MHz, out of two seconds of 1200 MHz.
    assertThat(measures.efficiency()).isCloseTo(1 / 3.0, within(0.01));
  }

  @Test
  void twoOnOneCpuTakeTwiceAsLong() throws Exception {
    Scenario two =
        ScenarioReader.read(
            "two.json",
            new StringReader(
                """
                {"nodes": [{"id": 1}],
                 "script": [{"at": "0s", "do": "launch", "node": 1, "program": "job", "count": 2,
                             "arguments": ["8000"]}]}
                """));
    Measures measures = Trial.run(two, PROGRAMS, Advisers.NONE, Engine.interpreter());
    assertThat(measures.meanSlowdown()).isCloseTo(2, within(0.04));
    assertThat(measures.efficiency()).isCloseTo(1, within(0.02));
  }

  @Test
  void whatFailsAndWhatDoesNotEndIsTold() throws Exception {
    Scenario both =
        ScenarioReader.read(
            "both.json",
            new StringReader(
                """
                {"nodes": [{"id": 1, "cpus": 2}], "for": "3s",
                 "script": [{"at": "0s", "do": "launch", "node": 1, "program": "spin"},
                            {"at": "0s", "do": "launch", "node": 1, "program": "job"}]}
                """));
    Measures measures = Trial.run(both, PROGRAMS, Advisers.NONE, Engine.interpreter());
    assertThat(measures.failed()).isOne(); // job without its argument: status 2
    assertThat(measures.unfinished()).isOne();
    assertThat(measures.makespanSeconds()).isEqualTo(3);
  }

  @Test
  void everyPolicyGetsTheSameJobsAndEverySeedOthers() throws Exception {
    List<String> first = script(Arrivals.into(six("seed=1", "policy=none"), jobs(20)));
    assertThat(first).hasSize(20).doesNotHaveDuplicates();
    assertThat(script(Arrivals.into(six("seed=1", "policy=random"), jobs(20)))).isEqualTo(first);
    assertThat(script(Arrivals.into(six("seed=2", "policy=none"), jobs(20)))).isNotEqualTo(first);
  }

  private static List<String> script(Scenario scenario) {
    return scenario.script().stream().map(JsonLines::line).toList();
  }

  /** P(work > x) = least / x: a half is longer than twice the least, a tenth than ten times. */
  @Test
  void workHasTheDistributionThatIsPromised() throws Exception {
    JobStream many =
        new JobStream("job", 4000, 100_000_000L, List.of(1, 2), 1_000_000_000L, 1L << 60, 0, 0);
    Scenario scenario = Arrivals.into(six(), many);
    double[] work =
        scenario.script().stream()
            .map(step -> (Command.Launch) step.command())
            .mapToDouble(launch -> Long.parseLong(launch.arguments().getFirst()) / 8000.0)
            .toArray();
    for (int times : new int[] {2, 4, 10}) {
      long longer = IntStream.range(0, work.length).filter(i -> work[i] > times).count();
      assertThat(longer / (double) work.length).isCloseTo(1.0 / times, within(0.03));
    }
    double mean = scenario.script().getLast().atNanos() / 4000 / 1e9;
    assertThat(mean).isCloseTo(0.1, within(0.01));
  }

  @Test
  void theSameRunGivesTheSameMeasuresAndTheBalancerHelps() throws Exception {
    Scenario balanced = Arrivals.into(six("policy=least-loaded"), jobs(10));
    Measures once = Trial.run(balanced, PROGRAMS, Advisers.NONE, Engine.interpreter());
    assertThat(Trial.run(balanced, PROGRAMS, Advisers.NONE, Engine.translator(null)))
        .isEqualTo(once);
    Measures alone =
        Trial.run(
            Arrivals.into(six("policy=none"), jobs(10)),
            PROGRAMS,
            Advisers.NONE,
            Engine.interpreter());
    assertThat(once.ended()).isEqualTo(10);
    assertThat(alone.ended()).isEqualTo(10);
    assertThat(once.migrations()).isPositive();
    assertThat(alone.migrations()).isZero();
    assertThat(once.meanSlowdown()).isLessThan(alone.meanSlowdown());
  }
}
