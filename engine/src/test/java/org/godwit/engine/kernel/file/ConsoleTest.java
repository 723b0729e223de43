package org.godwit.engine.kernel.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.godwit.engine.kernel.call.Errno;
import org.junit.jupiter.api.Test;

/** What a launched program sees as descriptors 0, 1 and 2. */
class ConsoleTest {
  private final FileWorld world = new FileWorld();
  private final StringBuilder written = new StringBuilder();

  private Console attach() {
    ConsoleSink sink =
        (writer, kind, data) ->
            written.append(kind).append(':').append(new String(data, StandardCharsets.UTF_8));
    Console console = world.node.console(sink);
    world.ctx.attach(console);
    return console;
  }

  @Test
  void outputLeavesByItsKind() {
    attach();
    world.write(1, "out ");
    world.write(2, "err ");
    world.call("dup3", 1, 2, 0);
    world.write(2, "both");
    assertThat(written).hasToString("1:out 2:err 1:both");
  }

  @Test
  void inputIsAwaitedAndEnds() {
    Console console = attach();
    FileWorld.Made reader = world.make("read", 0, new FileWorld.Room(9), 9);
    assertThat(reader.waits()).isTrue();
    console.feed("line".getBytes(StandardCharsets.UTF_8));
    assertThat(reader.woken).isTrue();
    assertThat(reader.attempt().text(1)).isEqualTo("line");
    console.end();
    assertThat(world.read(0, 9)).isEmpty();
  }

  @Test
  void itIsNoTerminal() {
    attach();
    assertThat(world.call("ioctl", 1, 0x5401, new FileWorld.Room(36))).isEqualTo(-Errno.ENOTTY);
  }
}
