package org.godwit.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.godwit.app.host.HostFiles;
import org.godwit.app.host.PolicyFolder;
import org.godwit.app.launch.BesideSource;
import org.godwit.app.launch.CatalogueSource;
import org.godwit.app.launch.Settings;
import org.godwit.engine.session.ProgramSource;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.scenario.Step;
import org.godwit.resources.Catalogue;

/** Scenarios and programs by name: those on board, and those that a person keeps in files. */
final class OnBoard {
  private OnBoard() {}

  /**
   * The scenario of that name on board, else the scenario file of that name.
   *
   * @param settings as {@link ScenarioReader#read(String, Reader, List)} takes them
   */
  static Scenario scenario(String name, List<String> settings) throws ProblemException {
    Optional<InputStream> onBoard = Catalogue.scenario(name);
    if (onBoard.isPresent()) {
      return read(name + ".json", onBoard.get(), settings);
    }
    Path file = HostFiles.path(name);
    if (!Files.exists(file)) {
      throw new ProblemException(
          Problem.of("run.no-scenario", name, String.join(", ", Catalogue.scenarios())));
    }
    return read(name, HostFiles.open(file), settings);
  }

  private static Scenario read(String name, InputStream stream, List<String> settings)
      throws ProblemException {
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return ScenarioReader.read(name, reader, new ArrayList<>(settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The user's own policies.
   *
   * @param folder where they are, or null for the usual folder
   * @throws ProblemException if the scenario wants one that is not there
   */
  static PolicyFolder policies(String folder, Terminal terminal, Scenario scenario)
      throws ProblemException {
    PolicyFolder own =
        new PolicyFolder(
            folder == null ? Settings.policies(terminal.environment()) : HostFiles.path(folder));
    own.demand(scenario.policy());
    for (Step step : scenario.script()) {
      if (step.command() instanceof Command.SetPolicy(String policy)) {
        own.demand(policy);
      }
    }
    return own;
  }

  /**
   * Where launches of a scenario find programs: on board, and for a scenario file also beside it,
   * so that {@code "program": "mine.elf"} is the file mine.elf in the scenario's folder.
   */
  static ProgramSource programs(String scenarioName) {
    return programs(scenarioName, false);
  }

  /** The same; with {@code userland}, one can log in to nodes that do not boot. */
  static ProgramSource programs(String scenarioName, boolean userland) {
    return Catalogue.scenario(scenarioName).isPresent()
        ? new CatalogueSource(userland)
        : new BesideSource(Path.of(scenarioName), userland);
  }
}
