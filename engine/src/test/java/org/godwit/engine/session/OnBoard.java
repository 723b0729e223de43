package org.godwit.engine.session;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.godwit.model.ProblemException;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.Scenario;
import org.godwit.resources.Catalogue;
import org.godwit.resources.RootFile;

/**
 * What the product has on board, for sessions of tests: its scenarios, its programs, and the test
 * programs, which do not ship and are read from their folder.
 */
final class OnBoard {
  private static final Path TEST_PROGRAMS = Path.of("../resources/programs-test");

  /** Programs, and what nodes boot from. */
  static final ProgramSource SOURCE =
      new ProgramSource() {
        @Override
        public Optional<byte[]> elf(String name) {
          return OnBoard.elf(name);
        }

        @Override
        public Optional<List<GuestFile>> root(String profile) {
          return Catalogue.root(profile)
              .map(files -> files.stream().map(OnBoard::guestFile).toList());
        }
      };

  private static GuestFile guestFile(RootFile file) {
    return new GuestFile(
        file.path(),
        GuestFile.Kind.valueOf(file.kind().name()),
        file.mode(),
        file.content(),
        file.target());
  }

  private OnBoard() {}

  /** A scenario as it ships. */
  static Scenario scenario(String name) {
    try (Reader text =
        new InputStreamReader(Catalogue.scenario(name).orElseThrow(), StandardCharsets.UTF_8)) {
      return ScenarioReader.read(name + ".json", text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ProblemException e) {
      throw new IllegalStateException(name + ": " + e.problem(), e);
    }
  }

  /** The ELF of a program that ships, else of a test program. */
  static Optional<byte[]> elf(String program) {
    if (Catalogue.program(program).isPresent()) {
      return Optional.of(Catalogue.elf(Catalogue.program(program).get()));
    }
    Path file = TEST_PROGRAMS.resolve(program).resolve(program + ".elf");
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a scenario with one worker. */
  static Session open(Scenario scenario) {
    return open(scenario, SessionOptions.DEFAULT);
  }

  /** Opens a scenario. */
  static Session open(Scenario scenario, SessionOptions options) {
    try {
      return Session.open(scenario, SOURCE, options);
    } catch (ProblemException e) {
      throw new IllegalStateException(scenario.name() + ": " + e.problem(), e);
    }
  }
}
