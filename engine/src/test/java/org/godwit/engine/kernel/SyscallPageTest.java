package org.godwit.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Where;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/system-calls.md are those of the kernel. After a wanted change: run with
 * {@code -Dgodwit.rewrite=true}, look at the difference, commit it.
 */
class SyscallPageTest {
  private static final Path PAGE = Path.of("..", "docs", "system-calls.md");
  private static final String BEGIN = "<!-- from here on written by SyscallPageTest -->\n";

  private final List<Syscall> rows = new SyscallTable().rows();

  @Test
  void thePageShowsTheTableAsItIs() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).contains(BEGIN);
    String fresh = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + tables();
    if (Boolean.getBoolean("godwit.rewrite")) {
      Files.writeString(PAGE, fresh);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(fresh);
  }

  private String tables() {
    StringBuilder text = new StringBuilder();
    text.append('\n').append(rows.size()).append(" calls.\n\n");
    text.append("| number | name | arguments | where | reason | comes home |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Syscall row : rows) {
      List<Arg> arguments = row.file() == null ? row.arguments() : row.file().arguments();
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %s | %s | %s | %s | %s |\n",
              row.number(),
              row.name(),
              list(arguments),
              where(row.where()),
              row.raises(),
              comesHome(row)));
    }
    text.append("\nCalls whose third argument depends on the second:\n\n");
    text.append("| name | second | third |\n|---|---|---|\n");
    for (Syscall row : rows) {
      if (row.file() != null) {
        row.file()
            .byRequest()
            .forEach(
                (request, arg) ->
                    text.append(
                        String.format(
                            Locale.ROOT,
                            "| %s | 0x%x | %s |\n",
                            row.name(),
                            request,
                            shown(arg, List.of()))));
      }
    }
    return text.toString();
  }

  private static String list(List<Arg> arguments) {
    List<String> shown = new ArrayList<>();
    arguments.forEach(each -> shown.add(shown(each, arguments)));
    return String.join(", ", shown);
  }

  private static String shown(Arg argument, List<Arg> all) {
    return switch (argument) {
      case Arg.Scalar arg -> arg.name();
      case Arg.Path arg -> arg.name() + ": string";
      case Arg.In arg -> arg.name() + ": in " + size(arg.lengthIndex(), arg.unit(), all);
      case Arg.Out arg -> arg.name() + ": out " + size(arg.lengthIndex(), arg.unit(), all);
      case Arg.InOut arg -> arg.name() + ": in and out " + size(arg.lengthIndex(), arg.unit(), all);
      case Arg.Gather arg -> arg.name() + ": in iovec × " + name(arg.countIndex(), all);
      case Arg.Scatter arg -> arg.name() + ": out iovec × " + name(arg.countIndex(), all);
      case Arg.FdSet arg -> arg.name() + ": in and out " + name(arg.bitsIndex(), all) + " bits";
      case Arg.AddressOut arg -> arg.name() + ": out *" + name(arg.lengthPointerIndex(), all);
      case Arg.MessageIn arg -> arg.name() + ": in msghdr";
      case Arg.MessageOut arg -> arg.name() + ": out msghdr";
    };
  }

  private static String size(int lengthIndex, int unit, List<Arg> all) {
    if (lengthIndex < 0) {
      return Integer.toString(unit);
    }
    return (unit == 1 ? "" : unit + " × ") + name(lengthIndex, all);
  }

  private static String name(int index, List<Arg> all) {
    return all.get(index) instanceof Arg.Scalar scalar ? scalar.name() : "a" + index;
  }

  private static String where(Where where) {
    return switch (where) {
      case BODY -> "body";
      case HOME -> "home";
      case HOME_CACHED -> "body, told by home";
    };
  }

  private static String comesHome(Syscall row) {
    if (row.homeFirst().test(new Call())) {
      return "always";
    }
    return row.raises().isEmpty() ? "" : "if it raises";
  }
}
