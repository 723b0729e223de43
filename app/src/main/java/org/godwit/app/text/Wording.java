package org.godwit.app.text;

import java.text.Format;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.godwit.model.Problem;

/**
 * Words for the command line, in a language that is fixed at the start: {@link Messages} without
 * JavaFX. Texts are {@link MessageFormat} patterns; whole numbers without a format of their own are
 * written without grouping. Immutable.
 */
public final class Wording {
  private static final String FOLDER = "org.godwit.app.text.";

  private final Locale locale;
  private final List<ResourceBundle> bundles;

  /** Words in the supported language nearest to {@code wanted}: Japanese, or else English. */
  public Wording(Locale wanted) {
    boolean japanese = wanted.getLanguage().equals("ja");
    this.locale = japanese ? Locale.JAPANESE : Locale.ENGLISH;
    this.bundles = List.of(bundle("cli"), bundle("problems"));
  }

  /**
   * The language that a POSIX environment asks for: LC_ALL, else LC_MESSAGES, else LANG; without
   * any of them {@code otherwise}.
   */
  public static Locale asked(Map<String, String> environment, Locale otherwise) {
    for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.startsWith("ja") ? Locale.JAPANESE : Locale.ENGLISH;
      }
    }
    return otherwise;
  }

  /** {@link Locale#ENGLISH} or {@link Locale#JAPANESE}. */
  public Locale locale() {
    return locale;
  }

  /** A bundle of this package in this language. */
  public ResourceBundle bundle(String name) {
    // English is the root bundle: asked for as such, so that the host's own language is no
    // fallback.
    return ResourceBundle.getBundle(
        FOLDER + name,
        locale == Locale.JAPANESE ? Locale.JAPANESE : Locale.ROOT,
        Wording.class.getModule());
  }

  /** A problem or verdict in words. */
  public String problem(Problem problem) {
    return of(problem.key(), problem.arguments().toArray());
  }

  /** The text of {@code key} with its places filled; the key and arguments if it is missing. */
  public String of(String key, Object... arguments) {
    for (ResourceBundle bundle : bundles) {
      if (bundle.containsKey(key)) {
        return fill(bundle.getString(key), arguments);
      }
    }
    return arguments.length == 0 ? key : key + " " + List.of(arguments);
  }

  private String fill(String pattern, Object... arguments) {
    MessageFormat format = new MessageFormat(pattern, locale);
    Format[] own = format.getFormatsByArgumentIndex();
    Object[] shown = arguments.clone();
    for (int i = 0; i < shown.length; i++) {
      boolean plain = i >= own.length || own[i] == null;
      if (plain && (shown[i] instanceof Integer || shown[i] instanceof Long)) {
        shown[i] = shown[i].toString();
      }
    }
    return format.format(shown);
  }
}
