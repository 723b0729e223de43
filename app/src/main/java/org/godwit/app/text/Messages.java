package org.godwit.app.text;

import java.text.Format;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.godwit.model.Problem;

/**
 * The message bundles in the language that is chosen now. A key is looked up in all bundles; keys
 * are unique over all of them (held by a test). Texts are {@link MessageFormat} patterns, so an
 * apostrophe is written twice; whole numbers without a format of their own are written without
 * grouping, because most of them are pids, node numbers and addresses.
 *
 * <p>A key that is missing is shown as itself: a window with one odd label beats no window. A test
 * finds it first.
 *
 * <p>Reading is safe from any thread; the language is changed on the FX thread.
 */
public final class Messages {
  /** Base names of the bundles, in {@code org/godwit/app/text}. */
  static final List<String> BUNDLES = List.of("frame", "desk", "panels", "problems");

  /** Parsing a pattern costs more than filling it, and a format serves one thread at a time. */
  private static final ThreadLocal<Map<String, Pattern>> PARSED =
      ThreadLocal.withInitial(HashMap::new);

  /** English with accents and two fifths longer, to see what another language would do. */
  public static final Locale PSEUDO = Locale.forLanguageTag("en-XA");

  private static final String FOLDER = "org.godwit.app.text.";

  // Loaded before any listener hears of it: a binding that is asked at once must find the new
  // texts.
  private final ObjectProperty<Locale> language =
      new SimpleObjectProperty<>(this, "language") {
        @Override
        protected void invalidated() {
          load(get());
        }
      };
  private volatile List<ResourceBundle> bundles = List.of();
  private volatile Locale locale = Locale.ENGLISH;

  private record Pattern(MessageFormat format, Format[] own) {}

  /** Messages in the given language; anything but Japanese is English. */
  public Messages(Locale first) {
    language.set(supported(first));
  }

  /**
   * The language, {@link Locale#ENGLISH} or {@link Locale#JAPANESE}. Setting it re-words
   * everything.
   */
  public ObjectProperty<Locale> languageProperty() {
    return language;
  }

  /** The language chosen now. */
  public Locale locale() {
    return locale;
  }

  /** {@code en} or {@code ja}. */
  public String languageTag() {
    return locale.getLanguage();
  }

  /** The supported language nearest to {@code wanted}. */
  public static Locale supported(Locale wanted) {
    return wanted.getLanguage().equals("ja") ? Locale.JAPANESE : Locale.ENGLISH;
  }

  /** The text of {@code key} with its places filled. */
  public String of(String key, Object... arguments) {
    return find(key)
        .map(pattern -> fill(pattern, arguments))
        .map(text -> locale.equals(PSEUDO) ? pseudo(text) : text)
        .orElse(key);
  }

  /** Whether some bundle has the key. */
  public boolean has(String key) {
    return find(key).isPresent();
  }

  /** A problem or verdict of engine and model, in words. */
  public String problem(Problem problem) {
    return of(problem.key(), problem.arguments().toArray());
  }

  /** The text of {@code key}, re-worded whenever the language changes. */
  public StringBinding binding(String key, Object... arguments) {
    return Bindings.createStringBinding(() -> of(key, arguments), language);
  }

  /** Accents on vowels, and as many more letters as other languages need. */
  static String pseudo(String text) {
    StringBuilder longer = new StringBuilder();
    for (char c : text.toCharArray()) {
      int vowel = "aeiouAEIOU".indexOf(c);
      longer.append(vowel < 0 ? c : "àéîöûÀÉÎÖÛ".charAt(vowel));
    }
    return longer.append("é".repeat((int) Math.round(text.length() * 0.4))).toString();
  }

  private Optional<String> find(String key) {
    for (ResourceBundle bundle : bundles) {
      try {
        return Optional.of(bundle.getString(key));
      } catch (MissingResourceException e) {
        // The next bundle may have it.
      }
    }
    return Optional.empty();
  }

  private String fill(String pattern, Object... arguments) {
    Pattern parsed = PARSED.get().computeIfAbsent(locale + pattern, _ -> parse(pattern));
    Object[] shown = arguments.clone();
    for (int i = 0; i < shown.length; i++) {
      boolean plain = i >= parsed.own.length || parsed.own[i] == null;
      if (plain && (shown[i] instanceof Integer || shown[i] instanceof Long)) {
        shown[i] = shown[i].toString();
      }
    }
    return parsed.format.format(shown);
  }

  private Pattern parse(String pattern) {
    MessageFormat format = new MessageFormat(pattern, locale);
    return new Pattern(format, format.getFormatsByArgumentIndex());
  }

  private void load(Locale chosen) {
    ResourceBundle.Control noFallback =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    List<ResourceBundle> loaded = new ArrayList<>();
    for (String base : BUNDLES) {
      loadOne(FOLDER + base, chosen, noFallback).ifPresent(loaded::add);
    }
    locale = chosen;
    bundles = List.copyOf(loaded);
  }

  private static Optional<ResourceBundle> loadOne(
      String base, Locale chosen, ResourceBundle.Control control) {
    try {
      // A named module may not pass a Control; it has no fallback to the default locale to switch
      // off
      // either, because English is the root bundle here and is asked for as such.
      return Optional.of(
          Messages.class.getModule().isNamed()
              ? ResourceBundle.getBundle(base, root(chosen), Messages.class.getModule())
              : ResourceBundle.getBundle(
                  base, root(chosen), Messages.class.getClassLoader(), control));
    } catch (MissingResourceException e) {
      return Optional.empty();
    }
  }

  private static Locale root(Locale chosen) {
    return chosen.getLanguage().equals("ja") ? Locale.JAPANESE : Locale.ROOT;
  }
}
