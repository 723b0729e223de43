package org.godwit.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageStoreTest {
  @Test
  void agreesWithAByteArray() {
    Random random = new Random(3);
    PageStore store = new PageStore();
    byte[] model = new byte[0];
    for (int step = 0; step < 2000; step++) {
      int offset = random.nextInt(5 * Page.SIZE);
      int length = random.nextInt(2 * Page.SIZE);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          byte[] bytes = new byte[length];
          random.nextBytes(bytes);
          store.write(offset, bytes, 0, length);
          if (length > 0) {
            model = Arrays.copyOf(model, Math.max(model.length, offset + length));
            System.arraycopy(bytes, 0, model, offset, length);
          }
        }
        case 2 -> {
          store.truncate(offset);
          model = Arrays.copyOf(model, offset);
        }
        default -> {
          byte[] read = new byte[length];
          int count = store.read(offset, read, 0, length);
          assertThat(count).isEqualTo(Math.max(0, Math.min(length, model.length - offset)));
          if (count > 0) {
            assertThat(Arrays.copyOf(read, count))
                .isEqualTo(Arrays.copyOfRange(model, offset, offset + count));
          }
        }
      }
      assertThat(store.size()).isEqualTo(model.length);
    }
    PageStore copy = store.copy(null);
    assertThat(copy.hash()).isEqualTo(store.hash());
    copy.write(0, new byte[] {(byte) (model[0] + 1)}, 0, 1);
    assertThat(copy.hash()).isNotEqualTo(store.hash());
  }

  @Test
  void aSealedStoreKnowsItsSha256AndRefusesWrites() {
    PageStore store = PageStore.sealed("abc".getBytes(StandardCharsets.US_ASCII));
    assertThat(store.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThatIllegalStateException().isThrownBy(() -> store.write(0, new byte[1], 0, 1));
    assertThatIllegalStateException().isThrownBy(() -> store.truncate(0));
    PageStore copy = store.copy(null);
    copy.write(3, new byte[] {'d'}, 0, 1);
    assertThat(copy.size()).isEqualTo(4);
    assertThat(store.size()).isEqualTo(3);
  }

  @Test
  void pagesAreChargedAndHolesAreFree() {
    Frames frames = new Frames(3);
    PageStore store = new PageStore(frames);
    store.truncate(100L * Page.SIZE);
    assertThat(frames.used()).isZero();
    store.write(50L * Page.SIZE - 1, new byte[] {1, 2}, 0, 2);
    assertThat(frames.used()).isEqualTo(2);
    assertThatExceptionOfType(OutOfFrames.class)
        .isThrownBy(() -> store.write(0, new byte[2 * Page.SIZE], 0, 2 * Page.SIZE));
    store.truncate(0);
    assertThat(frames.used()).isZero();
  }

  @Test
  void whatIsCutOffComesBackAsZeros() {
    PageStore store = new PageStore();
    store.write(0, new byte[] {1, 2, 3}, 0, 3);
    store.truncate(1);
    store.truncate(3);
    byte[] back = new byte[3];
    store.read(0, back, 0, 3);
    assertThat(back).containsExactly(1, 0, 0);
  }
}
