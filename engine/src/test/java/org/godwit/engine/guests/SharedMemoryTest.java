package org.godwit.engine.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.model.ProcessId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may use a shared segment, and what home knows of a process that sleeps away. */
@DisplayName("Shared segments and sleepers")
class SharedMemoryTest {
  private static final int SHMGET = 194;
  private static final int SHMCTL = 195;
  private static final int SHMAT = 196;
  private static final int SETGID = 144;
  private static final int SETUID = 146;
  private static final int KEY = 4711;
  private static final int CREATE = 01000;
  private static final int READ_ONLY = 010000;
  private static final int STATUS = 2;

  @Test
  @DisplayName("another user may do with a segment what its mode says (shmop(2), shmctl(2))")
  void modes() {
    Script script = new Script();
    long status = script.room(112);
    Script.Slot id = new Script.Slot(0);
    script.call(SHMGET, KEY, 4096, CREATE | 0604).ifNegative("bad").keep(0);
    script.call(SETGID, 1000).expect(0, 9);
    script.call(SETUID, 1000).expect(0, 1);
    script.call(SHMGET, KEY, 4096, 0004).expect(0, 2);
    script.call(SHMGET, KEY, 4096, 0006).expect(-Errno.EACCES, 3);
    script.call(SHMAT, id, 0, 0).expect(-Errno.EACCES, 4);
    script.call(SHMAT, id, 0, READ_ONLY).ifNegative("bad");
    script.call(SHMCTL, id, STATUS, status).expect(0, 5);
    script.call(SHMCTL, id, STATUS, 16).expect(-Errno.EFAULT, 6);
    script.call(SHMCTL, id, 0, 0).expect(-Errno.EPERM, 7);
    script.call(SHMCTL, id, 1, status).expect(-Errno.EPERM, 8);
    script.exit(0).label("bad").exit(99);
    try (Lab lab = Lab.Plan.nodes(1).programs(script.named("modes")).open()) {
      ProcessId process = lab.launch("modes");
      assertThat(lab.until(() -> lab.status(process) >= 0, Lab.MILLI, Lab.SECOND)).isTrue();
      assertThat(lab.status(process)).isZero();
    }
  }

  @Test
  @DisplayName("home says S of a process that sleeps where it is, R of one that computes")
  void sleepsAway() {
    Script script = new Script();
    long long_ = script.words(20, 0);
    script.compute(60_000).call(101, long_, 0);
    Guests guests = script.label("on").compute(1_000).jump("on").named("naps");
    try (Lab lab = Lab.Plan.nodes(2).programs(guests).open()) {
      ProcessId process = lab.launch("naps");
      lab.move(process, 2);
      lab.forNanos(3 * Lab.SECOND);
      assertThat(lab.view(process).where()).isEqualTo(2);
      assertThat(state(lab, process)).isEqualTo("S");
      lab.forNanos(20 * Lab.SECOND);
      assertThat(state(lab, process)).isEqualTo("R");
    }
  }

  private static String state(Lab lab, ProcessId process) {
    byte[] text = lab.session.readFile(1, "/proc/" + process.pid() + "/stat").orElseThrow();
    return new String(text, ISO_8859_1).split(" ")[2];
  }
}
