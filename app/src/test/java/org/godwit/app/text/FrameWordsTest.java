package org.godwit.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both languages have every key, with the same arguments, and Japanese is not English left over.
 */
class FrameWordsTest {
  /** Texts that are the same in both languages on purpose: units, names, pure places. */
  private static final Set<String> SAME =
      Set.of(
          "canvas.cpu",
          "canvas.group",
          "canvas.hardware",
          "canvas.hardware.one",
          "canvas.link",
          "canvas.memory.value",
          "policy.openmosix",
          "setting.language.en",
          "setting.language.ja",
          "setting.text.size.100",
          "setting.text.size.115",
          "setting.text.size.130",
          "setting.text.size.145",
          "status.mips");

  private static final Pattern PLACE = Pattern.compile("\\{(\\d+)");

  @ParameterizedTest
  @ValueSource(strings = {"frame", "desk"})
  void bothLanguagesHaveTheSameKeysAndArguments(String bundle) throws IOException {
    Properties en = load(bundle);
    Properties ja = load(bundle + "_ja");
    assertThat(new TreeSet<>(ja.keySet())).isEqualTo(new TreeSet<>(en.keySet()));
    for (String key : en.stringPropertyNames()) {
      assertThat(places(ja.getProperty(key))).as(key).isEqualTo(places(en.getProperty(key)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"frame", "desk"})
  void noJapaneseTextIsTheEnglishOne(String bundle) throws IOException {
    Properties en = load(bundle);
    Properties ja = load(bundle + "_ja");
    List<String> same = new ArrayList<>();
    for (String key : en.stringPropertyNames()) {
      if (en.getProperty(key).equals(ja.getProperty(key)) && !SAME.contains(key)) {
        same.add(key);
      }
    }
    assertThat(same).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"frame", "frame_ja", "desk", "desk_ja"})
  void everyTextIsAPatternThatCanBeFilled(String bundle) throws IOException {
    Properties texts = load(bundle);
    for (String key : texts.stringPropertyNames()) {
      MessageFormat format = new MessageFormat(texts.getProperty(key), Locale.ROOT);
      Object[] numbers = new Object[format.getFormatsByArgumentIndex().length + 3];
      Arrays.fill(numbers, 3);
      assertThat(format.format(numbers)).as(key).isNotBlank().doesNotContain("{");
    }
  }

  @Test
  void aKeyStandsInOneBundleOnly() throws IOException {
    Map<String, String> seen = new HashMap<>();
    for (String bundle : Messages.BUNDLES) {
      for (String key : load(bundle).stringPropertyNames()) {
        assertThat(seen.put(key, bundle)).as(key).isNull();
      }
    }
  }

  @Test
  void textsFollowTheLanguageAndNumbersAreNotGrouped() {
    Messages messages = new Messages(Locale.ENGLISH);
    var label = messages.binding("window.canvas");
    assertThat(label.get()).isEqualTo("Canvas");
    assertThat(messages.of("canvas.slot.away", 65535)).isEqualTo("on node 65535");
    messages.languageProperty().set(Locale.JAPANESE);
    assertThat(label.get()).isEqualTo("キャンバス");
    assertThat(messages.of("no.such.key")).isEqualTo("no.such.key");
    assertThat(Messages.supported(Locale.FRENCH)).isEqualTo(Locale.ENGLISH);
  }

  private static Set<String> places(String pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = PLACE.matcher(pattern);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static Properties load(String bundle) throws IOException {
    Properties texts = new Properties();
    String file = bundle + ".properties";
    try (Reader reader =
        new InputStreamReader(Messages.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
      texts.load(reader);
    }
    return texts;
  }
}
