package org.godwit.engine.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table against itself and against GNU binutils (src/test/vectors/disassembly.sh). */
class TableTest {
  private record Line(long pc, int word, String text) {}

  private static List<Line> golden() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                TableTest.class.getResourceAsStream("/disassembly/objdump.txt"),
                StandardCharsets.US_ASCII))) {
      return in.lines()
          .map(line -> line.split(" ", 3))
          .map(
              part ->
                  new Line(
                      Long.parseLong(part[0], 16), Integer.parseUnsignedInt(part[1], 16), part[2]))
          .toList();
    }
  }

  @Test
  void disassemblesAsObjdumpDoes() throws IOException {
    for (Line line : golden()) {
      assertThat(Disassembler.text(line.pc, line.word).replace('\t', ' ')).isEqualTo(line.text);
    }
  }

  @Test
  void assemblesWhatObjdumpShows() throws IOException {
    for (Line line : golden()) {
      byte[] bytes = Assembler.assemble(line.pc, line.text);
      assertThat(word(bytes)).as(line.text).isEqualTo(line.word & mask(line));
    }
  }

  /**
   * Two fields are not in the text: what fence and fence.i reserve, which GNU writes as zero too.
   */
  private static int mask(Line line) {
    return Decoder.length(line.word) == 2 ? 0xffff : -1;
  }

  private static int word(byte[] bytes) {
    int word = 0;
    for (int i = 0; i < bytes.length; i++) {
      word |= (bytes[i] & 0xff) << 8 * i;
    }
    return word;
  }

  @Test
  void everyRowIsInTheGoldenText() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Line line : golden()) {
      seen.add(line.text.split(" ")[0].replaceAll("\\.(aq|rl|aqrl)$", ""));
    }
    List<String> missing = new ArrayList<>();
    Op.all().forEach(op -> missing.add(op.mnemonic()));
    CompressedOp.all().forEach(op -> missing.add(op.encoding().mnemonic()));
    missing.removeAll(seen);
    assertThat(missing).isEmpty();
  }

  @Test
  void noHalfwordIsOfTwoCompressedRows() {
    for (int word = 0; word < 0x10000; word++) {
      int rows = 0;
      for (CompressedOp op : CompressedOp.all()) {
        rows += op.encoding().accepts(word) ? 1 : 0;
      }
      assertThat(rows).as("%04x", word).isLessThanOrEqualTo((word & 3) == 3 ? 0 : 1);
    }
  }

  @Test
  void randomWordsAreOfOneRowAtMost() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      int word = random.nextInt() | 3;
      int rows = 0;
      for (Op op : Op.all()) {
        rows += op.encoding().accepts(word) ? 1 : 0;
      }
      assertThat(rows).as("%08x", word).isLessThanOrEqualTo(1);
      boolean fence = (word & 0x707f) == 0x0f; // Reserved ones are decoded as plain fences.
      assertThat(Decoder.decode(word) != Decoder.ILLEGAL).isEqualTo(rows == 1 || fence);
    }
  }

  @Test
  void anOverlapIsSeen() {
    Encoding add = Op.ADD.encoding();
    Encoding twin = Encoding.of("twin", "0000000 00000 ..... 000 ..... 0110011", "RD,RS1");
    assertThat(add.overlaps(twin)).isTrue();
    assertThat(twin.overlaps(add)).isTrue();
    Encoding jr = CompressedOp.C_JR.encoding();
    Encoding careless = Encoding.of("careless", "100 0 ..... ..... 10", "RD,CR2");
    assertThat(jr.overlaps(careless)).isTrue();
    assertThat(jr.overlaps(careless.with("", "0x007c:0"))).isFalse();
  }

  @Test
  void compressedDecodesAsWhatItStandsFor() {
    assertSame("c.addi16sp sp,-64", "addi sp,sp,-64");
    assertSame("c.addi4spn a0,sp,16", "addi a0,sp,16");
    assertSame("c.li a0,-3", "addi a0,zero,-3");
    assertSame("c.lui a0,0xfffff", "lui a0,0xfffff");
    assertSame("c.mv a0,a1", "add a0,zero,a1");
    assertSame("c.add a0,a1", "add a0,a0,a1");
    assertSame("c.jr ra", "jalr zero,0(ra)");
    assertSame("c.jalr a5", "jalr ra,0(a5)");
    assertSame("c.ldsp a0,504(sp)", "ld a0,504(sp)");
    assertSame("c.fsd fa0,8(a5)", "fsd fa0,8(a5)");
    assertSame("c.beqz a0,1010", "beq a0,zero,1010");
    assertSame("c.subw a0,a1", "subw a0,a0,a1");
    assertSame("c.addi zero,0", "addi zero,zero,0");
  }

  private static void assertSame(String compressed, String base) {
    long c = Decoder.decode(word(Assembler.assemble(0x1000, compressed)));
    long b = Decoder.decode(word(Assembler.assemble(0x1000, base)));
    assertThat(Decoded.length(c)).isEqualTo(2);
    assertThat(Decoded.length(b)).isEqualTo(4);
    assertThat(c & ~0xc000L).as(compressed).isEqualTo(b & ~0xc000L);
  }

  @Test
  void decodedFieldsHoldWhatTheWordSays() {
    long d = Decoder.decode(word(Assembler.assemble(0, "fmadd.d fa0,fa1,fa2,fs3,rtz")));
    assertThat(Op.of(Decoded.operation(d))).isEqualTo(Op.FMADD_D);
    assertThat(new int[] {Decoded.rd(d), Decoded.rs1(d), Decoded.rs2(d), Decoded.rs3(d)})
        .containsExactly(10, 11, 12, 19);
    assertThat(Decoded.rounding(d)).isEqualTo(1);
    long sink = Decoder.decode(word(Assembler.assemble(0, "addi zero,a0,-1")));
    assertThat(Decoded.rd(sink)).isEqualTo(Decoded.SINK);
    assertThat(Decoded.imm(sink)).isEqualTo(-1);
    long ft0 = Decoder.decode(word(Assembler.assemble(0, "fld ft0,8(a0)")));
    assertThat(Decoded.rd(ft0)).isZero();
  }

  @Test
  void reservedWordsAreIllegal() {
    int[] reserved = {
      0x0000, // all zeros
      0x2001, // c.addiw with x0
      0x4002, // c.lwsp with x0
      0x8002, // c.jr with x0
      0x6101, // c.addi16sp with 0
      0x6081, // c.lui with 0
      0x9c41, // RV128 and reserved arithmetic
      0xffffffff,
      0x0000007f,
      0x40001013, // slli with a wrong upper part
    };
    for (int word : reserved) {
      assertThat(Decoder.decode(word)).as("%x", word).isEqualTo(Decoder.ILLEGAL);
      assertThat(Disassembler.text(0, word)).contains("byte");
    }
  }

  @Test
  void theAssemblerRefusesWhatDoesNotFit() {
    for (String text :
        new String[] {"addi a0,a0,2048", "c.mv a0,zero", "slli a0,a0,64", "nosuch", "add a0,a1"}) {
      assertThatThrownBy(() -> Assembler.assemble(0, text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
