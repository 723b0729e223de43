package org.godwit.engine.machine;

import org.godwit.engine.isa.Assembler;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Backing;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.Prot;

/**
 * Shows the interpreter's loop to HotSpot before the first guest runs.
 *
 * <p>HotSpot compiles what it has seen: a case of the switch that no program reached yet becomes a
 * trap, and the first program that reaches it throws the compiled loop away, seconds of compiling
 * with it. And a loop that starts with a long run is first compiled for being entered in its
 * middle, which is not the code that later runs use. So a small program with every operation of the
 * loop, branches both ways, calls between pages and stores to clean pages runs here in many short
 * pieces. It touches nothing outside and takes some hundredths of a second, once for each JVM. It
 * has no influence on results.
 */
final class Rehearsal {
  static final long CODE = 0x10000;
  private static final long DATA = 0x20000;
  private static final long WRITTEN = 0x30000;
  private static final int PIECES = 1500;
  private static final int PIECE = 48;
  private static final int PIECES_PER_EMPTYING = 5;

  private static final String FIRST_PAGE =
      """
      top:
      lb a0,0(s0); lh a1,2(s0); lw a2,4(s0); ld a3,8(s0); lbu a4,0(s0); lhu a5,2(s0); lwu a2,4(s0)
      sb a0,16(s0); sh a1,18(s0); sw a2,20(s0); sd a3,24(s0)
      fld fa0,8(s0); fsd fa0,32(s0); flw fa1,4(s0); fsw fa1,40(s0)
      ld a0,-4(s3); lw a1,-2(s3); lh a2,-1(s3); sd a0,-4(s3); sw a0,-2(s3); sh a0,-1(s3)
      jal zero,known
      known:
      lb a0,0(s0); lb a0,0(s0); lb a0,0(s0); lb a0,0(s0); lb a0,0(s0); lb a0,0(s0); lb a0,0(s0); lb a0,0(s0); lb a0,0(s0); lb a0,0(s0); lb a0,0(s0); lb a0,0(s0)
      sb a0,16(s0); sb a0,16(s0); sb a0,16(s0); sb a0,16(s0); sb a0,16(s0); sb a0,16(s0); sb a0,16(s0); sb a0,16(s0); sb a0,16(s0); sb a0,16(s0); sb a0,16(s0); sb a0,16(s0)
      jal zero,known2
      known2:
      lh a1,2(s0); lh a1,2(s0); lh a1,2(s0); lh a1,2(s0); lh a1,2(s0); lh a1,2(s0); lh a1,2(s0); lh a1,2(s0); lh a1,2(s0); lh a1,2(s0); lh a1,2(s0); lh a1,2(s0)
      sh a1,18(s0); sh a1,18(s0); sh a1,18(s0); sh a1,18(s0); sh a1,18(s0); sh a1,18(s0); sh a1,18(s0); sh a1,18(s0); sh a1,18(s0); sh a1,18(s0); sh a1,18(s0); sh a1,18(s0)
      jal zero,known4
      known4:
      lw a2,4(s0); lw a2,4(s0); lw a2,4(s0); lw a2,4(s0); lw a2,4(s0); lw a2,4(s0); lw a2,4(s0); lw a2,4(s0); lw a2,4(s0); lw a2,4(s0); lw a2,4(s0); lw a2,4(s0)
      sw a2,20(s0); sw a2,20(s0); sw a2,20(s0); sw a2,20(s0); sw a2,20(s0); sw a2,20(s0); sw a2,20(s0); sw a2,20(s0); sw a2,20(s0); sw a2,20(s0); sw a2,20(s0); sw a2,20(s0)
      jal zero,known8
      known8:
      ld a3,8(s0); ld a3,8(s0); ld a3,8(s0); ld a3,8(s0); ld a3,8(s0); ld a3,8(s0); ld a3,8(s0); ld a3,8(s0); ld a3,8(s0); ld a3,8(s0); ld a3,8(s0); ld a3,8(s0)
      sd a3,24(s0); sd a3,24(s0); sd a3,24(s0); sd a3,24(s0); sd a3,24(s0); sd a3,24(s0); sd a3,24(s0); sd a3,24(s0); sd a3,24(s0); sd a3,24(s0); sd a3,24(s0); sd a3,24(s0)
      jal zero,integers
      integers:
      lui a0,0x12; auipc a1,0x0; addi a2,a0,5; slti a3,a2,6; sltiu a4,a2,7; xori a5,a4,1
      andi a1,a0,3; ori a0,a5,2; slli a2,a1,4; and a0,a1,a2; srli a3,a2,1; srai a4,a3,1; sub a0,a1,a2
      sll a1,a0,a2; slt a2,a1,a0; sltu a3,a2,a1; xor a4,a3,a2; srl a5,a4,a3; sra a0,a5,a4
      or a1,a0,a5; and a2,a1,a0; add a0,a1,a2; and a2,a1,a0
      jal zero,words
      words:
      slliw a3,a2,3; sraiw a5,a4,1; srliw a4,a3,1; subw a0,a5,a4; addiw a0,a0,1; subw a0,a5,a4
      addw a0,a1,a2; sllw a1,a0,a5; srlw a2,a1,a0; sraw a3,a2,a1; mul a4,a3,a2; mulw a5,a4,a3
      div a0,a5,a4; mulhu a0,a1,a2; fadd.d fa2,fa0,fa0; fmul.d fa3,fa2,fa0; fadd.s fa4,fa1,fa1
      fcvt.d.l fa5,a0
      jal zero,pairs
      pairs:
      add a0,a1,a2; add a0,a1,a2; and a3,a0,a1; add a0,a1,a2; lw a0,4(s0); and a3,a0,a1; add a0,a1,a2; ld a0,48(s0); and a3,a0,a1
      addi a0,a1,1; addi a0,a1,1; and a3,a0,a1; addi a0,a1,1; add a0,a1,a2; and a3,a0,a1; addiw a0,a1,1; addiw a0,a1,1; and a3,a0,a1
      addw a0,a1,a2; addw a0,a1,a2; and a3,a0,a1; addw a0,a1,a2; addiw a0,a1,1; and a3,a0,a1; addw a0,a1,a2; xor a0,a1,a2; and a3,a0,a1
      jal zero,p2
      p2:
      xor a0,a1,a2; addw a0,a1,a2; and a3,a0,a1; xor a0,a1,a2; xor a0,a1,a2; and a3,a0,a1; or a0,a1,a2; or a0,a1,a2; and a3,a0,a1
      slliw a0,a1,3; srliw a0,a1,3; and a3,a0,a1; srliw a0,a1,3; slliw a0,a1,3; and a3,a0,a1; srliw a0,a1,3; or a0,a1,a2; and a3,a0,a1
      slliw a0,a1,3; or a0,a1,a2; and a3,a0,a1; slli a0,a1,3; add a0,a1,a2; and a3,a0,a1; slli a0,a1,3; srli a0,a1,3; and a3,a0,a1
      jal zero,p5
      p5:
      sd a0,48(s0); sd a0,48(s0); and a3,a0,a1; ld a0,48(s0); ld a0,48(s0); and a3,a0,a1; lw a0,4(s0); lw a0,4(s0); and a3,a0,a1
      lbu a0,0(s0); addi a0,a1,1; and a3,a0,a1
      jal zero,p6
      p6:
      lbu a0,0(s0); srliw a0,a1,3; and a3,a0,a1; addi a0,a1,1; xor a0,a1,a2; and a3,a0,a1; andi a0,a1,3; slli a0,a1,3; and a3,a0,a1
      xor a0,a1,a2; addiw a0,a1,1; and a3,a0,a1; slliw a0,a1,3; slliw a0,a1,3; and a3,a0,a1; srliw a0,a1,3; srliw a0,a1,3; and a3,a0,a1
      and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2
      and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2
      and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2
      and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2; and a0,a1,a2
      addi s1,s1,1
      andi t0,s1,1
      beq t0,zero,b1; addi a0,a0,1
      b1:
      bne t0,zero,b2; addi a0,a0,1
      b2:
      blt zero,t0,b3; addi a0,a0,1
      b3:
      bge zero,t0,b4; addi a0,a0,1
      b4:
      bltu zero,t0,b5; addi a0,a0,1
      b5:
      bgeu zero,t0,b6; addi a0,a0,1
      b6:
      jal ra,10ffc
      jal ra,11800
      jalr ra,0(s2)
      jalr ra,0(s4)
      csrrs a0,instret,zero
      amoadd.w a1,a0,(s0)
      jal zero,top
      """;

  /** Its second instruction lies across the border between the pages. */
  private static final String BORDER =
      "c.addi zero,0; addi a0,a0,1; beq t0,zero,10f00; addi a0,a0,1; jalr zero,0(ra)";

  private static final String LEAF = "addi a0,a0,1; jalr zero,0(ra)";

  static {
    play(memory());
  }

  private Rehearsal() {}

  /** The program, ready to run: two pages of an image, and one that is written to while it runs. */
  static AddressSpace memory() {
    byte[] image = new byte[2 * Page.SIZE];
    put(image, CODE, FIRST_PAGE);
    put(image, CODE + 0xf00, "jal zero,10000");
    put(image, CODE + 0xffc, BORDER);
    put(image, CODE + 0x1800, LEAF);
    AddressSpace memory = new AddressSpace(Frames.unlimited());
    Backing backing = PageStore.sealed(image).backing(0);
    memory.map(new Area(CODE, CODE + image.length, Prot.READ_EXEC, false, backing, 0, "rehearsal"));
    memory.map(new Area(DATA, DATA + 2 * Page.SIZE, Prot.READ_WRITE, false, null, 0, ""));
    int all = Prot.READ_WRITE | Prot.EXEC;
    memory.map(new Area(WRITTEN, WRITTEN + Page.SIZE, all, false, null, 0, ""));
    return memory;
  }

  /** Runs it in many short pieces; now and then accesses have to go the slow way again. */
  static void play(AddressSpace memory) {
    Hart hart = new Hart();
    hart.setPc(CODE);
    hart.setX(8, DATA);
    hart.setX(18, CODE + 0x1800);
    hart.setX(20, WRITTEN);
    byte[] leaf = Assembler.assemble(WRITTEN, LEAF);
    hart.setX(19, DATA + Page.SIZE);
    for (int piece = 0; piece < PIECES; piece++) {
      if (piece % PIECES_PER_EMPTYING == 0) {
        memory.protect(DATA, 2 * Page.SIZE, Prot.READ_WRITE); // Empties the tables.
        memory.copyOut(WRITTEN, leaf, 0, leaf.length); // Its blocks are missing again.
      }
      Stop stop = Interpreter.execute(hart, memory, PIECE);
      if (stop != Stop.BUDGET) {
        throw new IllegalStateException(
            "rehearsal stopped: " + stop + " at " + Long.toHexString(hart.pc()));
      }
    }
  }

  private static void put(byte[] image, long address, String text) {
    byte[] code = Assembler.assemble(address, text);
    System.arraycopy(code, 0, image, (int) (address - CODE), code.length);
  }

  /** Runs it if it has not run in this JVM. */
  static void once() {
    // The class initialiser has done it, under its lock.
  }
}
