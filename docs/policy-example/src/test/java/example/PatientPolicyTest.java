package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.policy.Verdict;
import org.junit.jupiter.api.Test;

class PatientPolicyTest {
  private static final ProcessId JOB = new ProcessId(1, 1001);

  private final PatientPolicy policy = new PatientPolicy();

  @Test
  void sendsToTheLeastLoaded() {
    Verdict verdict = policy.decide(beliefs(20, 3), List.of());
    assertEquals(JOB, verdict.process());
    assertEquals(3, verdict.to());
    assertEquals(List.of(20_000_000_000L), verdict.memory());
  }

  @Test
  void waitsAfterAMove() {
    Verdict verdict = policy.decide(beliefs(20, 3), List.of(16_000_000_000L));
    assertNull(verdict.process());
    assertEquals(List.of(16_000_000_000L), verdict.memory());
  }

  @Test
  void staysWhereTheDifferenceIsSmall() {
    assertNull(policy.decide(beliefs(20, 1), List.of()).process());
  }

  private static Beliefs beliefs(long seconds, double runnable) {
    return new Beliefs(
        seconds * 1_000_000_000L,
        1,
        1,
        10_000,
        runnable,
        runnable,
        false,
        false,
        1 << 28,
        1 << 28,
        List.of(
            new Beliefs.Resident(
                JOB, false, "", false, 1, 1, 10_000_000_000L, 0, 0, 1 << 20, 0, 200_000)),
        List.of(peer(2, 1), peer(3, 0)));
  }

  private static Beliefs.Peer peer(int node, double load) {
    return new Beliefs.Peer(
        node, 1_000_000_000L, 1, 10_000, load, false, 1 << 28, 1 << 28, 100, 100_000);
  }
}
