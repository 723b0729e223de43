package org.godwit.model.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.scenario.Scenario;

/**
 * What reflection knows of a record type, looked up once: doing it for every line would cost ten
 * times the rest.
 *
 * @param kind its name as a variant
 * @param kindField that as the first member of an object
 * @param parts its components, in order
 * @param keys their names
 * @param taggedKeys the same after {@code kind}
 * @param maker its constructor
 */
record Shape(
    String kind,
    byte[] kindField,
    Part[] parts,
    String[] keys,
    String[] taggedKeys,
    Constructor<?> maker) {
  private static final ClassValue<Shape> ALL =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.make(type);
        }
      };

  /** How a value stands in a line. */
  enum Form {
    FLAG,
    INT,
    LONG,
    DOUBLE,
    /** Whatever it is, by its class. */
    ANY,
    /** One record type and no other. */
    RECORD,
    /** A record of a sealed type, with its kind. */
    VARIANT,
    LIST;

    static Form of(Type declared) {
      if (declared == boolean.class) {
        return FLAG;
      } else if (declared == int.class) {
        return INT;
      } else if (declared == long.class) {
        return LONG;
      } else if (declared == double.class) {
        return DOUBLE;
      } else if (declared instanceof ParameterizedType) {
        return LIST;
      } else if (declared == ProcessId.class
          || declared == Problem.class
          || declared == Scenario.class
          || declared == StayReason.class) {
        return ANY;
      }
      Class<?> type = (Class<?>) declared;
      return type.isRecord() ? RECORD : type.isSealed() && !type.isEnum() ? VARIANT : ANY;
    }
  }

  /**
   * A component of a record type.
   *
   * @param prefix its name as it begins a member
   * @param form how it stands in a line
   * @param element the same of the elements of a list
   * @param getter (Object) to boolean, int, long, double or Object
   */
  record Part(
      String name,
      Type type,
      boolean nullable,
      byte[] prefix,
      Form form,
      Form element,
      MethodHandle getter) {
    private static Part of(RecordComponent component, boolean nullable) {
      Type type = component.getGenericType();
      Form form = Form.of(type);
      Form element =
          form == Form.LIST
              ? Form.of(((ParameterizedType) type).getActualTypeArguments()[0])
              : Form.ANY;
      return new Part(
          component.getName(),
          type,
          nullable,
          ("\"" + component.getName() + "\":").getBytes(StandardCharsets.UTF_8),
          form,
          element,
          getter(component.getAccessor(), component.getType()));
    }

    private static MethodHandle getter(Method accessor, Class<?> type) {
      accessor.setAccessible(true);
      try {
        return MethodHandles.lookup()
            .unreflect(accessor)
            .asType(MethodType.methodType(type.isPrimitive() ? type : Object.class, Object.class));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("cannot read " + accessor, e);
      }
    }
  }

  /** That of a record type. */
  static Shape of(Class<?> type) {
    return ALL.get(type);
  }

  private static Shape make(Class<?> type) {
    List<Part> parts = new ArrayList<>();
    List<String> keys = new ArrayList<>(List.of("kind"));
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      parts.add(
          Part.of(
              component,
              RecordCodec.NULLABLE.contains(type.getName() + "." + component.getName())));
      keys.add(component.getName());
      types.add(component.getType());
    }
    String kind = RecordCodec.kind(type);
    try {
      return new Shape(
          kind,
          ("\"kind\":\"" + kind + "\"").getBytes(StandardCharsets.UTF_8),
          parts.toArray(new Part[0]),
          keys.subList(1, keys.size()).toArray(new String[0]),
          keys.toArray(new String[0]),
          type.getDeclaredConstructor(types.toArray(new Class<?>[0])));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without its constructor: " + type, e);
    }
  }
}
