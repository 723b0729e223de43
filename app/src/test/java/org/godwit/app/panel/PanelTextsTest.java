package org.godwit.app.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.godwit.app.text.Messages;
import org.junit.jupiter.api.Test;

class PanelTextsTest {
  /** Japanese texts that may be as the English ones: figures and names of things. */
  private static final Set<String> SAME = Set.of("load.perSecond", "report.column.cpu");

  private static final Pattern PLACE = Pattern.compile("\\{(\\d)");
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z]{3,}");

  /** Words of the trade that Japanese texts keep. */
  private static final Set<String> KEPT =
      Set.of(
          "away",
          "lock",
          "cantmove",
          "proc",
          "usr",
          "local",
          "bin",
          "PID",
          "block",
          "lstay",
          "stay",
          "quiet",
          "CPU",
          "MHz",
          "RAM",
          "spin",
          "init",
          "EAGAIN",
          "EFBIG",
          "EMFILE",
          "ENFILE",
          "ENOSPC",
          "asciicast",
          "asciinema",
          "HTML",
          "SVG",
          "GIF",
          "Paj",
          "perfetto",
          "dev",
          "ViTE",
          "dump",
          "Shift",
          "Enter",
          "Esc",
          "MFS",
          "DFSA",
          "munlock",
          "nomfs",
          "munlockall",
          "SCHED",
          "OTHER",
          "ENOSYS",
          "Mbit",
          "Godwit",
          "CSV",
          "JSON",
          "PNG",
          "Chrome",
          "Perfetto",
          "chrome",
          "tracing");

  private final Properties english = read("panels.properties");
  private final Properties japanese = read("panels_ja.properties");

  @Test
  void bothLanguagesHaveTheSameKeysWithTheSamePlaces() {
    assertThat(japanese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(places(japanese.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
    }
  }

  @Test
  void everyTextIsAPattern() {
    for (Properties texts : new Properties[] {english, japanese}) {
      for (String key : texts.stringPropertyNames()) {
        String text = texts.getProperty(key);
        assertThat(new MessageFormat(text).format(new Object[8])).as(key).isNotBlank();
        assertThat(text.replace("''", "")).as("apostrophe in %s", key).doesNotContain("'");
      }
    }
  }

  @Test
  void japaneseIsTranslated() {
    for (String key : english.stringPropertyNames()) {
      String text = japanese.getProperty(key);
      if (!SAME.contains(key)) {
        assertThat(text).as(key).isNotEqualTo(english.getProperty(key));
      }
      Matcher words = LETTERS.matcher(text.replaceAll("\\{\\d+,number[^}]*}", ""));
      while (words.find()) {
        assertThat(KEPT).as(key).contains(words.group());
      }
    }
  }

  /** A key is looked up in all bundles, so two of one name would hide each other. */
  @Test
  void noOtherBundleHasOurKeys() {
    for (String other : new String[] {"frame", "problems", "cli", "usage"}) {
      Set<String> shared = new TreeSet<>(read(other + ".properties").stringPropertyNames());
      shared.retainAll(english.stringPropertyNames());
      assertThat(shared).as(other).isEmpty();
    }
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Matcher matcher = PLACE.matcher(text);
    while (matcher.find()) {
      places.add(matcher.group(1));
    }
    return places;
  }

  private static Properties read(String name) {
    Properties texts = new Properties();
    try (InputStream in = Messages.class.getResourceAsStream(name)) {
      if (in != null) {
        texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
    return texts;
  }
}
