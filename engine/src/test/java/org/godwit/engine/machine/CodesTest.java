package org.godwit.engine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.godwit.engine.isa.Extension;
import org.godwit.engine.isa.Op;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.Prot;
import org.godwit.engine.state.StateHash;
import org.junit.jupiter.api.Test;

/** The interpreter's numbers, and its pairs against the same instructions one at a time. */
class CodesTest {
  @Test
  void numbersAreDistinctAndPairsComeApart() {
    boolean[] seen = new boolean[256];
    for (Op op : Op.all()) {
      if (op.extension() == Extension.C) {
        continue; // Decoded as the base row that it stands for.
      }
      int code = Codes.of(op.ordinal());
      boolean fence = op.mnemonic().startsWith("fence");
      assertThat(seen[code] && !fence).as(op.name()).isFalse();
      seen[code] = !fence;
      if (code >= Codes.COLD) {
        assertThat(Codes.cold(code)).isEqualTo(op);
        assertThat(code).isLessThan(Codes.ILLEGAL);
      }
    }
    int pairs = 0;
    for (int first = 1; first < 256; first++) {
      for (int second = 1; second < 256; second++) {
        int pair = Codes.paired(first, second);
        if (pair != first) {
          assertThat(Codes.unpaired(pair)).isEqualTo(first);
          assertThat(seen[pair]).as("a number of its own").isFalse();
          assertThat(pair).isLessThan(Codes.COLD);
          pairs++;
        }
      }
    }
    assertThat(pairs).isGreaterThan(10);
  }

  /**
   * Random straight code, whole and in single steps, which never meet a pair: same registers, same
   * memory.
   */
  @Test
  void pairsMeanWhatTheirPartsMean() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int[] words = new int[200];
      for (int i = 0; i < words.length; i++) {
        words[i] = draw(random);
      }
      World whole = new World(words, seed);
      World stepped = new World(words, seed);
      assertThat(new Interpreter().run(whole.hart, whole.memory, words.length))
          .isEqualTo(Stop.BUDGET);
      for (int i = 0; i < words.length; i++) {
        new Interpreter().run(stepped.hart, stepped.memory, 1);
      }
      assertThat(whole.state()).as("seed %d", seed).isEqualTo(stepped.state());
    }
  }

  private static final Op[] DRAWN = {
    Op.ADD, Op.ADDI, Op.ADDIW, Op.ADDW, Op.XOR, Op.OR, Op.SLLIW, Op.SRLIW, Op.SLLI, Op.SRLI, Op.SD,
    Op.LD, Op.LW, Op.LBU, Op.SUB, Op.AND, Op.SLTU, Op.MUL, Op.SRAIW, Op.SLL, Op.SRL, Op.ANDI,
    Op.MULW
  };

  /** Registers x8 to x15 as operands; accesses go through x16, which stays. */
  private static int draw(Random random) {
    Op op = DRAWN[random.nextInt(DRAWN.length)];
    int rd = 8 + random.nextInt(8);
    int rs1 = 8 + random.nextInt(8);
    int rs2 = 8 + random.nextInt(8);
    int imm = random.nextInt(32) * 8;
    return switch (op) {
      case SD -> op.match() | rs2 << 20 | 16 << 15 | (imm >> 5) << 25 | (imm & 31) << 7;
      case LD, LW, LBU -> op.match() | rd << 7 | 16 << 15 | imm << 20;
      case ADDI, ADDIW, ANDI -> op.match() | rd << 7 | rs1 << 15 | (random.nextInt(4096) << 20);
      case SLLI, SRLI -> op.match() | rd << 7 | rs1 << 15 | random.nextInt(64) << 20;
      case SLLIW, SRLIW, SRAIW -> op.match() | rd << 7 | rs1 << 15 | random.nextInt(32) << 20;
      default -> op.match() | rd << 7 | rs1 << 15 | rs2 << 20;
    };
  }

  private static final class World {
    final Hart hart = new Hart();
    final AddressSpace memory = new AddressSpace(Frames.unlimited());

    World(int[] words, int seed) {
      Random random = new Random(seed);
      memory.map(new Area(0x10000, 0x12000, Prot.READ_WRITE | Prot.EXEC, false, null, 0, ""));
      memory.map(new Area(0x40000, 0x41000, Prot.READ_WRITE, false, null, 0, ""));
      for (int i = 0; i < words.length; i++) {
        memory.store32(0x10000 + 4L * i, words[i]);
      }
      for (int i = 8; i < 16; i++) {
        hart.setX(i, random.nextLong());
      }
      hart.setX(16, 0x40000);
      hart.setPc(0x10000);
    }

    long state() {
      StateHash hash = new StateHash();
      hart.walk(hash);
      hash.i64("memory", memory.hash());
      return hash.value();
    }
  }

  @Test
  void aCutInTheMiddleOfAPairRunsItsFirstOnly() {
    BareHart world = new BareHart("add a0,a1,a2; add a3,a0,a2; add a4,a3,a2; ecall");
    world.hart.setX(11, 1);
    world.hart.setX(12, 2);
    world.run(1);
    assertThat(world.hart.x(10)).isEqualTo(3);
    assertThat(world.hart.x(13)).isZero();
    world.run(1);
    assertThat(world.hart.x(13)).isEqualTo(5);
    assertThat(world.hart.x(14)).isZero();
  }
}
