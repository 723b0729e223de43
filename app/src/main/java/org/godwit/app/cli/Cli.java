package org.godwit.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.godwit.app.text.Wording;
import org.godwit.model.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Understands a command line and carries it out. */
public final class Cli {
  /** Exit status when the user, a file or a scenario is at fault. */
  public static final int USER_ERROR = 2;

  /** Exit status when this program is at fault (EX_SOFTWARE of sysexits.h). */
  public static final int OUR_FAULT = 70;

  private Cli() {}

  /** Runs with the host's streams and language; gives the exit status. */
  public static int run(String[] arguments) {
    Map<String, String> environment = System.getenv();
    Charset charset = charset(environment, System.out.charset());
    Locale asked = Wording.asked(environment, Locale.getDefault(Locale.Category.DISPLAY));
    // A terminal that cannot show the words gets English: better than question marks.
    Locale shown = charset.newEncoder().canEncode('\u7530') ? asked : Locale.ENGLISH;
    return run(
        arguments,
        new Terminal(
            stream(FileDescriptor.out, charset),
            stream(FileDescriptor.err, charset),
            environment,
            new Wording(shown)));
  }

  /** What the environment names, even where the host lacks the locale of that name. */
  private static Charset charset(Map<String, String> environment, Charset otherwise) {
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String value = environment.getOrDefault(name, "").toLowerCase(Locale.ROOT);
      if (!value.isEmpty()) {
        return value.matches(".*\\.utf-?8.*") ? StandardCharsets.UTF_8 : otherwise;
      }
    }
    return otherwise;
  }

  private static PrintStream stream(FileDescriptor descriptor, Charset charset) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), false, charset);
  }

  /** Runs on {@code terminal}; gives the exit status. */
  public static int run(String[] arguments, Terminal terminal) {
    int status = arguments.length == 0 ? window(terminal) : understood(arguments, terminal);
    terminal.out().flush();
    terminal.err().flush();
    return status;
  }

  /** Who asks for nothing else wants the window, and its start waits for no parser. */
  private static int window(Terminal terminal) {
    try {
      return new GodwitCommand(terminal).call();
    } catch (ProblemException | RuntimeException e) {
      return failed(e, terminal);
    }
  }

  private static int understood(String[] arguments, Terminal terminal) {
    CommandLine line = new CommandLine(new GodwitCommand(terminal));
    line.addSubcommand(new ProgramsCommand(terminal));
    line.addSubcommand(new ScenariosCommand(terminal));
    CommandLine exec = new CommandLine(new ExecCommand(terminal));
    line.addSubcommand(exec);
    line.addSubcommand(new RunCommand(terminal));
    line.addSubcommand(new ExplainCommand(terminal));
    line.addSubcommand(new ShCommand(terminal));
    line.addSubcommand(new VerifyCommand(terminal));
    line.addSubcommand(new ExportCommand(terminal));
    line.addSubcommand(new QueryCommand(terminal));
    line.addSubcommand(new DiffCommand(terminal));
    line.addSubcommand(new LessonsCommand(terminal));
    line.addSubcommand(new GradeCommand(terminal));
    line.addSubcommand(new ExperimentCommand(terminal));
    line.setResourceBundle(terminal.wording().bundle("usage"));
    line.setExpandAtFiles(false);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    exec.setStopAtPositional(true);
    line.setParameterExceptionHandler((e, _) -> wrongUsage(e, terminal));
    line.setExecutionExceptionHandler((e, _, _) -> failed(e, terminal));
    line.setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()));
    line.setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()));
    return line.execute(arguments);
  }

  /** One sentence: what is wrong, and where the right usage stands. */
  private static int wrongUsage(ParameterException e, Terminal terminal) {
    Wording words = terminal.wording();
    String cause =
        switch (e) {
          case UnmatchedArgumentException unmatched ->
              words.of("cli.unknown-argument", String.join(" ", unmatched.getUnmatched()));
          case MissingParameterException missing -> words.of("cli.missing", names(missing));
          case ParameterException wrong
              when wrong.getArgSpec() != null && wrong.getValue() != null ->
              words.of("cli.bad-value", name(wrong.getArgSpec()), wrong.getValue());
          case ParameterException wrong when wrong.getArgSpec() != null ->
              words.of("cli.bad-use", name(wrong.getArgSpec()));
          default -> e.getMessage();
        };
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    terminal.complain(words.of("cli.see-help", cause, command));
    return USER_ERROR;
  }

  private static String names(MissingParameterException missing) {
    return String.join(", ", missing.getMissing().stream().map(Cli::name).toList());
  }

  private static String name(ArgSpec arg) {
    return arg instanceof CommandLine.Model.OptionSpec option
        ? option.longestName()
        : arg.paramLabel();
  }

  private static int failed(Exception e, Terminal terminal) {
    switch (e) {
      case ProblemException problem -> {
        terminal.complain(problem.problem());
        return USER_ERROR;
      }
      case UncheckedIOException io when io.getCause() != null -> {
        // Our own output has nowhere to go: whoever read it has had enough.
        return USER_ERROR;
      }
      default -> {
        terminal.complain(
            terminal.wording().of("cli.our-fault", e.getClass().getSimpleName(), e + ""));
        if (terminal.environment().containsKey("GODWIT_DEBUG")) {
          e.printStackTrace(terminal.err());
        }
        return OUR_FAULT;
      }
    }
  }

  /** A command that ends with an exit status. */
  interface Action extends Callable<Integer> {}
}
