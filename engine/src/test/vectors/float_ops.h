/* The F and D instructions that compute, shared by the generators. */
#ifndef GODWIT_VECTORS_FLOAT_OPS_H
#define GODWIT_VECTORS_FLOAT_OPS_H

#include <stdint.h>

/*
 * The instructions, encoded by the assembler. kinds: operands > result, each one S (single), D (double), W (int), L
 * (long). rounds: 1 when the instruction has a rounding mode. Fixed registers: result fa0 or a0; operands fa1 or a1,
 * fa2, fa3.
 */
struct op {
  const char *name;
  const char *kinds;
  uint32_t rounds;
  uint32_t word;
};

extern const struct op ops[], ops_end[];

__asm__(
    ".macro op name:req, kinds:req, rounds:req, insn:vararg\n"
    "  .pushsection .rodata.text, \"a\"\n"
    "  771: .asciz \"\\name\"\n"
    "  772: .asciz \"\\kinds\"\n"
    "  .popsection\n"
    "  .dword 771b, 772b\n"
    "  .word \\rounds\n"
    "  \\insn\n"
    ".endm\n"
    ".section .data.ops, \"aw\"\n"
    ".option push\n"
    ".option norvc\n"
    ".balign 8\n"
    "ops:\n"
    "op fadd.s, SS>S, 1, fadd.s fa0, fa1, fa2, rne\n"
    "op fsub.s, SS>S, 1, fsub.s fa0, fa1, fa2, rne\n"
    "op fmul.s, SS>S, 1, fmul.s fa0, fa1, fa2, rne\n"
    "op fdiv.s, SS>S, 1, fdiv.s fa0, fa1, fa2, rne\n"
    "op fsqrt.s, S>S, 1, fsqrt.s fa0, fa1, rne\n"
    "op fmadd.s, SSS>S, 1, fmadd.s fa0, fa1, fa2, fa3, rne\n"
    "op fmsub.s, SSS>S, 1, fmsub.s fa0, fa1, fa2, fa3, rne\n"
    "op fnmsub.s, SSS>S, 1, fnmsub.s fa0, fa1, fa2, fa3, rne\n"
    "op fnmadd.s, SSS>S, 1, fnmadd.s fa0, fa1, fa2, fa3, rne\n"
    "op fsgnj.s, SS>S, 0, fsgnj.s fa0, fa1, fa2\n"
    "op fsgnjn.s, SS>S, 0, fsgnjn.s fa0, fa1, fa2\n"
    "op fsgnjx.s, SS>S, 0, fsgnjx.s fa0, fa1, fa2\n"
    "op fmin.s, SS>S, 0, fmin.s fa0, fa1, fa2\n"
    "op fmax.s, SS>S, 0, fmax.s fa0, fa1, fa2\n"
    "op feq.s, SS>L, 0, feq.s a0, fa1, fa2\n"
    "op flt.s, SS>L, 0, flt.s a0, fa1, fa2\n"
    "op fle.s, SS>L, 0, fle.s a0, fa1, fa2\n"
    "op fclass.s, S>L, 0, fclass.s a0, fa1\n"
    "op fmv.x.w, D>L, 0, fmv.x.w a0, fa1\n"
    "op fmv.w.x, L>S, 0, fmv.w.x fa0, a1\n"
    "op fcvt.w.s, S>L, 1, fcvt.w.s a0, fa1, rne\n"
    "op fcvt.wu.s, S>L, 1, fcvt.wu.s a0, fa1, rne\n"
    "op fcvt.l.s, S>L, 1, fcvt.l.s a0, fa1, rne\n"
    "op fcvt.lu.s, S>L, 1, fcvt.lu.s a0, fa1, rne\n"
    "op fcvt.s.w, W>S, 1, fcvt.s.w fa0, a1, rne\n"
    "op fcvt.s.wu, W>S, 1, fcvt.s.wu fa0, a1, rne\n"
    "op fcvt.s.l, L>S, 1, fcvt.s.l fa0, a1, rne\n"
    "op fcvt.s.lu, L>S, 1, fcvt.s.lu fa0, a1, rne\n"
    "op fadd.d, DD>D, 1, fadd.d fa0, fa1, fa2, rne\n"
    "op fsub.d, DD>D, 1, fsub.d fa0, fa1, fa2, rne\n"
    "op fmul.d, DD>D, 1, fmul.d fa0, fa1, fa2, rne\n"
    "op fdiv.d, DD>D, 1, fdiv.d fa0, fa1, fa2, rne\n"
    "op fsqrt.d, D>D, 1, fsqrt.d fa0, fa1, rne\n"
    "op fmadd.d, DDD>D, 1, fmadd.d fa0, fa1, fa2, fa3, rne\n"
    "op fmsub.d, DDD>D, 1, fmsub.d fa0, fa1, fa2, fa3, rne\n"
    "op fnmsub.d, DDD>D, 1, fnmsub.d fa0, fa1, fa2, fa3, rne\n"
    "op fnmadd.d, DDD>D, 1, fnmadd.d fa0, fa1, fa2, fa3, rne\n"
    "op fsgnj.d, DD>D, 0, fsgnj.d fa0, fa1, fa2\n"
    "op fsgnjn.d, DD>D, 0, fsgnjn.d fa0, fa1, fa2\n"
    "op fsgnjx.d, DD>D, 0, fsgnjx.d fa0, fa1, fa2\n"
    "op fmin.d, DD>D, 0, fmin.d fa0, fa1, fa2\n"
    "op fmax.d, DD>D, 0, fmax.d fa0, fa1, fa2\n"
    "op feq.d, DD>L, 0, feq.d a0, fa1, fa2\n"
    "op flt.d, DD>L, 0, flt.d a0, fa1, fa2\n"
    "op fle.d, DD>L, 0, fle.d a0, fa1, fa2\n"
    "op fclass.d, D>L, 0, fclass.d a0, fa1\n"
    "op fmv.x.d, D>L, 0, fmv.x.d a0, fa1\n"
    "op fmv.d.x, L>D, 0, fmv.d.x fa0, a1\n"
    "op fcvt.w.d, D>L, 1, fcvt.w.d a0, fa1, rne\n"
    "op fcvt.wu.d, D>L, 1, fcvt.wu.d a0, fa1, rne\n"
    "op fcvt.l.d, D>L, 1, fcvt.l.d a0, fa1, rne\n"
    "op fcvt.lu.d, D>L, 1, fcvt.lu.d a0, fa1, rne\n"
    "op fcvt.d.w, W>D, 1, fcvt.d.w fa0, a1\n"
    "op fcvt.d.wu, W>D, 1, fcvt.d.wu fa0, a1\n"
    "op fcvt.d.l, L>D, 1, fcvt.d.l fa0, a1, rne\n"
    "op fcvt.d.lu, L>D, 1, fcvt.d.lu fa0, a1, rne\n"
    "op fcvt.s.d, D>S, 1, fcvt.s.d fa0, fa1, rne\n"
    "op fcvt.d.s, S>D, 1, fcvt.d.s fa0, fa1\n"
    "ops_end:\n"
    ".option pop\n"
    ".text\n");

#endif
