package org.godwit.app.cli;

import java.util.List;
import org.godwit.resources.Catalogue;
import org.godwit.resources.ProgramCard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code godwit programs}: the programs on board, in the order of the palette. */
@Command(name = "programs")
final class ProgramsCommand implements Cli.Action {
  private final Terminal terminal;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  ProgramsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    TextTable table = new TextTable();
    for (ProgramCard card : Catalogue.programs()) {
      table.row(
          List.of(
              card.name(),
              card.title().in(terminal.wording().locale()),
              card.reason()
                  .map(reason -> terminal.wording().of("programs.stays", reason))
                  .orElseGet(() -> terminal.wording().of("programs.moves"))));
    }
    table.lines().forEach(terminal::line);
    return 0;
  }
}
