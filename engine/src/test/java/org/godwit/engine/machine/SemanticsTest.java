package org.godwit.engine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Integer corners against the specification's tables and against BigInteger. */
class SemanticsTest {
  private static final long MIN = Long.MIN_VALUE;
  private static final long MIN_W = Integer.MIN_VALUE;
  private static final long[] CORNERS = {
    0, 1, -1, 2, -2, MIN, Long.MAX_VALUE, MIN_W, Integer.MAX_VALUE, 0x8000_0000L, 0xffff_ffffL
  };

  @Test
  void divisionByZeroAnswersAsTheTableSays() {
    for (long a : CORNERS) {
      assertThat(Semantics.div(a, 0)).isEqualTo(-1);
      assertThat(Semantics.divu(a, 0)).isEqualTo(-1);
      assertThat(Semantics.rem(a, 0)).isEqualTo(a);
      assertThat(Semantics.remu(a, 0)).isEqualTo(a);
      assertThat(Semantics.divw(a, 1L << 32)).isEqualTo(-1);
      assertThat(Semantics.divuw(a, 1L << 32)).isEqualTo(-1);
      assertThat(Semantics.remw(a, 1L << 32)).isEqualTo((int) a);
      assertThat(Semantics.remuw(a, 1L << 32)).isEqualTo((int) a);
    }
  }

  @Test
  void theOneOverflowGivesTheDividend() {
    assertThat(Semantics.div(MIN, -1)).isEqualTo(MIN);
    assertThat(Semantics.rem(MIN, -1)).isZero();
    assertThat(Semantics.divw(MIN_W, -1)).isEqualTo(MIN_W);
    assertThat(Semantics.remw(MIN_W, -1)).isZero();
  }

  @Test
  void wordRowsLookAtLowHalvesAndExtendTheSign() {
    assertThat(Semantics.divuw(0xffff_ffff_ffff_fffeL, 1)).isEqualTo(-2);
    assertThat(Semantics.remuw(0x1_8000_0000L, 0x9000_0000L)).isEqualTo(MIN_W);
    assertThat(Semantics.sllw(0x4000_0000L, 33)).isEqualTo(MIN_W);
    assertThat(Semantics.srlw(0xffff_ffff_8000_0000L, 31)).isEqualTo(1);
    assertThat(Semantics.srlw(0xffff_ffff_8000_0000L, 0)).isEqualTo(MIN_W);
    assertThat(Semantics.sraw(0x8000_0000L, 63)).isEqualTo(-1);
  }

  @Test
  void comparisonsKnowSigns() {
    assertThat(Semantics.slt(-1, 0)).isEqualTo(1);
    assertThat(Semantics.sltu(-1, 0)).isZero();
    assertThat(Semantics.sltu(0, -1)).isEqualTo(1);
    assertThat(Semantics.slt(MIN, Long.MAX_VALUE)).isEqualTo(1);
    assertThat(Semantics.sltu(MIN, Long.MAX_VALUE)).isZero();
  }

  @Test
  void upperHalvesAgreeWithBigInteger() {
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      long a = draw(random);
      long b = draw(random);
      assertThat(Semantics.mulh(a, b)).isEqualTo(high(signed(a), signed(b)));
      assertThat(Semantics.mulhu(a, b)).isEqualTo(high(unsigned(a), unsigned(b)));
      assertThat(Semantics.mulhsu(a, b)).isEqualTo(high(signed(a), unsigned(b)));
      if (b != 0) {
        assertThat(Semantics.divu(a, b)).isEqualTo(unsigned(a).divide(unsigned(b)).longValue());
        assertThat(Semantics.remu(a, b)).isEqualTo(unsigned(a).mod(unsigned(b)).longValue());
        assertThat(Semantics.div(a, b)).isEqualTo(signed(a).divide(signed(b)).longValue());
        assertThat(Semantics.rem(a, b)).isEqualTo(signed(a).remainder(signed(b)).longValue());
      }
    }
  }

  private static long draw(Random random) {
    return random.nextInt(4) == 0
        ? CORNERS[random.nextInt(CORNERS.length)]
        : random.nextLong() >> random.nextInt(64);
  }

  private static BigInteger signed(long value) {
    return BigInteger.valueOf(value);
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }

  private static long high(BigInteger a, BigInteger b) {
    return a.multiply(b).shiftRight(64).longValue();
  }
}
