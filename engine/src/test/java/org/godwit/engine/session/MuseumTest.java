package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.godwit.model.StayEvidence;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.json.ScenarioReader;
import org.godwit.resources.Catalogue;
import org.godwit.resources.ProgramCard;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs that raise a stay reason and clear it, again and again. */
class MuseumTest {
  /** 3 s of CPU free, 3 s tied; alone on its node, so CPU time is time. */
  @ParameterizedTest
  @CsvSource({"memlock, mlock", "mapdev, mmap", "realtime, sched_setscheduler"})
  void theReasonComesAndGoes(String program, String call) throws Exception {
    ProgramCard card = Catalogue.program(program).orElseThrow();
    try (Session session =
        Session.open(
            ScenarioReader.read(
                "museum.json",
                new StringReader(
                    """
                    {"nodes": [{"id": 1}], "script": [
                      {"at": "0s", "do": "launch", "node": 1, "program": "%s"}]}
                    """
                        .formatted(program))),
            name -> Catalogue.program(name).map(Catalogue::elf),
            SessionOptions.DEFAULT)) {
      session.advance(14_000_000_000L);
      List<String> story = new ArrayList<>();
      for (Event event : session.events(0)) {
        long second = Math.round(event.atNanos() / 1e9);
        switch (event.what()) {
          case Happening.ReasonRaised raised -> {
            StayEvidence evidence = raised.evidence();
            assertThat(evidence.reason().word()).isEqualTo(card.reason().orElseThrow());
            assertThat(evidence.call()).isEqualTo(call);
            story.add("raised " + second);
          }
          case Happening.ReasonCleared _ -> story.add("cleared " + second);
          default -> {}
        }
      }
      assertThat(story).containsExactly("raised 3", "cleared 6", "raised 9", "cleared 12");
    }
  }

  /**
   * The two of the seed: shared memory until it is given back, threads until one is left; and the
   * instruction that is named is the call, for these as for the others.
   */
  @ParameterizedTest
  @CsvSource({
    "shmget, monkey, shmget, 0 4096 0600 40",
    "pthread, clone_vm, clone, 3 400000",
    "memlock, mem_lock, mlock, ''",
    "mapdev, mmap_dev, mmap, ''",
    "realtime, rt_sched, sched_setscheduler, ''"
  })
  void theReasonIsRaisedByTheCallThatIsNamedAndClearedWhileTheProcessLives(
      String program, String word, String call, String arguments) throws Exception {
    List<String> given = arguments.isEmpty() ? List.of() : List.of(arguments.split(" "));
    try (Session session =
        Variation.cluster(1)
            .divisor(given.isEmpty() ? 100 : 1000)
            .launch("it", program, 1, given.toArray(String[]::new))
            .open()) {
      session.advance(7_000_000_000L);
      List<String> story = new ArrayList<>();
      for (Event event : session.events(0)) {
        switch (event.what()) {
          case Happening.ReasonRaised raised -> {
            assertThat(raised.evidence().call()).isEqualTo(call);
            assertThat(word(Catalogue.elf(card(program)), raised.evidence().pc()))
                .as("ecall")
                .isEqualTo(0x73);
            story.add("raised " + raised.evidence().reason().word());
          }
          case Happening.ReasonCleared cleared -> story.add("cleared " + cleared.reason().word());
          case Happening.Exited exited -> story.add("exited " + exited.status());
          default -> {}
        }
      }
      assertThat(story).startsWith("raised " + word, "cleared " + word);
      if (!given.isEmpty()) {
        assertThat(story).containsExactly("raised " + word, "cleared " + word, "exited 0");
      }
    }
  }

  private static ProgramCard card(String program) {
    return Catalogue.program(program).orElseThrow();
  }

  /** The 32-bit word at an address of a static ELF, found by its program headers. */
  private static int word(byte[] elf, long address) {
    ByteBuffer file = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
    int headers = (int) file.getLong(32);
    for (int i = 0; i < file.getShort(56); i++) {
      int at = headers + i * file.getShort(54);
      long start = file.getLong(at + 16);
      if (file.getInt(at) == 1 && address >= start && address < start + file.getLong(at + 32)) {
        return file.getInt((int) (file.getLong(at + 8) + address - start));
      }
    }
    throw new AssertionError("no segment holds " + Long.toHexString(address));
  }
}
