package org.godwit.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/checklist.md has its 40 items, and every test that it names exists. */
class ChecklistTest {
  private static final Pattern ITEM = Pattern.compile("(?m)^\\| (\\d+) \\|");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "checklist.md"));
  }

  @Test
  void allFortyItemsAreThereInOrder() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    Matcher item = ITEM.matcher(page());
    while (item.find()) {
      numbers.add(Integer.parseInt(item.group(1)));
    }
    assertThat(numbers).hasSize(40).isSorted().doesNotHaveDuplicates();
    assertThat(numbers.getFirst()).isEqualTo(1);
  }

  @Test
  void everyTestThatIsNamedIsATest() throws IOException {
    NamedTests tests = NamedTests.of("app");
    List<String> missing = new ArrayList<>();
    Matcher named = NAMED.matcher(page());
    int count = 0;
    while (named.find()) {
      count++;
      if (!tests.has(named.group(1), named.group(2))) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(count).isGreaterThan(30);
  }
}
