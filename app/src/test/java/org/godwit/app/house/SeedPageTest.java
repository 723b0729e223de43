package org.godwit.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;

/**
 * docs/seed.md has a row for each of the twelve lines of the seed, and whatever it names exists:
 * the scenarios on board, the tests in the engine or the app.
 */
class SeedPageTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (S\\d+) \\| [^|]+ \\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern SCENARIO = Pattern.compile("`([a-z][\\w.-]+)`");

  /** A row: its line, scenarios, tests, negatives. */
  private static List<List<String>> rows() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("..", "docs", "seed.md")));
    while (row.find()) {
      rows.add(IntStream.rangeClosed(1, 4).mapToObj(row::group).toList());
    }
    return rows;
  }

  @Test
  void allTwelveLinesAreThereInOrder() throws IOException {
    assertThat(rows().stream().map(List::getFirst))
        .isEqualTo(IntStream.rangeClosed(1, 12).mapToObj(n -> "S" + n).toList());
  }

  @Test
  void everyLineHasAScenarioATestAndANegativeAndTheyExist() throws IOException {
    NamedTests tests = NamedTests.of("engine", "app", "resources");
    for (List<String> row : rows()) {
      Matcher scenario = SCENARIO.matcher(row.get(1));
      int scenarios = 0;
      while (scenario.find()) {
        scenarios++;
        assertThat(Catalogue.scenario(scenario.group(1))).as(scenario.group()).isPresent();
      }
      assertThat(scenarios).as("scenarios of " + row.getFirst()).isPositive();
      for (String cell : row.subList(2, 4)) {
        Matcher test = TEST.matcher(cell);
        int count = 0;
        while (test.find()) {
          count++;
          assertThat(tests.has(test.group(1), test.group(2)))
              .as(row.getFirst() + ": " + test.group())
              .isTrue();
        }
        assertThat(count).as("tests of " + row.getFirst()).isPositive();
      }
    }
  }

  /** Every scenario of the seed stands in some row. */
  @Test
  void noScenarioOfTheSeedIsForgotten() throws IOException {
    List<String> named = rows().stream().map(row -> row.get(1)).toList();
    for (String scenario : Catalogue.scenarios()) {
      if (scenario.startsWith("seed-")) {
        assertThat(named).as(scenario).anyMatch(cell -> cell.contains("`" + scenario + "`"));
      }
    }
  }
}
