package org.godwit.app.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.godwit.model.Problem;
import org.godwit.resources.Catalogue;

/**
 * What the nodes' manual says about a thing that holds a process, or that can be done about it: the
 * sentences of a page, as {@code man} shows them on a node. They are English in every language, as
 * all text that guests see.
 */
public final class ManualWords {
  /** Where the manual speaks of what a key says: a page, a part of it, an entry of that or none. */
  private static final Map<String, Place> PLACES =
      Map.ofEntries(
          Map.entry("explain.reason", new Place("cantmove.5", "REASONS", "")),
          Map.entry("explain.locked", new Place("lock.5", "DESCRIPTION", null)),
          Map.entry("candidate.locked", new Place("lock.5", "DESCRIPTION", null)),
          Map.entry("candidate.reason", new Place("cantmove.5", "REASONS", "")),
          Map.entry("explain.stay", new Place("admin.5", "SWITCHES", "stay")),
          Map.entry("explain.lstay", new Place("admin.5", "SWITCHES", "lstay")),
          Map.entry("candidate.lstay", new Place("admin.5", "SWITCHES", "lstay")),
          Map.entry("move.refused.blocked", new Place("admin.5", "SWITCHES", "block")),
          Map.entry("target.blocked", new Place("admin.5", "SWITCHES", "block")),
          Map.entry("move.refused.mask", new Place("migfilter.5", "DESCRIPTION", "migpolicy")),
          Map.entry("target.mask", new Place("migfilter.5", "DESCRIPTION", "migpolicy")),
          Map.entry("explain.unheard", new Place("mosctl.1", "SWITCHES", "quiet")),
          Map.entry("explain.nobody-heard", new Place("mosctl.1", "SWITCHES", "quiet")),
          Map.entry("explain.enough-cpus", faq("Are there enough?")),
          Map.entry("balance.no-better", faq("Are the others fast enough?")),
          Map.entry("target.not-faster", faq("Are the others fast enough?")),
          Map.entry("target.cost", faq("Does it live long enough?")),
          Map.entry("candidate.young", faq("Does it live long enough?")),
          Map.entry("remedy.mosrun-l", new Place("mosrun.1", "OPTIONS", "-l")),
          Map.entry("remedy.speed", new Place("admin.5", "SETTINGS", "speed")));

  private ManualWords() {}

  /**
   * Some of the manual.
   *
   * @param page its name as one cites it, e.g. {@code cantmove(5)}
   * @param text one paragraph
   */
  public record Quote(String page, String text) {}

  /**
   * A place in the manual.
   *
   * @param file name of the page's file
   * @param section heading
   * @param entry the tagged entry; empty for the one that the key's first argument names; null for
   *     the first paragraph
   */
  private record Place(String file, String section, String entry) {}

  private static Place faq(String question) {
    return new Place("openmosix.7", "MY PROCESSES WON'T MIGRATE", question);
  }

  /** What it says about that; empty if it says nothing. */
  public static Optional<Quote> about(Problem what) {
    Place place = PLACES.get(what.key());
    byte[] page = place == null ? null : Catalogue.manual().get(place.file);
    if (page == null) {
      return Optional.empty();
    }
    String entry =
        place.entry != null && place.entry.isEmpty()
            ? String.valueOf(what.arguments().getFirst())
            : place.entry;
    List<String> lines = new String(page, StandardCharsets.UTF_8).lines().toList();
    String text = paragraph(lines, place.section, entry);
    int dot = place.file.lastIndexOf('.');
    String name = place.file.substring(0, dot) + "(" + place.file.substring(dot + 1) + ")";
    return text.isEmpty() ? Optional.empty() : Optional.of(new Quote(name, text));
  }

  /** Everything that is cited, for a test. */
  static List<String> keys() {
    return PLACES.keySet().stream().sorted().toList();
  }

  private static String paragraph(List<String> lines, String section, String entry) {
    int at = lines.indexOf(".SH " + section) + 1;
    if (at == 0) {
      return "";
    }
    if (entry != null) {
      while (at < lines.size() && !lines.get(at).startsWith(".SH") && !isTag(lines, at, entry)) {
        at++;
      }
      if (at == lines.size() || lines.get(at).startsWith(".SH")) {
        return "";
      }
      at++;
    }
    List<String> words = new ArrayList<>();
    for (; at < lines.size() && !ends(lines.get(at)); at++) {
      words.add(plain(lines.get(at)));
    }
    return String.join(" ", words).replaceAll("\\s+", " ").replaceAll(" ([.,;:])", "$1").strip();
  }

  private static boolean isTag(List<String> lines, int at, String entry) {
    return at > 0 && lines.get(at - 1).equals(".TP") && plain(lines.get(at)).equals(entry);
  }

  private static boolean ends(String line) {
    return line.matches("\\.(SH|TP|PP|nf|br)\\b.*");
  }

  /** A line without its marks (groff_man(7)). */
  private static String plain(String line) {
    String text = line;
    if (text.startsWith(".IR ") || text.startsWith(".BR ")) {
      // Fonts in turn: the words are put together without the spaces between them.
      text = text.substring(4).replace("\" \"", "").replace(" ", "");
    } else if (text.startsWith(".B ") || text.startsWith(".I ")) {
      text = text.substring(3);
    }
    return text.replaceAll("\\\\f[BIRP]", "").replace("\\-", "-").replace("\"", "");
  }
}
