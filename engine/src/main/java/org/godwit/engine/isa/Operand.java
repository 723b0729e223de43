package org.godwit.engine.isa;

import java.util.Locale;

/**
 * The operands that the syntax of a row may name: where their bits lie in the word, what they fill
 * in the decoded form and how GNU binutils writes them.
 *
 * <p>Bits are described as {@code high:low@position} pieces, most significant first: {@code "12@31
 * 10:5@25"} says that bit 12 of the value is bit 31 of the word and bits 10 to 5 start at bit 25.
 * Layouts: Unprivileged ISA, sections 2.3 and 16.2.
 */
enum Operand {
  RD(Role.RD, Kind.X, "4:0@7"),
  RS1(Role.RS1, Kind.X, "4:0@15"),
  RS2(Role.RS2, Kind.X, "4:0@20"),
  FD(Role.RD, Kind.F, "4:0@7"),
  FS1(Role.RS1, Kind.F, "4:0@15"),
  FS2(Role.RS2, Kind.F, "4:0@20"),
  FS3(Role.RS3, Kind.F, "4:0@27"),
  RM(Role.ROUNDING, Kind.ROUNDING, "2:0@12"),
  /** Of a conversion that is always exact: GNU does not write its usual mode, rne. */
  EXACT_RM(Role.ROUNDING, Kind.ROUNDING, "2:0@12"),
  I(Role.IMM, Kind.SIGNED, "11:0@20"),
  S(Role.IMM, Kind.SIGNED, "11:5@25 4:0@7"),
  B(Role.IMM, Kind.TARGET, "12@31 11@7 10:5@25 4:1@8"),
  U(Role.IMM, Kind.UPPER, "31:12@12"),
  J(Role.IMM, Kind.TARGET, "20@31 19:12@12 11@20 10:1@21"),
  SH6(Role.IMM, Kind.HEX, "5:0@20"),
  SH5(Role.IMM, Kind.HEX, "4:0@20"),
  CSR(Role.IMM, Kind.CSR, "11:0@20"),
  Z(Role.RS1, Kind.UNSIGNED, "4:0@15"),
  PRED(Role.NONE, Kind.FENCE, "3:0@24"),
  SUCC(Role.NONE, Kind.FENCE, "3:0@20"),
  // Compressed: registers of three bits stand for x8 to x15.
  CRD(Role.RD, Kind.X_SHORT, "2:0@2"),
  CRS2(Role.RS2, Kind.X_SHORT, "2:0@2"),
  CRS1(Role.RS1, Kind.X_SHORT, "2:0@7"),
  CRDS(Role.RD_RS1, Kind.X_SHORT, "2:0@7"),
  CFD(Role.RD, Kind.F_SHORT, "2:0@2"),
  CFS2(Role.RS2, Kind.F_SHORT, "2:0@2"),
  RDS(Role.RD_RS1, Kind.X, "4:0@7"),
  CR1(Role.RS1, Kind.X, "4:0@7"),
  CR2(Role.RS2, Kind.X, "4:0@2"),
  CF2(Role.RS2, Kind.F, "4:0@2"),
  CI(Role.IMM, Kind.SIGNED, "5@12 4:0@2"),
  CU(Role.IMM, Kind.UPPER, "17@12 16:12@2"),
  CSH(Role.IMM, Kind.HEX, "5@12 4:0@2"),
  C16SP(Role.IMM, Kind.SIGNED, "9@12 8:7@3 6@5 5@2 4@6"),
  C4SPN(Role.IMM, Kind.UNSIGNED, "9:6@7 5:4@11 3@5 2@6"),
  CLW(Role.IMM, Kind.UNSIGNED, "6@5 5:3@10 2@6"),
  CLD(Role.IMM, Kind.UNSIGNED, "7:6@5 5:3@10"),
  CLWSP(Role.IMM, Kind.UNSIGNED, "7:6@2 5@12 4:2@4"),
  CLDSP(Role.IMM, Kind.UNSIGNED, "8:6@2 5@12 4:3@5"),
  CSWSP(Role.IMM, Kind.UNSIGNED, "7:6@7 5:2@9"),
  CSDSP(Role.IMM, Kind.UNSIGNED, "8:6@7 5:3@10"),
  CB(Role.IMM, Kind.TARGET, "8@12 7:6@5 5@2 4:3@10 2:1@3"),
  CJ(Role.IMM, Kind.TARGET, "11@12 10@8 9:8@9 7@6 6@7 5@2 4@11 3:1@3"),
  // Operands that an encoding implies; the ones before SP are not written in text.
  ZERO_RD(Role.RD, 0),
  ZERO_RS1(Role.RS1, 0),
  ZERO_RS2(Role.RS2, 0),
  RA_RD(Role.RD, 1),
  SP(Role.RS1, 2),
  SP_RDS(Role.RD_RS1, 2);

  /** How a value is written. */
  enum Kind {
    X,
    F,
    X_SHORT,
    F_SHORT,
    SIGNED,
    UNSIGNED,
    HEX,
    /** A branch target: the value is relative to pc, the text absolute hexadecimal. */
    TARGET,
    /** Bits 31 to 12; the text is the value shifted right by 12. */
    UPPER,
    CSR,
    ROUNDING,
    FENCE,
    IMPLIED
  }

  private static final String[] X_NAMES = {
    "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4",
        "a5",
    "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"
  };
  private static final String[] F_NAMES = {
    "ft0", "ft1", "ft2", "ft3", "ft4", "ft5", "ft6", "ft7", "fs0", "fs1", "fa0", "fa1", "fa2",
    "fa3", "fa4", "fa5", "fa6", "fa7", "fs2", "fs3", "fs4", "fs5", "fs6", "fs7", "fs8", "fs9",
    "fs10", "fs11", "ft8", "ft9", "ft10", "ft11"
  };
  private static final String[] ROUNDING_NAMES = {
    "rne", "rtz", "rdn", "rup", "rmm", "unknown", "unknown", "dyn"
  };

  private final Role role;
  private final Kind kind;
  private final int implied;
  private final int[] pieces;

  Operand(Role role, Kind kind, String bits) {
    this.role = role;
    this.kind = kind;
    this.implied = 0;
    String[] parts = bits.split(" ");
    pieces = new int[parts.length * 3];
    for (int i = 0; i < parts.length; i++) {
      String[] at = parts[i].split("@");
      String[] range = at[0].split(":");
      int high = Integer.parseInt(range[0]);
      pieces[3 * i] = high;
      pieces[3 * i + 1] = range.length > 1 ? Integer.parseInt(range[1]) : high;
      pieces[3 * i + 2] = Integer.parseInt(at[1]);
    }
  }

  Operand(Role role, int implied) {
    this.role = role;
    this.kind = Kind.IMPLIED;
    this.implied = implied;
    this.pieces = new int[0];
  }

  Role role() {
    return role;
  }

  Kind kind() {
    return kind;
  }

  /** Bits of the word that this operand occupies. */
  int mask() {
    return put(-1);
  }

  /** The operand's value in {@code word}: a register number, or a signed or unsigned immediate. */
  int get(int word) {
    if (kind == Kind.IMPLIED) {
      return implied;
    }
    int value = 0;
    for (int i = 0; i < pieces.length; i += 3) {
      int width = pieces[i] - pieces[i + 1] + 1;
      value |= (word >>> pieces[i + 2] & (1 << width) - 1) << pieces[i + 1];
    }
    return switch (kind) {
      case SIGNED, TARGET, UPPER -> value << 31 - pieces[0] >> 31 - pieces[0];
      case X_SHORT, F_SHORT -> value + 8;
      default -> value;
    };
  }

  /**
   * The bits of a word that hold {@code value}; bits that do not fit are dropped (see {@link
   * #fits}).
   */
  private int put(int value) {
    int word = 0;
    for (int i = 0; i < pieces.length; i += 3) {
      int width = pieces[i] - pieces[i + 1] + 1;
      word |= (value >>> pieces[i + 1] & (1 << width) - 1) << pieces[i + 2];
    }
    return word;
  }

  /**
   * The bits of a word that hold {@code value}.
   *
   * @throws IllegalArgumentException if the field cannot express the value
   */
  int encode(int value) {
    int word = put(kind == Kind.X_SHORT || kind == Kind.F_SHORT ? value - 8 : value);
    if (get(word) != value) {
      throw new IllegalArgumentException("operand " + this + " cannot hold " + value);
    }
    return word;
  }

  /** Whether GNU leaves this operand out of the text of {@code word}; only a last one may be. */
  boolean omitted(int word) {
    return kind == Kind.ROUNDING && get(word) == usualRounding();
  }

  /** The bits of an operand that was left out of the text. */
  int omittedBits() {
    return kind == Kind.ROUNDING ? encode(usualRounding()) : 0;
  }

  private int usualRounding() {
    return this == RM ? 7 : 0;
  }

  /** GNU text of this operand in {@code word} at {@code pc}. */
  String text(long pc, int word) {
    int value = get(word);
    return switch (kind) {
      case X, X_SHORT, IMPLIED -> X_NAMES[value];
      case F, F_SHORT -> F_NAMES[value];
      case SIGNED, UNSIGNED -> Integer.toString(value);
      case HEX -> "0x" + Integer.toHexString(value);
      case TARGET -> Long.toHexString(pc + value);
      case UPPER -> "0x" + Integer.toHexString(value >>> 12 & 0xfffff);
      case CSR -> Csrs.name(value);
      case ROUNDING -> ROUNDING_NAMES[value];
      case FENCE -> fence(value);
    };
  }

  private static String fence(int set) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      if ((set >> 3 - i & 1) != 0) {
        text.append("iorw".charAt(i));
      }
    }
    return text.isEmpty() ? "unknown" : text.toString();
  }

  /**
   * The bits for the GNU text of this operand.
   *
   * @throws IllegalArgumentException if the text does not name such an operand
   */
  int parse(long pc, String text) {
    return switch (kind) {
      case X, X_SHORT -> encode(index(X_NAMES, text));
      case F, F_SHORT -> encode(index(F_NAMES, text));
      case SIGNED, UNSIGNED, HEX -> encode(Math.toIntExact(Long.decode(text)));
      case TARGET -> encode(Math.toIntExact(Long.parseUnsignedLong(text, 16) - pc));
      case UPPER -> encode((int) (Long.decode(text) << 12));
      case CSR -> encode(Csrs.number(text));
      case ROUNDING -> encode(index(ROUNDING_NAMES, text));
      case FENCE -> encode(set(text));
      case IMPLIED -> {
        if (!X_NAMES[implied].equals(text)) {
          throw new IllegalArgumentException("operand must be " + X_NAMES[implied] + ": " + text);
        }
        yield 0;
      }
    };
  }

  private static int set(String text) {
    int set = 0;
    for (int i = 0; i < 4; i++) {
      if (text.indexOf("iorw".charAt(i)) >= 0) {
        set |= 8 >> i;
      }
    }
    return set;
  }

  private static int index(String[] names, String text) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(text.toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    throw new IllegalArgumentException("no such operand: " + text);
  }
}
