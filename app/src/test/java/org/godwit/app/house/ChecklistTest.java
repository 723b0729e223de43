package org.godwit.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    Matcher named = NAMED.matcher(page());
    int count = 0;
    while (named.find()) {
      count++;
      Pattern method =
          Pattern.compile(
              "@(Test|ParameterizedTest)\\b[^;{}]*(\\{[^}]*\\}[^;{}]*)?void "
                  + named.group(2)
                  + "\\(");
      if (!method.matcher(sources.getOrDefault(named.group(1), "")).find()) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(count).isGreaterThan(30);
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    return sources;
  }
}
