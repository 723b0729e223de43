package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.Task;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The museum at the pace of one instruction a step: a stay reason is not there before the call that
 * raises it and is there after it, and the same for the call that clears it. The programs have no
 * symbols; which call an instruction is says the file itself, where it is an {@code ecall} (0x73),
 * and the number in a7, which is the one of Linux on riscv64 (include/uapi/asm-generic/unistd.h).
 */
class MuseumInstructionsTest {
  /** 800 MHz, so that an instruction takes 10 µs, a step of the grid. */
  private static final int ONE_INSTRUCTION_A_STEP = 8_000;

  private static final int A7 = 17;
  private static final int ECALL = 0x73;

  /** Where a reason came or went: what was retired before, and where the evidence says it was. */
  private record Change(long instructions, long pc) {}

  @ParameterizedTest
  @CsvSource({
    "memlock, 20, mem_lock, 228, 229", // mlock, munlock
    "mapdev, 20, mmap_dev, 222, 215", // mmap, munmap
    "realtime, 20, rt_sched, 119, 119", // sched_setscheduler
    "shmget, 0 4096 0600 4, monkey, 194, 197", // shmget, shmdt
    "pthread, 1 1000, clone_vm, 220, 93", // clone, exit of the thread
  })
  void aReasonComesAndGoesAtTheVeryInstruction(
      String program, String arguments, String reason, int raises, int clears) {
    List<Change> changes = changes(program, arguments, reason, raises, clears);
    assertThat(changes.getFirst().instructions()).isLessThan(changes.getLast().instructions());
  }

  /** A pass of the loop between is four instructions, as the programs' sources say. */
  @ParameterizedTest
  @CsvSource({
    "memlock, mem_lock, 228, 229",
    "mapdev, mmap_dev, 222, 215",
    "realtime, rt_sched, 119, 119"
  })
  void betweenThemLieTheInstructionsOfTheLoop(
      String program, String reason, int raises, int clears) {
    assertThat(
            between(changes(program, "50", reason, raises, clears))
                - between(changes(program, "20", reason, raises, clears)))
        .isEqualTo(4 * 30);
  }

  private static long between(List<Change> changes) {
    return changes.getLast().instructions() - changes.getFirst().instructions();
  }

  private static List<Change> changes(
      String program, String arguments, String reason, int raises, int clears) {
    byte[] elf = Catalogue.elf(Catalogue.program(program).orElseThrow());
    List<Change> changes = new ArrayList<>();
    try (Lab looking = open();
        Lab stepping = open()) {
      ProcessId id = looking.launch(program, arguments.split(" "));
      stepping.launch(program, arguments.split(" "));
      boolean both =
          looking.until(
              () -> !looking.happened(Happening.ReasonCleared.class, id).isEmpty(),
              Lab.SECOND / 10,
              5 * Lab.SECOND);
      assertThat(both).as("it came and went").isTrue();
      boolean raised = false;
      for (Event event : looking.session.events(0)) {
        if (event.what() instanceof Happening.ReasonRaised(var who, var evidence)) {
          if (raised || !who.equals(id)) {
            continue;
          }
          raised = true;
          changes.add(stepTo(stepping, id, event.atNanos(), "", reason, raises, elf, evidence));
        } else if (event.what() instanceof Happening.ReasonCleared(var who, var what)
            && who.equals(id)) {
          assertThat(what.word()).isEqualTo(reason);
          changes.add(stepTo(stepping, id, event.atNanos(), reason, "", clears, elf, null));
          break;
        }
      }
    }
    return changes;
  }

  private static Lab open() {
    return Lab.Plan.nodes(1).divisor(ONE_INSTRUCTION_A_STEP).programs(Guests.ON_BOARD).open();
  }

  /** Goes on, an instruction at a time at last, to the one that changes what is in cantmove. */
  private static Change stepTo(
      Lab lab,
      ProcessId id,
      long atNanos,
      String before,
      String after,
      int call,
      byte[] elf,
      StayEvidence evidence) {
    lab.session.advance(Math.max(lab.session.now(), atNanos - atNanos % 10_000 - 50_000));
    List<Long> calling = List.of();
    for (int step = 0; step < 20; step++) {
      assertThat(cantmove(lab, id)).isEqualTo(before);
      List<Long> next = calling(lab, id, call);
      calling = next.isEmpty() ? calling : next; // The call itself takes a while.
      lab.step();
      if (!cantmove(lab, id).equals(before)) {
        assertThat(cantmove(lab, id)).isEqualTo(after);
        assertThat(calling).as("a task stood at call %d just before", call).hasSize(1);
        assertThat(word(elf, calling.getFirst())).isEqualTo(ECALL);
        if (evidence != null) {
          assertThat(evidence.pc()).isEqualTo(calling.getFirst());
        }
        return new Change(lab.view(id).instructions(), calling.getFirst());
      }
    }
    throw new AssertionError("cantmove stays as it is: " + before);
  }

  /** Addresses at which tasks of the process are about to make a call. */
  private static List<Long> calling(Lab lab, ProcessId id, int call) {
    byte[] elf = Catalogue.elf(Catalogue.program(lab.view(id).program()).orElseThrow());
    List<Long> found = new ArrayList<>();
    for (Task task : Inside.node(lab.session, 1).kernel().body(id).tasks()) {
      long pc = task.hart().pc();
      if (task.hart().x(A7) == call && word(elf, pc) == ECALL) {
        found.add(pc);
      }
    }
    return found;
  }

  private static String cantmove(Lab lab, ProcessId id) {
    byte[] text = lab.session.readFile(1, "/proc/" + id.pid() + "/cantmove").orElseThrow();
    return new String(text, java.nio.charset.StandardCharsets.ISO_8859_1).strip();
  }

  /** The 32-bit word at an address of a static ELF, found by its program headers. */
  private static int word(byte[] elf, long address) {
    ByteBuffer file = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
    int headers = (int) file.getLong(32);
    for (int i = 0; i < file.getShort(56); i++) {
      int at = headers + i * file.getShort(54);
      long start = file.getLong(at + 16);
      if (file.getInt(at) == 1
          && address >= start
          && address + 4 <= start + file.getLong(at + 32)) {
        return file.getInt((int) (file.getLong(at + 8) + address - start));
      }
    }
    return 0;
  }
}
