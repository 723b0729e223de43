package org.godwit.engine.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.PageStore;
import org.junit.jupiter.api.Test;

class ElfImageTest {
  private static final AuxValues AUX = new AuxValues(1, 2, 3, 4, false, new byte[16]);

  @Test
  void aGoodFileIsAnImage() {
    assertThat(ElfImage.parse(TinyElf.good().bytes())).isInstanceOf(ElfImage.class);
  }

  @Test
  void eachFlawIsNamedWithItsArguments() {
    flaw(new byte[0], ElfFlaw.NOT_ELF);
    flaw("#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII), ElfFlaw.NOT_ELF);

    TinyElf elf = TinyElf.good();
    elf.length = 12;
    flaw(elf.bytes(), ElfFlaw.TRUNCATED, 64L, 12L);
    elf.length = 40;
    flaw(elf.bytes(), ElfFlaw.TRUNCATED, 64L, 40L);
    elf.length = 100;
    flaw(elf.bytes(), ElfFlaw.TRUNCATED, 64L + 2 * 56, 100L);
    elf.length = 0x1900;
    flaw(elf.bytes(), ElfFlaw.TRUNCATED, 0x1a34L, 0x1900L);

    elf = TinyElf.good();
    elf.fileClass = 1;
    flaw(elf.bytes(), ElfFlaw.WRONG_CLASS, 32);
    elf = TinyElf.good();
    elf.encoding = 2;
    flaw(elf.bytes(), ElfFlaw.BIG_ENDIAN);
    elf.machine = 8;
    flaw(elf.bytes(), ElfFlaw.WRONG_MACHINE, "MIPS", 8);
    elf = TinyElf.good();
    elf.machine = 62;
    flaw(elf.bytes(), ElfFlaw.WRONG_MACHINE, "x86-64", 62);
    elf.machine = 40;
    elf.fileClass = 1;
    flaw(elf.bytes(), ElfFlaw.WRONG_MACHINE, "ARM", 40);
    elf.machine = 9999;
    flaw(elf.bytes(), ElfFlaw.WRONG_MACHINE, "e_machine 9999", 9999);
    elf = TinyElf.good();
    elf.type = 1;
    flaw(elf.bytes(), ElfFlaw.NOT_EXECUTABLE, 1);
    elf.type = 3;
    flaw(elf.bytes(), ElfFlaw.DYNAMIC, "");

    String ld = "/lib/ld-linux-riscv64-lp64d.so.1";
    flaw(
        TinyElf.good().text(0x2000, ld).segment(3, 4, 0x2000, 0x12000, 33, 33).bytes(),
        ElfFlaw.DYNAMIC,
        ld);
    flaw(TinyElf.good().segment(1, 4, 0, 0x40000, 0x20, 0x10).bytes(), ElfFlaw.BAD_SEGMENT, 2);
    flaw(TinyElf.good().segment(1, 4, 1, 0x40000, 0x20, 0x20).bytes(), ElfFlaw.BAD_SEGMENT, 2);
    flaw(
        TinyElf.good().segment(1, 4, 0, TinyElf.DATA, 0x900, 0x900).bytes(),
        ElfFlaw.OVERLAPPING_SEGMENTS,
        1,
        2);
    flaw(
        TinyElf.good().segment(1, 4, 0, 1L << 40, 0x900, 0x900).bytes(),
        ElfFlaw.OUTSIDE_ADDRESSES,
        2,
        1L << 40,
        (1L << 40) + 0x900);
    flaw(TinyElf.good().segment(1, 4, 0, 0, 9, 9).bytes(), ElfFlaw.OUTSIDE_ADDRESSES, 2, 0L, 9L);
    flaw(TinyElf.good().without(0).bytes(), ElfFlaw.NO_CODE);
    elf = TinyElf.good();
    elf.entry = TinyElf.DATA + 0x900;
    flaw(elf.bytes(), ElfFlaw.ENTRY_OUTSIDE, TinyElf.DATA + 0x900);

    PageStore store = PageStore.sealed(TinyElf.good().bytes());
    assertThat(ElfImage.parse(store, 0x5fff))
        .isEqualTo(ElfProblem.of(ElfFlaw.EXCEEDS_MEMORY, 0x6000L, 0x5fffL));
    assertThat(ElfImage.parse(store, 0x6000)).isInstanceOf(ElfImage.class);
  }

  private static void flaw(byte[] file, ElfFlaw flaw, Object... arguments) {
    assertThat(ElfImage.parse(file)).isEqualTo(new ElfProblem(flaw, List.of(arguments)));
  }

  @Test
  void nothingInAFileMakesItThrow() {
    byte[] good = TinyElf.good().bytes();
    Random random = new Random(4);
    int images = 0;
    for (int i = 0; i < 4_000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(8) == 0 ? random.nextInt(600) : good.length);
      for (int n = random.nextInt(6); n >= 0 && bad.length > 0; n--) {
        int at = random.nextInt(Math.min(bad.length, 200));
        bad[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(3) - 1);
      }
      if (ElfImage.parse(bad) instanceof ElfImage image) {
        images++;
        image.symbol("main");
        AddressSpace memory = new AddressSpace(new Frames(3000));
        try {
          Loader.load(image, image.store().backing(1), memory, startup("x"));
        } catch (OutOfFrames full) {
          memory.release();
        }
      }
    }
    assertThat(images).isPositive();
  }

  private static Startup startup(String... arguments) {
    return new Startup(
        "/bin/tiny", Startup.bytes(List.of(arguments)), Startup.bytes(List.of("A=1", "B=2")), AUX);
  }

  @Test
  void segmentsAreMappedAndTheRestIsZero() {
    byte[] file = TinyElf.good().bytes();
    AddressSpace memory = new AddressSpace(Frames.unlimited());
    Loaded loaded = load(file, memory, "tiny");
    assertThat(loaded.entry()).isEqualTo(TinyElf.good().entry);
    assertThat(loaded.heapStart()).isEqualTo(TinyElf.DATA + 0x6000);
    assertThat(memory.brk()).isEqualTo(loaded.heapStart());
    assertThat(memory.load8(TinyElf.TEXT + 0x123)).isEqualTo(file[0x123] & 0xff);
    for (int i = 0; i < 0x234; i++) {
      assertThat(memory.load8(TinyElf.DATA + 0x800 + i)).isEqualTo(file[0x1800 + i] & 0xff);
    }
    for (long at = TinyElf.DATA + 0xa34; at < TinyElf.DATA + 0x5800; at++) {
      assertThat(memory.load8(at)).as("%x", at).isZero();
    }
    assertThat(memory.find(TinyElf.TEXT).prot()).isEqualTo(5);
    assertThat(memory.find(TinyElf.TEXT).name()).isEqualTo("/bin/tiny");
    assertThat(memory.find(TinyElf.DATA).prot()).isEqualTo(3);
  }

  @Test
  void aReadOnlySegmentWithATailIsZeroedAndStaysReadOnly() {
    byte[] file = TinyElf.good().segment(1, 4, 0x2000, 0x40000, 0x10, 0x20).bytes();
    AddressSpace memory = new AddressSpace(Frames.unlimited());
    load(file, memory);
    assertThat(memory.load8(0x40010)).isZero();
    assertThat(memory.find(0x40000).prot()).isEqualTo(1);
  }

  private static Loaded load(byte[] file, AddressSpace memory, String... arguments) {
    ElfImage image = (ElfImage) ElfImage.parse(file);
    return Loader.load(image, image.store().backing(1), memory, startup(arguments));
  }

  @Test
  void theStackHoldsArgumentsEnvironmentAndAuxiliaryVector() {
    AddressSpace memory = new AddressSpace(Frames.unlimited());
    long sp = load(TinyElf.good().bytes(), memory, "tiny", "", "two words").stackPointer();
    assertThat(sp % 16).isZero();
    assertThat(memory.load64(sp)).isEqualTo(3);
    assertThat(text(memory, sp + 8)).isEqualTo("tiny");
    assertThat(text(memory, sp + 16)).isEmpty();
    assertThat(text(memory, sp + 24)).isEqualTo("two words");
    assertThat(memory.load64(sp + 32)).isZero();
    assertThat(text(memory, sp + 40)).isEqualTo("A=1");
    assertThat(text(memory, sp + 48)).isEqualTo("B=2");
    assertThat(memory.load64(sp + 56)).isZero();
    assertThat(memory.load64(sp + 8)).isLessThan(memory.load64(sp + 16));
    long aux = sp + 64;
    assertThat(auxiliary(memory, aux, 6)).isEqualTo(4096);
    assertThat(auxiliary(memory, aux, 3)).isEqualTo(TinyElf.TEXT + 64);
    assertThat(auxiliary(memory, aux, 4)).isEqualTo(56);
    assertThat(auxiliary(memory, aux, 5)).isEqualTo(2);
    assertThat(auxiliary(memory, aux, 9)).isEqualTo(TinyElf.good().entry);
    assertThat(auxiliary(memory, aux, 16)).isEqualTo(0x112d);
    assertThat(auxiliary(memory, aux, 17)).isEqualTo(100);
    for (int id = 0; id < 4; id++) {
      assertThat(auxiliary(memory, aux, 11 + id)).isEqualTo(id + 1);
    }
    assertThat(auxiliary(memory, aux, 23)).isZero();
    assertThat(memory.load64(auxiliary(memory, aux, 25))).isZero();
    long path = auxiliary(memory, aux, 31);
    assertThat(memory.readCString(path, 100)).asString().isEqualTo("/bin/tiny");
  }

  private static String text(AddressSpace memory, long pointer) {
    return new String(memory.readCString(memory.load64(pointer), 100), StandardCharsets.UTF_8);
  }

  private static long auxiliary(AddressSpace memory, long start, int key) {
    for (long at = start; memory.load64(at) != 0; at += 16) {
      if (memory.load64(at) == key) {
        return memory.load64(at + 8);
      }
    }
    throw new AssertionError("no auxiliary value " + key);
  }
}
