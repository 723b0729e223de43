package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFileReader;
import org.godwit.engine.session.file.SessionFileWriter;
import org.godwit.model.command.Command;
import org.junit.jupiter.api.Test;

/**
 * A paused cluster takes commands in any order of nodes; its file must not look damaged for that.
 */
class SavedOrderTest {
  @Test
  void commandsAtOneInstantMayGoFromNodeToNodeInAnyOrder() throws Exception {
    try (Session session = Variation.cluster(1, 1, 1).policy("none").open()) {
      for (int node : new int[] {3, 1, 2}) {
        session.submit(new Command.Launch("L" + node, node, "spin", List.of(), 1, false));
      }
      session.advance(1_000_000_000L);
      session.submit(new Command.SetSpeed(2, 5000));
      session.submit(new Command.SetSpeed(1, 5000));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      SessionFileWriter.write(RecordedSession.of(session), out);
      OpenedSession opened =
          SessionFileReader.read("saved.godwit", new ByteArrayInputStream(out.toByteArray()));
      assertThat(opened.damage()).isEmpty();
      assertThat(opened.session().events()).isEqualTo(session.events(0));
    }
  }
}
