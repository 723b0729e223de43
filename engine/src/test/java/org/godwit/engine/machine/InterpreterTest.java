package org.godwit.engine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Backing;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.PageWait;
import org.godwit.engine.memory.Prot;
import org.godwit.engine.state.StateReader;
import org.godwit.engine.state.StateWriter;
import org.junit.jupiter.api.Test;

/** Stops, exactness and coherence of the interpreter on small assembled programs. */
class InterpreterTest {
  private static final int A0 = Hart.A0;
  private static final int A1 = Hart.A1;

  @Test
  void hotMethodsAreSmallEnoughForHotSpot() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Class<?> type :
        List.of(
            Interpreter.class,
            Blocks.class,
            Cold.class,
            SingleFloats.class,
            DoubleFloats.class,
            Floats.class,
            AddressSpace.class)) {
      String file = "/" + type.getName().replace('.', '/') + ".class";
      try (InputStream in = type.getResourceAsStream(file)) {
        for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
          int length = method.code().map(c -> ((CodeAttribute) c).codeLength()).orElse(0);
          if (length >= 8000) {
            tooLong.add(type.getSimpleName() + "." + method.methodName() + ": " + length);
          }
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  /** HotSpot inlines nothing larger where it has not seen that it is hot (MaxInlineSize). */
  @Test
  void accessesAreSmallEnoughToBeInlinedAnywhere() throws Exception {
    List<String> seen = new ArrayList<>();
    try (InputStream in = Interpreter.class.getResourceAsStream("Interpreter.class")) {
      for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
        String name = method.methodName().stringValue();
        if (name.matches("(load|store|get|put)[0-9]+|known|slot|within")) {
          int length = ((CodeAttribute) method.code().orElseThrow()).codeLength();
          assertThat(length).as(name).isLessThanOrEqualTo(35);
          seen.add(name);
        }
      }
    }
    assertThat(seen).hasSize(19);
  }

  @Test
  void aSystemCallRetiresAndLeavesPcBehindIt() {
    BareHart world = new BareHart("addi a7,zero,64; ecall; addi a0,zero,1");
    assertThat(world.run()).isEqualTo(Stop.ECALL);
    assertThat(world.hart.pc()).isEqualTo(BareHart.CODE + 8);
    assertThat(world.hart.retired()).isEqualTo(2);
  }

  @Test
  void aBreakpointAndAnIllegalWordDoNotRetire() {
    for (String text : new String[] {"ebreak", "c.ebreak", ".word 0xffffffff", ".half 0"}) {
      BareHart world = new BareHart("addi a0,zero,1; " + text);
      assertThat(world.run()).isEqualTo(text.contains("break") ? Stop.EBREAK : Stop.ILLEGAL);
      assertThat(world.hart.pc()).isEqualTo(BareHart.CODE + 4);
      assertThat(world.hart.retired()).isEqualTo(1);
    }
  }

  @Test
  void aBudgetEndsExactlyAndZeroDoesNothing() {
    BareHart world = new BareHart("loop:\naddi a0,a0,1\nbne a0,zero,loop");
    assertThat(world.run(0)).isEqualTo(Stop.BUDGET);
    assertThat(world.hart.retired()).isZero();
    assertThat(world.run(7)).isEqualTo(Stop.BUDGET);
    assertThat(world.hart.x(A0)).isEqualTo(4);
    assertThat(world.hart.pc()).isEqualTo(BareHart.CODE + 4);
    assertThat(world.run(1)).isEqualTo(Stop.BUDGET);
    assertThat(world.hart.pc()).isEqualTo(BareHart.CODE);
  }

  @Test
  void aJumpToNowhereRetiresAndTheFetchFaultsThere() {
    BareHart world = new BareHart("lui a0,0x70; jalr ra,5(a0)");
    assertThat(world.run(2)).isEqualTo(Stop.BUDGET);
    assertThat(world.hart.pc()).isEqualTo(0x70004);
    assertThat(world.run()).isEqualTo(Stop.FAULT);
    assertThat(world.hart.retired()).isEqualTo(2);
    GuestFault fault = world.hart.fault();
    assertThat(fault.kind()).isEqualTo(GuestFault.Kind.FETCH);
    assertThat(fault.cause()).isEqualTo(GuestFault.Cause.UNMAPPED);
    assertThat(fault.address()).isEqualTo(0x70004);
    assertThat(world.hart.x(1)).isEqualTo(BareHart.CODE + 8);
  }

  @Test
  void executingDataIsDenied() {
    BareHart world = new BareHart("lui a0,0x40; jalr zero,0(a0)");
    assertThat(world.run()).isEqualTo(Stop.FAULT);
    assertThat(world.hart.fault().cause()).isEqualTo(GuestFault.Cause.DENIED);
  }

  @Test
  void faultsInTheMiddleOfABlockArePrecise() {
    for (String access :
        new String[] {
          "ld a2,0(a0)", "lbu a2,0(a0)", "sd a2,0(a0)", "fsw fa0,0(a0)", "flw fa0,0(a0)"
        }) {
      BareHart world =
          new BareHart("addi a1,zero,5; c.addi a1,1; lui a0,0x123; " + access + "; addi a1,zero,9");
      world.hart.setX(12, 77);
      assertThat(world.run()).isEqualTo(Stop.FAULT);
      assertThat(world.hart.pc()).isEqualTo(BareHart.CODE + 10);
      assertThat(world.hart.retired()).isEqualTo(3);
      assertThat(world.hart.x(A1)).isEqualTo(6);
      assertThat(world.hart.x(12)).isEqualTo(77);
      assertThat(world.hart.fault().address()).isEqualTo(0x123000);
      assertThat(world.hart.fault().kind())
          .isEqualTo(
              access.charAt(0) == 'l' || access.startsWith("fl")
                  ? GuestFault.Kind.LOAD
                  : GuestFault.Kind.STORE);
    }
  }

  @Test
  void aStoreAcrossTwoPagesHappensWhollyOrNotAtAll() {
    BareHart world = new BareHart("sd a1,-4(a0); ld a2,-4(a0); ebreak");
    world.hart.setX(A0, BareHart.DATA + 4096);
    world.hart.setX(A1, 0x1122334455667788L);
    assertThat(world.run()).isEqualTo(Stop.EBREAK);
    assertThat(world.hart.x(12)).isEqualTo(0x1122334455667788L);

    BareHart edge = new BareHart("sd a1,-4(a0)");
    edge.hart.setX(A0, BareHart.DATA + BareHart.PAGES);
    edge.hart.setX(A1, -1);
    assertThat(edge.run()).isEqualTo(Stop.FAULT);
    assertThat(edge.hart.fault().address()).isEqualTo(BareHart.DATA + BareHart.PAGES);
    assertThat(edge.memory.load32(BareHart.DATA + BareHart.PAGES - 4)).isZero();
  }

  @Test
  void instructionsAcrossPagesAndBranchesBetweenPagesWork() {
    BareHart world = new BareHart("addi a0,zero,3");
    long edge = BareHart.CODE + 4096;
    world.put(
        edge - 6, "back:\naddi a1,a1,1\naddi a0,a0,-1\nbne a0,zero," + hex(edge - 6) + "\necall");
    world.put(BareHart.CODE + 4, "jal ra," + hex(edge - 6));
    assertThat(world.run()).isEqualTo(Stop.ECALL);
    assertThat(world.hart.x(A1)).isEqualTo(3);
    assertThat(world.hart.retired()).isEqualTo(2 + 9 + 1);
    assertThat(world.hart.x(1)).isEqualTo(BareHart.CODE + 8);
  }

  private static String hex(long address) {
    return Long.toHexString(address);
  }

  @Test
  void branchesOfEveryKindAgreeNearAndFar() {
    long[] values = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE};
    String[] kinds = {"beq", "bne", "blt", "bge", "bltu", "bgeu"};
    for (String kind : kinds) {
      for (long a : values) {
        for (long b : values) {
          boolean expected = taken(kind, a, b);
          for (long from : new long[] {BareHart.CODE, BareHart.CODE + 4096 - 8}) {
            BareHart world = new BareHart("c.addi zero,0");
            world.put(from, kind + " a0,a1," + hex(from + 12) + "; ebreak; ebreak; ecall");
            world.hart.setPc(from);
            world.hart.setX(A0, a);
            world.hart.setX(A1, b);
            assertThat(world.run())
                .as("%s %d %d", kind, a, b)
                .isEqualTo(expected ? Stop.ECALL : Stop.EBREAK);
          }
        }
      }
    }
  }

  private static boolean taken(String kind, long a, long b) {
    return switch (kind) {
      case "beq" -> a == b;
      case "bne" -> a != b;
      case "blt" -> a < b;
      case "bge" -> a >= b;
      case "bltu" -> Long.compareUnsigned(a, b) < 0;
      default -> Long.compareUnsigned(a, b) >= 0;
    };
  }

  @Test
  void pcRelativeValuesAreThoseOfTheInstruction() {
    BareHart world =
        new BareHart(
            "c.addi zero,0; c.addi zero,0; auipc a0,0xfffff; jal a1," + hex(BareHart.CODE + 12));
    world.put(BareHart.CODE + 12, "c.jalr a2");
    world.hart.setX(12, BareHart.DATA);
    world.run(5);
    assertThat(world.hart.x(A0)).isEqualTo(BareHart.CODE + 4 - 4096);
    assertThat(world.hart.x(A1)).isEqualTo(BareHart.CODE + 12);
    assertThat(world.hart.x(1)).isEqualTo(BareHart.CODE + 14);
    assertThat(world.hart.pc()).isEqualTo(BareHart.DATA);
  }

  @Test
  void aCallThroughItsOwnLinkRegisterUsesTheOldValue() {
    BareHart world = new BareHart("jalr ra,8(ra); ebreak; ecall");
    world.hart.setX(1, BareHart.CODE);
    assertThat(world.run()).isEqualTo(Stop.ECALL);
    assertThat(world.hart.x(1)).isEqualTo(BareHart.CODE + 4);
  }

  @Test
  void x0StaysZero() {
    BareHart world =
        new BareHart("addi zero,zero,5; add a0,zero,zero; jal zero,10010; ebreak; ecall");
    assertThat(world.run()).isEqualTo(Stop.ECALL);
    assertThat(world.hart.x(A0)).isZero();
    assertThat(world.hart.x(0)).isZero();
  }

  @Test
  void countersAreExactInsideARun() {
    BareHart world =
        new BareHart(
            "c.addi zero,0; csrrs a0,instret,zero; c.addi zero,0; csrrs a1,time,zero; csrrs"
                + " a2,cycle,zero; ecall");
    world.hart.setCounters(
        new Counters() {
          @Override
          public long time(long retired) {
            return 1000 + retired;
          }

          @Override
          public long cycle(long retired) {
            return 100 * retired;
          }
        });
    assertThat(world.run()).isEqualTo(Stop.ECALL);
    assertThat(world.hart.x(A0)).isEqualTo(1);
    assertThat(world.hart.x(A1)).isEqualTo(1003);
    assertThat(world.hart.x(12)).isEqualTo(400);
  }

  @Test
  void csrsThatUserModeLacksAreIllegalAndCountersCannotBeWritten() {
    for (String text :
        new String[] {
          "csrrs a0,0x300,zero", "csrrw a0,cycle,a1", "csrrs a0,time,a1", "csrrwi a0,instret,0"
        }) {
      BareHart world = new BareHart(text);
      world.hart.setX(A1, 1);
      assertThat(world.run()).as(text).isEqualTo(Stop.ILLEGAL);
      assertThat(world.hart.x(A0)).isZero();
    }
  }

  @Test
  void fcsrPartsAreOneRegister() {
    BareHart world =
        new BareHart(
            "csrrwi zero,frm,3; csrrsi zero,fflags,17; csrrs a0,fcsr,zero; csrrci a1,fflags,1;"
                + " csrrs a2,fcsr,zero; ecall");
    assertThat(world.run()).isEqualTo(Stop.ECALL);
    assertThat(world.hart.x(A0)).isEqualTo(3 << 5 | 17);
    assertThat(world.hart.x(A1)).isEqualTo(17);
    assertThat(world.hart.x(12)).isEqualTo(3 << 5 | 16);
  }

  @Test
  void aReservedRoundingModeIsIllegal() {
    BareHart world = new BareHart("csrrwi zero,frm,5; fadd.d fa0,fa1,fa2,rne; fadd.d fa0,fa1,fa2");
    assertThat(world.run()).isEqualTo(Stop.ILLEGAL);
    assertThat(world.hart.retired()).isEqualTo(2);
    BareHart fixed = new BareHart(".word 0x02c5d553"); // fadd.d with rm 5
    assertThat(fixed.run()).isEqualTo(Stop.ILLEGAL);
  }

  @Test
  void singlesAreBoxedAndWordsExtended() {
    BareHart world =
        new BareHart(
            "flw fa0,0(a0); fmv.x.w a1,fa0; fmv.x.d a2,fa0; fadd.s fa1,fa0,fa0; fmv.x.d a3,fa1;"
                + " ecall");
    world.hart.setX(A0, BareHart.DATA);
    world.memory.store32(BareHart.DATA, Float.floatToRawIntBits(-1.5f));
    assertThat(world.run()).isEqualTo(Stop.ECALL);
    assertThat(world.hart.x(A1)).isEqualTo(Float.floatToRawIntBits(-1.5f));
    assertThat(world.hart.x(12)).isEqualTo(0xffffffff00000000L | 0xbfc00000L);
    assertThat(world.hart.x(13)).isEqualTo(0xffffffff00000000L | 0xc0400000L);
  }

  @Test
  void storeConditionalComparesAddressAndValue() {
    String pair = "lr.d a2,(a0); sc.d a3,a1,(a0); sc.d a4,a1,(a0); ld a5,0(a0); ecall";
    BareHart world = new BareHart(pair);
    world.hart.setX(A0, BareHart.DATA);
    world.hart.setX(A1, 42);
    assertThat(world.run()).isEqualTo(Stop.ECALL);
    assertThat(world.hart.x(13)).isZero();
    assertThat(world.hart.x(14)).isEqualTo(1);
    assertThat(world.hart.x(15)).isEqualTo(42);

    BareHart disturbed = new BareHart(pair);
    disturbed.hart.setX(A0, BareHart.DATA);
    disturbed.run(1);
    disturbed.memory.store64(BareHart.DATA, 7);
    disturbed.run();
    assertThat(disturbed.hart.x(13)).isEqualTo(1);
    assertThat(disturbed.hart.x(15)).isEqualTo(7);

    BareHart switched = new BareHart(pair);
    switched.hart.setX(A0, BareHart.DATA);
    switched.run(1);
    switched.hart.clearReservation();
    switched.run();
    assertThat(switched.hart.x(13)).isEqualTo(1);
  }

  @Test
  void atomicsExtendWordsAndRefuseMisalignedAndReadOnly() {
    BareHart world =
        new BareHart("amomaxu.w.aqrl a2,a1,(a0); lw a3,0(a0); amoadd.d a4,a1,(a0); ecall");
    world.hart.setX(A0, BareHart.DATA);
    world.hart.setX(A1, 0xffff_ffff_8000_0000L);
    world.memory.store32(BareHart.DATA, 0x7fff_ffff);
    assertThat(world.run()).isEqualTo(Stop.ECALL);
    assertThat(world.hart.x(12)).isEqualTo(0x7fff_ffff);
    assertThat(world.hart.x(13)).isEqualTo(Integer.MIN_VALUE);

    BareHart odd = new BareHart("amoadd.d a2,a1,(a0)");
    odd.hart.setX(A0, BareHart.DATA + 4);
    assertThat(odd.run()).isEqualTo(Stop.MISALIGNED);
    assertThat(odd.hart.address()).isEqualTo(BareHart.DATA + 4);
    assertThat(odd.hart.pc()).isEqualTo(BareHart.CODE);

    BareHart readOnly = new BareHart("amoadd.d a2,a1,(a0)");
    readOnly.memory.protect(BareHart.DATA, 4096, Prot.READ);
    readOnly.hart.setX(A0, BareHart.DATA);
    assertThat(readOnly.run()).isEqualTo(Stop.FAULT);
    assertThat(readOnly.hart.fault().kind()).isEqualTo(GuestFault.Kind.STORE);
  }

  @Test
  void aStoreToTheNextInstructionIsSeenWithoutFence() {
    // Overwrites the addi right behind the store, in the same block, on a page whose code is
    // already decoded.
    BareHart world = new BareHart("sw a1,4(a0); addi a2,zero,1; ecall");
    world.hart.setX(A0, BareHart.CODE);
    for (int i = 0; i < 5; i++) {
      int immediate = 100 + i;
      world.hart.setX(A1, immediate << 20 | 0x613); // addi a2,zero,immediate
      world.hart.setPc(BareHart.CODE);
      assertThat(world.run()).isEqualTo(Stop.ECALL);
      assertThat(world.hart.x(12)).isEqualTo(immediate);
    }
  }

  @Test
  void codeWrittenByOneAndRunByAnotherMappingStaysCoherent() {
    AddressSpace memory = new AddressSpace(Frames.unlimited());
    PageStore store = new PageStore();
    store.truncate(4096);
    Backing backing = store.backing(1);
    long writable = 0x20000;
    memory.map(new Area(BareHart.CODE, BareHart.CODE + 4096, Prot.READ_EXEC, true, backing, 0, ""));
    memory.map(new Area(writable, writable + 4096, Prot.READ_WRITE, true, backing, 0, ""));
    Hart hart = new Hart();
    for (int i = 0; i < 4; i++) {
      memory.store32(writable, i << 20 | 0x513); // addi a0,zero,i
      memory.store32(writable + 4, 0x73); // ecall
      hart.setPc(BareHart.CODE);
      assertThat(new Interpreter().run(hart, memory, 100)).isEqualTo(Stop.ECALL);
      assertThat(hart.x(A0)).isEqualTo(i);
    }
  }

  @Test
  void aForkedChildPatchesItsOwnCodeOnly() {
    BareHart world = new BareHart("addi a0,zero,1; ecall");
    world.run();
    AddressSpace child = world.memory.fork();
    child.store32(BareHart.CODE, 7 << 20 | 0x513);
    Hart hart = new Hart();
    hart.setPc(BareHart.CODE);
    assertThat(new Interpreter().run(hart, child, 10)).isEqualTo(Stop.ECALL);
    assertThat(hart.x(A0)).isEqualTo(7);
    world.hart.setPc(BareHart.CODE);
    world.run();
    assertThat(world.hart.x(A0)).isEqualTo(1);
  }

  @Test
  void droppingExecutePermissionStopsDecodedCode() {
    BareHart world = new BareHart("addi a0,a0,1; ecall");
    world.run();
    world.memory.protect(BareHart.CODE, 4096, Prot.READ);
    world.hart.setPc(BareHart.CODE);
    assertThat(world.run()).isEqualTo(Stop.FAULT);
    assertThat(world.hart.fault().kind()).isEqualTo(GuestFault.Kind.FETCH);
  }

  @Test
  void aPageThatIsNotHereStopsWithoutSideEffectAndGoesOn() {
    BareHart world = new BareHart("addi a2,zero,3; ld a1,0(a0); ecall");
    Page page = new Page();
    page.bytes()[0] = 55;
    boolean[] here = {false};
    Backing remote =
        new Backing() {
          @Override
          public boolean isConstant() {
            return false;
          }

          @Override
          public Page page(long index) {
            if (!here[0]) {
              throw new PageWait(9, index);
            }
            return page;
          }

          @Override
          public long handle() {
            return 9;
          }
        };
    long address = 0x80000;
    world.memory.map(new Area(address, address + 8192, Prot.READ, false, remote, 4096, "f"));
    world.hart.setX(A0, address + 4096);
    assertThat(world.run()).isEqualTo(Stop.PAGE_WAIT);
    assertThat(world.hart.pageWait().handle()).isEqualTo(9);
    assertThat(world.hart.pageWait().index()).isEqualTo(2);
    assertThat(world.hart.pageWait().address()).isEqualTo(address + 4096);
    assertThat(world.hart.pc()).isEqualTo(BareHart.CODE + 4);
    assertThat(world.hart.retired()).isEqualTo(1);
    here[0] = true;
    assertThat(world.run()).isEqualTo(Stop.ECALL);
    assertThat(world.hart.x(A1)).isEqualTo(55);
    assertThat(world.hart.retired()).isEqualTo(3);
  }

  @Test
  void outOfFramesStopsBeforeTheStoreAndCanBeTriedAgain() {
    Frames frames = new Frames(2);
    AddressSpace memory = new AddressSpace(frames);
    memory.map(new Area(BareHart.CODE, BareHart.CODE + 4096, 7, false, null, 0, ""));
    memory.map(new Area(BareHart.DATA, BareHart.DATA + 8192, 3, false, null, 0, ""));
    memory.store32(BareHart.CODE, 0x00b53023); // sd a1,0(a0)
    memory.store32(BareHart.DATA + 4096, 1);
    Hart hart = new Hart();
    hart.setPc(BareHart.CODE);
    hart.setX(A0, BareHart.DATA);
    assertThat(new Interpreter().run(hart, memory, 1)).isEqualTo(Stop.OUT_OF_FRAMES);
    assertThat(hart.retired()).isZero();
    memory.unmap(BareHart.DATA + 4096, 4096);
    assertThat(new Interpreter().run(hart, memory, 1)).isEqualTo(Stop.BUDGET);
    assertThat(hart.retired()).isEqualTo(1);
  }

  @Test
  void aHartWalksOutAndIn() {
    BareHart world = new BareHart("lr.d a2,(a0); fmv.d.x fa0,a0; csrrwi zero,fcsr,0x1f; ecall");
    world.hart.setX(A0, BareHart.DATA);
    world.run();
    StateWriter writer = new StateWriter();
    world.hart.walk(writer);
    Hart copy = new Hart();
    copy.walk(new StateReader(writer.toBytes()));
    StateWriter again = new StateWriter();
    copy.walk(again);
    assertThat(again.toBytes()).isEqualTo(writer.toBytes());
    assertThat(copy.f(10)).isEqualTo(BareHart.DATA);
    assertThat(copy.fcsr().read()).isEqualTo(0x1f);
    assertThat(copy.retired()).isEqualTo(4);
  }
}
