package org.godwit.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FramesTest {
  @Test
  void whoIsAheadOfTimeGetsNoFrame() {
    Frames frames = new Frames(2);
    AddressSpace space = new AddressSpace(frames);
    space.map(new Area(0x10000, 0x12000, Prot.READ_WRITE, false, null, 0, ""));
    space.storeSlow(0x10000, 1, 8);
    frames.withhold(true);
    space.storeSlow(0x10008, 2, 8);
    assertThatThrownBy(() -> space.storeSlow(0x11000, 3, 8)).isInstanceOf(OutOfFrames.class);
    frames.withhold(false);
    assertThat(frames.used()).isEqualTo(1);
    space.storeSlow(0x11000, 3, 8);
    assertThat(frames.free()).isZero();
  }
}
