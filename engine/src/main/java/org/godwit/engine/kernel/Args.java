package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Arg;

/** Short names for the argument kinds in the call table. */
final class Args {
  private Args() {}

  /** Only numbers. */
  static List<Arg> scalars(String... names) {
    List<Arg> list = new ArrayList<>();
    for (String name : names) {
      list.add(new Arg.Scalar(name));
    }
    return list;
  }

  static Arg n(String name) {
    return new Arg.Scalar(name);
  }

  static Arg in(String name, int bytes) {
    return new Arg.In(name, -1, bytes);
  }

  static Arg out(String name, int bytes) {
    return new Arg.Out(name, -1, bytes);
  }
}
