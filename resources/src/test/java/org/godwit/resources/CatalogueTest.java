package org.godwit.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the catalogue lists is what stands in the folders, and all of it opens. */
class CatalogueTest {

  /** The folders that the pom ships; build-programs.sh names the same. */
  private static final List<String> SHIPPED =
      List.of(
          "experiments",
          "fonts",
          "help",
          "icons",
          "lessons",
          "messages",
          "programs",
          "roots",
          "scenarios",
          "schemas",
          "themes",
          "userland/man");

  @Test
  void theIndexNamesEveryShippedFileAndNoOther() throws IOException {
    List<String> there = new ArrayList<>();
    for (String folder : SHIPPED) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
          files
              .filter(Files::isRegularFile)
              .filter(path -> !path.getFileName().toString().startsWith("."))
              .map(path -> path.toString().replace('\\', '/'))
              .forEach(there::add);
        }
      }
    }
    there.sort(null);

    assertThat(Files.readAllLines(Path.of("index.txt")))
        .as("after a change of the files, run: resources/build-programs.sh --index")
        .isEqualTo(there);
  }

  @Test
  void everyFileOfTheIndexOpensWithTheBytesOfItsSource() throws IOException {
    for (String folder : SHIPPED) {
      for (String path : Catalogue.under(folder)) {
        assertThat(Catalogue.bytes(path)).as(path).isEqualTo(Files.readAllBytes(Path.of(path)));
      }
    }
  }

  @Test
  void programsComeInTheOrderOfThePalette() {
    assertThat(Catalogue.programs())
        .extracting(ProgramCard::name)
        .containsExactly(
            "spin",
            "shmget",
            "pipe",
            "pthread",
            "files",
            "threads",
            "job",
            "memlock",
            "mapdev",
            "realtime");
    for (int slot = 0; slot < Catalogue.programs().size(); slot++) {
      assertThat(Catalogue.programs().get(slot).slot()).isEqualTo(slot);
    }
  }

  @Test
  void everyCardIsTrueToItsFolderAndFullyWorded() {
    for (ProgramCard card : Catalogue.programs()) {
      assertThat(card.monogram()).as(card.name()).hasSize(2);
      assertThat(Catalogue.source(card))
          .as(card.name())
          .contains("int main(")
          .contains(card.name());
      for (ProgramCard.Text text : List.of(card.title(), card.shows(), card.lookFor())) {
        assertThat(text.in(Locale.ENGLISH)).as(card.name()).isNotBlank().isASCII();
        assertThat(text.in(Locale.JAPAN)).as(card.name()).containsPattern("[\\u3041-\\u30ff]");
      }
    }
    assertThat(Catalogue.programs()).extracting(ProgramCard::monogram).doesNotHaveDuplicates();
  }

  @Test
  void onlyTheProgramsOfTheSeedThatStayNameAReason() {
    assertThat(Catalogue.program("shmget").flatMap(ProgramCard::reason)).contains("monkey");
    assertThat(Catalogue.program("pthread").flatMap(ProgramCard::reason)).contains("clone_vm");
    assertThat(Catalogue.program("threads").flatMap(ProgramCard::reason)).contains("clone_vm");
    for (String moving : List.of("spin", "pipe", "files")) {
      assertThat(Catalogue.program(moving).flatMap(ProgramCard::reason)).as(moving).isEmpty();
    }
  }

  @Test
  void everyScenarioOpensByTheNameItIsListedUnder() throws IOException {
    for (String name : Catalogue.scenarios()) {
      assertThat(Files.exists(Path.of("scenarios", name + ".json"))).as(name).isTrue();
      try (InputStream in = Catalogue.scenario(name).orElseThrow()) {
        assertThat(in.readAllBytes()).as(name).isNotEmpty();
      }
    }
  }

  @Test
  void whatIsNotOnBoardIsAnEmptyAnswer() {
    assertThat(Catalogue.program("quake")).isEmpty();
    assertThat(Catalogue.scenario("quake")).isEmpty();
    assertThat(Catalogue.open("programs/quake/quake.elf")).isEmpty();
    assertThat(Catalogue.under("quake")).isEmpty();
    assertThatThrownBy(() -> Catalogue.bytes("quake"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("quake");
  }
}
