package org.godwit.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated
class WordingTest {
  @ParameterizedTest
  @CsvSource({
    "LC_ALL=ja_JP.UTF-8 LANG=en_US.UTF-8, ja",
    "LC_ALL=C LANG=ja_JP.UTF-8, en",
    "LC_ALL= LANG=ja_JP.UTF-8, ja",
    "LC_MESSAGES=ja LANG=de_DE, ja",
    "LANG=de_DE.UTF-8, en",
    "PATH=/bin, fr",
  })
  void theEnvironmentChoosesTheLanguage(String environment, String language) {
    Map<String, String> variables = new TreeMap<>();
    for (String each : environment.split(" ")) {
      variables.put(each.split("=", 2)[0], each.split("=", 2)[1]);
    }
    assertThat(Wording.asked(variables, Locale.FRENCH).getLanguage()).isEqualTo(language);
  }

  @Test
  void theHostsLanguageIsNoFallback() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.JAPANESE);
      assertThat(new Wording(Locale.FRENCH).of("programs.moves")).isEqualTo("migrates");
      Locale.setDefault(Locale.GERMANY);
      assertThat(new Wording(Locale.JAPAN).of("programs.moves")).isEqualTo("移動する");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void wholeNumbersAreNotGroupedAndFormatsAreKept() {
    Wording words = new Wording(Locale.ENGLISH);

    assertThat(words.problem(Problem.of("balance.moved", "1042@1", 65535)))
        .isEqualTo("Process 1042@1 goes to node 65535, where it gets more CPU.");
    assertThat(words.problem(Problem.of("balance.idle", 1.5, 1000)))
        .isEqualTo("Nobody needs to leave: 1.50 runnable processes on average, 1000 CPUs.");
  }

  @Test
  void aKeyWithoutWordsIsShownWithItsArguments() {
    assertThat(new Wording(Locale.ENGLISH).of("no.such", 1, "a")).isEqualTo("no.such [1, a]");
  }
}
