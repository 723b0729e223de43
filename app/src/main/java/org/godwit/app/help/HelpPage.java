package org.godwit.app.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A page of the help.
 *
 * @param id stable name, e.g. {@code canvas}
 * @param title what the list shows
 * @param blocks what follows the title
 */
public record HelpPage(String id, String title, List<Block> blocks) {
  public HelpPage {
    blocks = List.copyOf(blocks);
  }

  /** A piece of a page. */
  public sealed interface Block {
    /** Words to read and to search. */
    String words();

    /** A line above what belongs together. */
    record Heading(String words) implements Block {}

    /** A paragraph. */
    record Paragraph(String words) implements Block {}

    /** One point of a list. */
    record Point(String words) implements Block {}

    /** A word and what it means. */
    record Meaning(String term, String meaning) implements Block {
      @Override
      public String words() {
        return term + " " + meaning;
      }
    }

    /** Lines as they are typed. */
    record Typed(String words) implements Block {}
  }

  /**
   * Reads a page. Its first line is {@code # title}; then {@code ## heading}, {@code - point},
   * {@code term :: meaning}, lines indented by four blanks as typed text, and paragraphs, one a
   * line.
   */
  static HelpPage read(String id, String text) {
    String title = id;
    List<Block> blocks = new ArrayList<>();
    StringBuilder typed = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith("    ")) {
        typed.append(typed.isEmpty() ? "" : "\n").append(line.substring(4));
        continue;
      }
      flush(typed, blocks);
      if (line.startsWith("## ")) {
        blocks.add(new Block.Heading(line.substring(3)));
      } else if (line.startsWith("# ")) {
        title = line.substring(2);
      } else if (line.startsWith("- ")) {
        blocks.add(new Block.Point(line.substring(2)));
      } else if (line.contains(" :: ")) {
        int at = line.indexOf(" :: ");
        blocks.add(new Block.Meaning(line.substring(0, at), line.substring(at + 4)));
      } else if (!line.isBlank()) {
        blocks.add(new Block.Paragraph(line));
      }
    }
    flush(typed, blocks);
    return new HelpPage(id, title, blocks);
  }

  private static void flush(StringBuilder typed, List<Block> blocks) {
    if (!typed.isEmpty()) {
      blocks.add(new Block.Typed(typed.toString()));
      typed.setLength(0);
    }
  }

  /** Whether every one of the words, in lower case, occurs on the page. */
  boolean has(List<String> words) {
    StringBuilder all = new StringBuilder(title);
    blocks.forEach(block -> all.append('\n').append(block.words()));
    String text = all.toString().toLowerCase(Locale.ROOT);
    return words.stream().allMatch(text::contains);
  }
}
