package org.godwit.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that name a test, or a page, for each of their lines; and the tests exist. */
class LinesPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|-][^|]*) \\| ([^|]*) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  @ParameterizedTest
  @CsvSource({"nodes.md, 30", "why.md, 34", "workbench.md, 35", "sessions.md, 24"})
  void everyLineNamesTestsThatExist(String page, int least) throws IOException {
    Path docs = Path.of("..", "docs");
    NamedTests tests = NamedTests.of("engine", "app", "resources");
    Matcher row = ROW.matcher(Files.readString(docs.resolve(page)));
    int rows = 0;
    while (row.find()) {
      if (row.group(1).equals("line")) {
        continue;
      }
      rows++;
      Matcher test = TEST.matcher(row.group(2));
      boolean named = row.group(2).contains(".md)");
      while (test.find()) {
        named = true;
        assertThat(tests.has(test.group(1), test.group(2)))
            .as(row.group(1) + ": " + test.group())
            .isTrue();
      }
      assertThat(named).as(row.group(1)).isTrue();
    }
    assertThat(rows).isGreaterThanOrEqualTo(least);
  }
}
