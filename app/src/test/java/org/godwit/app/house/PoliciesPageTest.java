package org.godwit.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.godwit.engine.session.Session;
import org.junit.jupiter.api.Test;

/**
 * docs/policies has a page for every policy on board, each with the same parts and with tests that
 * exist, and the index leads to all of them.
 */
class PoliciesPageTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  /** What has a page though it is no name of a policy on board. */
  private static final Set<String> OTHERS = Set.of("memory", "user", "load-limit");

  @Test
  void everyPolicyHasAPageAndEveryPageItsParts() throws IOException {
    TreeSet<String> expected = new TreeSet<>(OTHERS);
    Session.policies().stream().filter(each -> !each.contains("+")).forEach(expected::add);
    TreeSet<String> pages = new TreeSet<>();
    NamedTests tests = NamedTests.of("engine", "app");
    String index = Files.readString(DOCS.resolve("policies.md"));
    try (Stream<Path> files = Files.list(DOCS.resolve("policies"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".md", "");
        pages.add(name);
        assertThat(index).contains("(policies/" + name + ".md)");
        String page = Files.readString(file);
        assertThat(page)
            .as(name)
            .contains(
                "\n## Rule\n",
                "\n## Formula\n",
                "**Source.** ",
                "\n## Parameters\n",
                "\n## Example\n",
                "**Tests:** ",
                "\n## When it is bad\n");
        Matcher test = TEST.matcher(page);
        int named = 0;
        for (; test.find(); named++) {
          assertThat(tests.has(test.group(1), test.group(2))).as(test.group()).isTrue();
        }
        assertThat(named).as(name).isPositive();
      }
    }
    assertThat(pages).isEqualTo(expected);
  }
}
