package org.godwit.app.cli;

import java.util.List;
import org.godwit.model.ProblemException;
import org.godwit.model.scenario.Scenario;
import org.godwit.resources.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code godwit scenarios}: the scenarios on board with their titles. */
@Command(name = "scenarios")
final class ScenariosCommand implements Cli.Action {
  private final Terminal terminal;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  ScenariosCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    TextTable table = new TextTable();
    for (String name : Catalogue.scenarios()) {
      Scenario scenario = OnBoard.scenario(name, List.of());
      table.row(List.of(name, scenario.title().in(terminal.wording().locale().getLanguage())));
    }
    table.lines().forEach(terminal::line);
    return 0;
  }
}
