package org.godwit.engine.session.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;
import org.junit.jupiter.api.Test;

/** Packed records: random ones come back, and rubbish is refused. */
class PackingTest {
  private final Random random = new Random(3);

  @Test
  void decisionsAndSamplesComeBackAsTheyWere() {
    Packing packing = new Packing();
    for (int i = 0; i < 300; i++) {
      Decision decision = (Decision) some(Decision.class);
      Event event = new Event(number(), (int) number(), number(), new Happening.Decided(decision));
      Sample sample = (Sample) some(Sample.class);
      packing.clear();
      packing.decision(event, decision);
      packing.sample(sample);
      Unpacking packed = new Unpacking(Arrays.copyOf(packing.array(), packing.size()));

      assertThat(packed.decision()).isEqualTo(event);
      assertThat(packed.sample()).isEqualTo(sample);
      assertThat(packed.hasMore()).isFalse();
    }
  }

  /** Checksums keep damage away; somebody may make a log on purpose. */
  @Test
  void rubbishIsRefusedAndAsksForNoMemory() {
    Packing packing = new Packing();
    for (int i = 0; i < 2_000; i++) {
      Decision decision = (Decision) some(Decision.class);
      packing.clear();
      packing.decision(new Event(1, 2, 3, new Happening.Decided(decision)), decision);
      byte[] bytes = Arrays.copyOf(packing.array(), packing.size());
      int at = random.nextInt(bytes.length);
      if (random.nextBoolean()) {
        random.nextBytes(bytes);
      } else {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] wrong = random.nextBoolean() ? bytes : Arrays.copyOf(bytes, at);
      try {
        assertThat(new Unpacking(wrong).decision()).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).isNotNull();
      }
    }
    assertThatThrownBy(() -> new Unpacking(new byte[0]).sample())
        .isInstanceOf(IllegalArgumentException.class);
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) 0xff);
    assertThatThrownBy(() -> new Unpacking(endless).piece())
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A value of a type, whatever components it has. */
  private Object some(Type type) {
    if (type instanceof ParameterizedType list) {
      List<Object> values = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        values.add(some(list.getActualTypeArguments()[0]));
      }
      return values;
    }
    return switch (((Class<?>) type).getSimpleName()) {
      case "boolean" -> random.nextBoolean();
      case "int", "Integer" -> (int) number();
      case "long", "Long" -> number();
      case "double" -> number() / 1000.0;
      case "String" -> random.nextBoolean() ? "" : "word \u00e9 \u65e5" + random.nextInt();
      case "ProcessId" -> new ProcessId(1 + random.nextInt(300), 1 + random.nextInt(99_999));
      case "Problem" -> Problem.of("a.key", "text", (int) number(), number(), number() / 7.0);
      default -> record((Class<?>) type);
    };
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < values.length; i++) {
      types[i] = components[i].getType();
      boolean absent =
          List.of("verdict", "chosen", "excluded", "inputs", "marginal")
                  .contains(components[i].getName())
              && random.nextBoolean();
      values[i] = absent ? null : some(components[i].getGenericType());
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Of any length. */
  private long number() {
    return random.nextLong() >> random.nextInt(64);
  }
}
