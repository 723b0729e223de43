package org.godwit.resources;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lists and opens what is on board: guest programs, scenarios, and every other file that ships with
 * the product. Paths are relative to the folder {@code resources/}, with slashes, as in {@code
 * programs/spin/spin.elf}.
 *
 * <p>A jar cannot be listed, so the lists come from {@code index.txt}, which {@code
 * build-programs.sh --index} writes and a test compares with the folders; opening a path does not
 * need the index. The lists never change while the program runs. Any thread may call; every method
 * that opens gives a stream or an array of the caller's own.
 *
 * <p>What is not there is an empty answer, since names may come from a person; a file that is in
 * the index and cannot be read is a broken product and thrown.
 */
public final class Catalogue {

  private static final String SCENARIOS = "scenarios/";
  private static final String JSON = ".json";
  private static final String EXPERIMENTS = "experiments/";
  private static final String LESSONS = "lessons/";
  private static final String LESSON = "/lesson.json";
  private static final String MANUAL = "userland/man/";

  private static final List<String> INDEX = readIndex();
  private static final List<ProgramCard> PROGRAMS = readCards();

  private static final List<Profile> PROFILES = readProfiles();

  private Catalogue() {}

  /** The programs of the palette, in its order. */
  public static List<ProgramCard> programs() {
    return PROGRAMS;
  }

  /** The program of that name. */
  public static Optional<ProgramCard> program(String name) {
    return PROGRAMS.stream().filter(card -> card.name().equals(name)).findFirst();
  }

  /** The bytes of a program's static ELF. */
  public static byte[] elf(ProgramCard card) {
    return bytes("programs/" + card.name() + "/" + card.name() + ".elf");
  }

  /** The text of a program's source. */
  public static String source(ProgramCard card) {
    return new String(
        bytes("programs/" + card.name() + "/" + card.source()), StandardCharsets.UTF_8);
  }

  /** The executable with all programs of the nodes' own: a static ELF that goes by its argv[0]. */
  public static byte[] userland() {
    return bytes("userland/userland.elf");
  }

  /** The pages of the nodes' manual by file name ({@code NAME.SECTION}), as they lie on a node. */
  public static SortedMap<String, byte[]> manual() {
    SortedMap<String, byte[]> pages = new TreeMap<>();
    under(MANUAL).forEach(path -> pages.put(path.substring(MANUAL.length()), bytes(path)));
    return pages;
  }

  /** The names that {@link #userland()} answers to, sorted. */
  public static List<String> userlandNames() {
    return new String(bytes("userland/names.txt"), StandardCharsets.UTF_8).lines().toList();
  }

  /** The names of the scenarios on board, without {@code .json}, sorted. */
  public static List<String> scenarios() {
    return documents(SCENARIOS);
  }

  /** The names of the experiments on board, without {@code .json}, sorted. */
  public static List<String> experiments() {
    return documents(EXPERIMENTS);
  }

  /** The experiment of that name as JSON in UTF-8; the caller closes it. */
  public static Optional<InputStream> experiment(String name) {
    return open(EXPERIMENTS + name + JSON);
  }

  private static List<String> documents(String folder) {
    return under(folder).stream()
        .filter(path -> path.endsWith(JSON))
        .map(path -> path.substring(folder.length(), path.length() - JSON.length()))
        .toList();
  }

  /** The scenario of that name as JSON in UTF-8; the caller closes it. */
  public static Optional<InputStream> scenario(String name) {
    return open(SCENARIOS + name + JSON);
  }

  /** The names of the lessons on board, in their order. */
  public static List<String> lessons() {
    return under(LESSONS).stream()
        .filter(path -> path.endsWith(LESSON))
        .map(path -> path.substring(LESSONS.length(), path.length() - LESSON.length()))
        .toList();
  }

  /** A file of the lesson of that name: {@code lesson.json} or {@code text.LANGUAGE.md}. */
  public static Optional<InputStream> lesson(String name, String file) {
    return open(LESSONS + name + "/" + file);
  }

  /** The boot profiles on board, by name. */
  public static List<Profile> profiles() {
    return PROFILES;
  }

  /** What a node with that profile has in its tree, parents before children. */
  public static Optional<List<RootFile>> root(String profile) {
    return PROFILES.stream().filter(each -> each.name().equals(profile)).findFirst().map(Roots::of);
  }

  /** The paths of all files below {@code folder} (with or without its final slash), sorted. */
  public static List<String> under(String folder) {
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    return INDEX.stream().filter(path -> path.startsWith(prefix)).toList();
  }

  /** The file at {@code path}; the caller closes it. */
  public static Optional<InputStream> open(String path) {
    return Optional.ofNullable(Catalogue.class.getResourceAsStream("/" + path));
  }

  /**
   * The bytes of the file at {@code path}.
   *
   * @throws UncheckedIOException if it is not there or cannot be read
   */
  public static byte[] bytes(String path) {
    try (InputStream in = need(path)) {
      return in.readAllBytes();
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
  }

  private static InputStream need(String path) throws IOException {
    return open(path).orElseThrow(() -> new IOException("not on board: " + path));
  }

  private static List<String> readIndex() {
    return new String(bytes("index.txt"), StandardCharsets.UTF_8).lines().toList();
  }

  private static List<ProgramCard> readCards() {
    return under("programs").stream()
        .filter(path -> path.endsWith("/card.json"))
        .map(Catalogue::readCard)
        .sorted(Comparator.comparingInt(ProgramCard::slot))
        .toList();
  }

  private static List<Profile> readProfiles() {
    return under("roots").stream()
        .filter(path -> path.endsWith("/profile.json"))
        .map(Catalogue::readProfile)
        .sorted(Comparator.comparing(Profile::name))
        .toList();
  }

  private static Profile readProfile(String path) {
    try (Reader reader = new InputStreamReader(need(path), StandardCharsets.UTF_8)) {
      return CardReader.readProfile(reader);
    } catch (IOException thrown) {
      throw new UncheckedIOException(path + ": " + thrown.getMessage(), thrown);
    }
  }

  private static ProgramCard readCard(String path) {
    try (Reader reader = new InputStreamReader(need(path), StandardCharsets.UTF_8)) {
      return CardReader.read(reader);
    } catch (IOException thrown) {
      throw new UncheckedIOException(path + ": " + thrown.getMessage(), thrown);
    }
  }
}
