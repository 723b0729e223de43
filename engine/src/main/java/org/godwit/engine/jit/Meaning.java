package org.godwit.engine.jit;

import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Locale;
import org.godwit.engine.isa.Extension;
import org.godwit.engine.isa.Op;
import org.godwit.engine.machine.Fcsr;
import org.godwit.engine.machine.Floats;

/**
 * The method of {@link Floats} that is a floating-point row's meaning. It is named after the
 * mnemonic ({@code fcvt.w.d} is {@code fcvtWD}); its parameters are the operands, then the rounding
 * mode if the method asks for one, then the {@link Fcsr} if it raises flags.
 *
 * @param name of the method
 * @param type its parameters and result
 * @param operands how many of the parameters are operands
 * @param fromInteger whether the operand is an integer register
 * @param toFloat whether the result is a floating-point register
 */
record Meaning(
    String name, MethodTypeDesc type, int operands, boolean fromInteger, boolean toFloat) {

  private static final Meaning[] OF = new Meaning[Op.all().size()];

  static {
    for (Op op : Op.all()) {
      boolean floating = op.extension() == Extension.F || op.extension() == Extension.D;
      boolean moves = op.name().startsWith("FMV") || Rows.accesses(op.ordinal());
      if (floating && !moves) {
        OF[op.ordinal()] = find(op);
      }
    }
  }

  static Meaning of(Op op) {
    return OF[op.ordinal()];
  }

  private static Meaning find(Op op) {
    int dot = op.name().indexOf('_');
    String name =
        op.name().substring(0, dot).toLowerCase(Locale.ROOT)
            + op.name().substring(dot).replace("_", "");
    for (Method method : Floats.class.getMethods()) {
      if (method.getName().equals(name)) {
        MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        Operands kind = Operands.of(op);
        int operands =
            switch (kind) {
              case F_FROM_FFF -> 3;
              case F_FROM_FF, X_FROM_FF -> 2;
              default -> 1;
            };
        boolean toFloat = kind != Operands.X_FROM_F && kind != Operands.X_FROM_FF;
        return new Meaning(
            name,
            type.describeConstable().orElseThrow(),
            operands,
            kind == Operands.F_FROM_X,
            toFloat);
      }
    }
    throw new IllegalStateException("no method for " + op);
  }
}
