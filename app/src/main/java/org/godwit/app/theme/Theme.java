package org.godwit.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.application.Application;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.util.Subscription;

/**
 * The look that is chosen now: AtlantaFX below, our tokens over it. Scenes that are {@linkplain
 * #dress dressed} follow it; whoever paints by hand asks {@link #color} and listens to {@link
 * #variantProperty}. FX thread only.
 */
public final class Theme {
  private static final String STYLE = "/org/godwit/app/theme/godwit.css";

  private static final PseudoClass CONTRAST = PseudoClass.getPseudoClass("high-contrast");
  private static final double TINT = 0.16;

  private final Tokens tokens = Tokens.load();
  private final ObjectProperty<Variant> variant = new SimpleObjectProperty<>(this, "variant");
  private final ObjectProperty<Locale> language =
      new SimpleObjectProperty<>(this, "language", Locale.ENGLISH);
  private final DoubleProperty typeScale = new SimpleDoubleProperty(this, "typeScale", 1);

  /** A theme in the given look. Loads the bundled fonts at its first use. */
  public Theme(Variant first) {
    Fonts.load();
    variant.set(first);
  }

  /** The look. Setting it restyles every dressed scene. */
  public ObjectProperty<Variant> variantProperty() {
    return variant;
  }

  /** The language whose font family is used; bind it to the messages' language. */
  public ObjectProperty<Locale> languageProperty() {
    return language;
  }

  /** Factor of all type but the canvas's, 1 as designed. */
  public DoubleProperty typeScaleProperty() {
    return typeScale;
  }

  /** The token file. */
  public Tokens tokens() {
    return tokens;
  }

  /** The colours of the present look. */
  public Tokens.Palette palette() {
    return tokens.palettes().get(variant.get());
  }

  /** The colour of a role. */
  public Color color(Role role) {
    return Color.web(palette().roles().get(role));
  }

  /** The colour of a program's slot; slots from the ninth on share colours and differ in shape. */
  public Color program(int slot) {
    return Color.web(palette().programs().get(Math.floorMod(slot, 8)));
  }

  /** The ink that is legible on a program's colour. */
  public Color programInk(int slot) {
    return Color.web(Contrast.inkOn(palette().programs().get(Math.floorMod(slot, 8))));
  }

  /** Heat step 0 to 4 for runnable tasks per CPU. */
  public static int heatStep(double runnablePerCpu) {
    if (runnablePerCpu < 0.25) {
      return 0;
    }
    if (runnablePerCpu < 0.75) {
      return 1;
    }
    if (runnablePerCpu <= 1.0) {
      return 2;
    }
    return runnablePerCpu <= 1.5 ? 3 : 4;
  }

  /** The colour of a heat step. */
  public Color heat(int step) {
    return Color.web(palette().heat().get(step));
  }

  /** Text on heat. */
  public Color heatInk() {
    return Color.web(palette().heatInk());
  }

  /** A length in pixels or a duration in ms of the token file, e.g. {@code radius.card}. */
  public double size(String token) {
    return tokens.size(token);
  }

  /** The family for running text in the present language. */
  public String family() {
    return tokens.fonts().get(tag());
  }

  /** The family for numbers that change, pids and addresses. */
  public String monoFamily() {
    return tokens.fonts().get("mono");
  }

  /** A font of the text family. The semi-bold cut is a family of its own in the bundled files. */
  public Font font(double size, boolean strong) {
    String name = strong ? tokens.fonts().get(tag() + "Strong") : family();
    return Font.font(name, strong ? strongWeight() : FontWeight.NORMAL, size);
  }

  /** A font of the mono family. */
  public Font mono(double size, boolean strong) {
    return Font.font(tokens.fonts().get(strong ? "monoStrong" : "mono"), size);
  }

  private String tag() {
    return language.get().getLanguage().equals("ja") ? "ja" : "en";
  }

  /** The Japanese family has its strong cut as its bold weight. */
  private FontWeight strongWeight() {
    return tag().equals("ja") ? FontWeight.BOLD : FontWeight.NORMAL;
  }

  /** Gives the scene our style and keeps it up to date until the subscription ends. */
  public Subscription dress(Scene scene) {
    Runnable apply =
        () -> {
          scene.getRoot().pseudoClassStateChanged(CONTRAST, variant.get() == Variant.HIGH_CONTRAST);
          // First of all, because the call below styles each scene at once, and what is not
          // known then is complained of.
          scene.getStylesheets().setAll(sheets());
          Application.setUserAgentStylesheet(
              variant.get().isDark()
                  ? new PrimerDark().getUserAgentStylesheet()
                  : new PrimerLight().getUserAgentStylesheet());
        };
    apply.run();
    return Subscription.combine(
        variant.subscribe((_, _) -> apply.run()),
        language.subscribe((_, _) -> apply.run()),
        typeScale.subscribe((_, _) -> apply.run()));
  }

  /** The stylesheets of a dialog of its own window. */
  public void dress(Parent root) {
    root.getStylesheets().setAll(sheets());
  }

  private List<String> sheets() {
    List<String> sheets = new ArrayList<>();
    sheets.add(variables());
    sheets.add(Theme.class.getResource(STYLE).toString());
    String larger = TypeScale.rules(typeScale.get());
    if (!larger.isEmpty()) {
      sheets.add(url(larger));
    }
    return sheets;
  }

  private static String url(String css) {
    return "data:text/css;charset=utf-8;base64,"
        + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
  }

  /** The tokens as CSS looked-up colours, as a data URL that JavaFX reads as a stylesheet. */
  private String variables() {
    StringBuilder css = new StringBuilder(".root {\n");
    Map<Role, String> roles = palette().roles();
    roles.forEach(
        (role, colour) ->
            css.append("  -godwit-")
                .append(role.token())
                .append(": ")
                .append(colour)
                .append(";\n"));
    // A ring of a shadow; on dark ground none is seen.
    css.append("  -godwit-shade: ");
    css.append(variant.get() == Variant.LIGHT ? "rgba(0, 0, 0, 0.04)" : "transparent");
    css.append(";\n");
    double tint = variant.get() == Variant.HIGH_CONTRAST ? 0 : TINT;
    for (int i = 0; i < 8; i++) {
      css.append("  -godwit-program-").append(i).append(": ");
      css.append(palette().programs().get(i)).append(";\n");
      css.append("  -godwit-program-ink-").append(i).append(": ");
      css.append(Contrast.inkOn(palette().programs().get(i))).append(";\n");
      css.append("  -godwit-tint-").append(i).append(": ");
      css.append(mix(palette().programs().get(i), roles.get(Role.CARD), tint)).append(";\n");
    }
    for (int i = 0; i < 5; i++) {
      css.append("  -godwit-heat-").append(i).append(": ");
      css.append(heatPaint(i)).append(";\n");
      css.append("  -godwit-heat-ink-").append(i).append(": ");
      css.append(palette().heatInk()).append(";\n");
    }
    atlanta(css, roles);
    css.append("  -fx-font-family: \"").append(family()).append("\";\n");
    css.append("  -fx-font-size: ").append(size("type.body") * typeScale.get());
    css.append("px;\n}\n");
    rule(css, ".strong", tokens.fonts().get(tag() + "Strong"), strongWeight());
    rule(css, ".mono", monoFamily(), FontWeight.NORMAL);
    // RichTextFX gives its texts a family of its own.
    rule(css, ".source-code .text", monoFamily(), FontWeight.NORMAL);
    rule(css, ".mono.strong", tokens.fonts().get("monoStrong"), FontWeight.NORMAL);
    return url(css.toString());
  }

  private static void rule(StringBuilder css, String selector, String family, FontWeight weight) {
    css.append(selector).append(" { -fx-font-family: \"").append(family);
    css.append("\"; -fx-font-weight: ").append(weight.getWeight()).append("; }\n");
  }

  /** Heat is a tint; in high contrast a hatching that grows denser, with the number beside it. */
  private String heatPaint(int step) {
    if (variant.get() != Variant.HIGH_CONTRAST || step < 2) {
      return palette().heat().get(step);
    }
    int share = 94 - (step - 2) * 10;
    return "linear-gradient(from 0px 0px to 6px 6px, repeat, #000000 0%, #000000 "
        + share
        + "%, #8A8A8A "
        + share
        + "%, #8A8A8A 100%)";
  }

  /** {@code share} of one colour over another. */
  static String mix(String over, String ground, double share) {
    int a = Integer.parseInt(over.substring(1), 16);
    int b = Integer.parseInt(ground.substring(1), 16);
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double channel = (a >> shift & 0xFF) * share + (b >> shift & 0xFF) * (1 - share);
      mixed |= (int) Math.round(channel) << shift;
    }
    return "#%06X".formatted(mixed);
  }

  /** AtlantaFX takes its colours from these names; ours go in their place. */
  private static void atlanta(StringBuilder css, Map<Role, String> roles) {
    String[][] names = {
      {"-color-bg-default", "CARD"},
      {"-color-bg-overlay", "CARD"},
      {"-color-bg-subtle", "WINDOW"},
      {"-color-bg-inset", "CANVAS"},
      {"-color-fg-default", "TEXT"},
      {"-color-fg-muted", "MUTED"},
      {"-color-fg-subtle", "MUTED"},
      {"-color-fg-emphasis", "INK"},
      {"-color-border-default", "BORDER"},
      {"-color-border-muted", "BORDER"},
      {"-color-border-subtle", "BORDER"},
      {"-color-accent-fg", "ACCENT"},
      {"-color-accent-emphasis", "ACCENT"},
      {"-color-accent-muted", "ACCENT"},
      {"-color-accent-subtle", "SELECTION"},
      {"-color-success-fg", "OK"},
      {"-color-success-emphasis", "OK"},
      {"-color-warning-fg", "WARN"},
      {"-color-warning-emphasis", "WARN"},
      {"-color-danger-fg", "DANGER"},
      {"-color-danger-emphasis", "DANGER"},
    };
    for (String[] name : names) {
      css.append("  ").append(name[0]).append(": ");
      css.append(roles.get(Role.valueOf(name[1]))).append(";\n");
    }
  }
}
