package org.godwit.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test in which JavaFX complained of a style sheet: of a colour that is none, of a typo.
 */
public final class NoStyleComplaints implements BeforeEachCallback, AfterEachCallback {
  /** Kept here, because a logger that nobody holds loses its handlers. */
  private static final Logger STYLES = Logger.getLogger("javafx.css");

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Handler ears =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            complaints.add(entry.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Override
  public void beforeEach(ExtensionContext test) {
    complaints.clear();
    STYLES.addHandler(ears);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    STYLES.removeHandler(ears);
    assertThat(complaints).as("what JavaFX says of the style sheets").isEmpty();
  }
}
