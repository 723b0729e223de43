package org.godwit.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both languages say the same, and nothing that the program raises is without words. */
class BundlesTest {
  private static final Path FOLDER = Path.of("src/main/resources/org/godwit/app/text");

  /** picocli's: no places, but percent signs. */
  private static final String USAGE = "usage";

  /** A key in quotes where a problem is made: Problem.of, refuse, or the keys of enums of flaws. */
  private static final Pattern RAISED =
      Pattern.compile(
          "(?:Problem\\.of|new"
              + " Problem|refuse|complain)\\(\\s*\"([a-z][a-zA-Z]*(?:\\.[a-zA-Z-]+)+)\""
              + "|\\(\"(elf\\.[a-z-]+)\"\\)");

  static List<String> bundles() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".properties") && !name.endsWith("_ja.properties"))
          .map(name -> name.replace(".properties", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void bothLanguagesHaveTheSameKeysWithTheSamePlaces(String bundle) throws IOException {
    SortedMap<String, String> english = load(bundle);
    SortedMap<String, String> japanese = load(bundle + "_ja");

    assertThat(japanese.keySet()).isEqualTo(english.keySet());
    for (String key : english.keySet()) {
      assertThat(english.get(key)).as(key).isNotBlank();
      assertThat(japanese.get(key)).as(key).isNotBlank();
      if (!bundle.equals(USAGE)) {
        assertThat(places(japanese.get(key))).as(key).isEqualTo(places(english.get(key)));
      }
    }
  }

  /** Most texts have Japanese letters; those that do not are names and figures. */
  @ParameterizedTest
  @MethodSource("bundles")
  void japaneseIsJapanese(String bundle) throws IOException {
    SortedMap<String, String> english = load(bundle);
    long untranslated =
        load(bundle + "_ja").entrySet().stream()
            .filter(entry -> entry.getValue().equals(english.get(entry.getKey())))
            .filter(entry -> entry.getValue().matches(".*[a-z]{3} [a-z]{3}.*"))
            .count();

    assertThat(untranslated).isZero();
  }

  /** A single apostrophe would silently swallow places. */
  @ParameterizedTest
  @MethodSource("bundles")
  void noTextHasAnApostropheThatQuotesPlaces(String bundle) throws IOException {
    for (String language : new String[] {"", "_ja"}) {
      for (Map.Entry<String, String> entry : load(bundle + language).entrySet()) {
        assertThat(entry.getValue().replace("''", ""))
            .as(bundle + language + " " + entry.getKey())
            .doesNotContain("'");
      }
    }
  }

  @Test
  void keysAreUniqueOverAllBundles() throws IOException {
    List<String> all = new ArrayList<>();
    for (String bundle : bundles()) {
      if (!bundle.equals(USAGE)) {
        all.addAll(load(bundle).keySet());
      }
    }
    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void everyProblemThatIsRaisedHasWords() throws IOException {
    SortedSet<String> worded = new TreeSet<>();
    for (String bundle : bundles()) {
      worded.addAll(load(bundle).keySet());
    }
    SortedSet<String> raised = new TreeSet<>();
    for (String module : List.of("model", "engine", "app")) {
      raised.addAll(raised(Path.of("..", module, "src/main/java")));
    }

    assertThat(raised).contains("json.malformed", "elf.not-elf", "host.missing", "balance.idle");
    assertThat(worded).containsAll(raised);
  }

  private static SortedSet<String> raised(Path sources) throws IOException {
    SortedSet<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        Matcher matcher = RAISED.matcher(Files.readString(file));
        while (matcher.find()) {
          keys.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
      }
    }
    return keys;
  }

  /** Numbers of the arguments; English may need another form for one than Japanese does. */
  private static SortedSet<String> places(String pattern) {
    SortedSet<String> places = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{([0-9]+)").matcher(pattern);
    while (matcher.find()) {
      places.add(matcher.group(1));
    }
    // Throws if the pattern is none.
    assertThat(new MessageFormat(pattern).toPattern()).isNotEmpty();
    return places;
  }

  private static SortedMap<String, String> load(String name) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(FOLDER.resolve(name + ".properties"))) {
      properties.load(reader);
    }
    SortedMap<String, String> texts = new TreeMap<>();
    properties.forEach((key, value) -> texts.put((String) key, (String) value));
    return texts;
  }
}
