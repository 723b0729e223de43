package org.godwit.engine.session.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.Recordings;
import org.godwit.model.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
  private static final RecordedSession SAMPLE = Recordings.sample();

  /** The answers were read off the sample's events by hand; times in ms, "a-b" a stretch. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1001@1 on node2          | 2005.000-11999.993",
        "1001 on 1                | 0.000-2000.001, 11999.999-21000.000",
        "process spin on node1    | 0.000-2000.001, 11999.999-21000.000",
        "first spin on 1          | 0.000-2000.001",
        "spin on node1 after 1s   | 11999.999-21000.000",
        "reason monkey            | 0.001-13000.000",
        "reason                   | 0.001-13000.000",
        "reason clone_vm          | ''",
        "reason on node1          | ''",
        "locked                   | 1000.000-21000.000, 4000.000-9000.000",
        "event migrated           | 2005.000, 12000.000",
        "event Migrated from 2    | 12000.000",
        "event migrated to node2  | 2005.000",
        "event migrated before 3s | 2005.000",
        "event exited of 1002     | 9000.000",
        "event migrationRefused on node2 of shmget | 1000.000",
        "memory > 396KiB          | 25000.000-25000.000, 25000.000-25000.000",
        "memory>=409600 on node2  | 25000.000-25000.000",
        "runnable < 0.3 on 1      | 250.000-500.000",
        "cpu > 0.5                | ''",
      })
  void momentsAreThoseOfTheLog(String query, String expected) throws ProblemException {
    List<String> found =
        Query.parse(query).in(SAMPLE).stream()
            .map(
                each ->
                    each.fromNanos() == each.untilNanos() && each.event() != null
                        ? millis(each.fromNanos())
                        : millis(each.fromNanos()) + "-" + millis(each.untilNanos()))
            .toList();

    assertThat(String.join(", ", found)).isEqualTo(expected.strip());
  }

  private static String millis(long nanos) {
    return String.format(java.util.Locale.ROOT, "%.3f", nanos / 1_000 / 1e3);
  }

  @Test
  void aLevelTellsItsPeak() throws ProblemException {
    List<Moment> found = Query.parse("runnable > 9.5 on node1").in(SAMPLE);

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().peak()).isEqualTo(10.0);
  }

  @ParameterizedTest
  @CsvSource({
    "'', query.empty",
    "first, query.empty",
    "event, query.ends-early",
    "event nonsense, query.unknown-word",
    "reason nonsense, query.unknown-word",
    "load 2, query.unknown-word",
    "load > x, query.bad-number",
    "load > -1, query.bad-number",
    "memory > 3km, query.bad-size",
    "spin nonsense, query.unknown-word",
    "spin after 5, query.bad-time",
    "spin on, query.ends-early",
    "spin on node9, query.no-node",
    "spin on 9, query.no-node",
    "nonsense on 1, query.no-process",
    "9999@1, query.no-process",
    "event migrated of 7, query.no-process",
  })
  void whatIsNotUnderstoodIsNamed(String query, String key) {
    assertThatThrownBy(() -> Query.parse(query).in(SAMPLE))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().key()).isEqualTo(key));
  }
}
