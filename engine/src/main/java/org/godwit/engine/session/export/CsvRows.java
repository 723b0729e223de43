package org.godwit.engine.session.export;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;

/** Rows of a CSV table: quoted where RFC 4180 demands it, ended by line feeds. */
public final class CsvRows {
  private final Writer out;

  /** Rows written to {@code out}, which its owner closes. */
  public CsvRows(Writer out) {
    this.out = out;
  }

  /** A piece of a row; null stands for an empty cell. */
  static List<Object> cells(Object... cells) {
    return Arrays.asList(cells);
  }

  /** A row; null stands for an empty cell. */
  public void row(Object... cells) throws IOException {
    joined(List.of(cells(cells)));
  }

  /** A row put together from pieces. */
  void joined(List<List<Object>> pieces) throws IOException {
    boolean first = true;
    for (List<Object> piece : pieces) {
      for (Object cell : piece) {
        if (!first) {
          out.write(',');
        }
        first = false;
        if (cell != null) {
          cell(cell.toString());
        }
      }
    }
    out.write('\n');
  }

  private void cell(String text) throws IOException {
    if (text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
      out.write(text);
    } else {
      out.write('"');
      out.write(text.replace("\"", "\"\""));
      out.write('"');
    }
  }
}
