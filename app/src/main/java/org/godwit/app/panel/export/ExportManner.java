package org.godwit.app.panel.export;

import org.godwit.app.text.Messages;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;
import org.godwit.engine.session.file.RecordedSession;

/**
 * How pictures and pages are made.
 *
 * @param messages their words
 * @param tokens the theme's values
 * @param variant the variant that they are drawn in; pages follow the reader instead
 * @param fromNanos where an animation begins
 * @param untilNanos where it ends, and the instant of a picture of the cluster
 */
public record ExportManner(
    Messages messages, Tokens tokens, Variant variant, long fromNanos, long untilNanos) {
  /** Light, over the whole of a session. */
  public static ExportManner whole(RecordedSession session, Messages messages) {
    return new ExportManner(messages, Tokens.load(), Variant.LIGHT, 0, session.facts().endNanos());
  }

  /** The same over another stretch. */
  public ExportManner between(long from, long until) {
    return new ExportManner(messages, tokens, variant, from, until);
  }
}
