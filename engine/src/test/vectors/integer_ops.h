/*
 * The integer, memory, atomic and CSR instructions, encoded by the assembler with all fields zero.
 * Formats: R rd rs1 rs2, I rd rs1 imm, H and h shifts by 6 and 5 bits, U, J jal, K jalr, B branches, L and S loads and
 * stores (lower case: of float registers), A atomics, Q and q load-reserved and store-conditional, C and c CSR access.
 */
#ifndef GODWIT_VECTORS_INTEGER_OPS_H
#define GODWIT_VECTORS_INTEGER_OPS_H

#include "machine.h"

/* ---- encodings: the word that the assembler gives with all fields zero, and the fields ---- */

static uint32_t rd(uint32_t r) {
  return r << 7;
}

static uint32_t rs1(uint32_t r) {
  return r << 15;
}

static uint32_t rs2(uint32_t r) {
  return r << 20;
}

static uint32_t immI(int32_t v) {
  return (uint32_t) v << 20;
}

static uint32_t immS(int32_t v) {
  return (v >> 5 & 0x7f) << 25 | (v & 0x1f) << 7;
}

static uint32_t immB(int32_t v) {
  return (uint32_t) (v >> 12 & 1) << 31 | (v >> 5 & 0x3f) << 25 | (v >> 1 & 0xf) << 8 | (v >> 11 & 1) << 7;
}

static uint32_t immJ(int32_t v) {
  return (uint32_t) (v >> 20 & 1) << 31 | (v >> 1 & 0x3ff) << 21 | (v >> 11 & 1) << 20 | (v >> 12 & 0xff) << 12;
}

struct instruction {
  const char *name;
  uint32_t format; /* a letter: see above */
  uint32_t word;
};

extern const struct instruction instructions[], instructions_end[];

__asm__(
    ".macro instruction name:req, format:req, insn:vararg\n"
    "  .pushsection .rodata.text, \"a\"\n"
    "  773: .asciz \"\\name\"\n"
    "  .popsection\n"
    "  .dword 773b\n"
    "  .ascii \"\\format\\0\\0\\0\"\n"
    "  \\insn\n"
    ".endm\n"
    ".section .data.instructions, \"aw\"\n"
    ".option push\n"
    ".option norvc\n"
    ".option norelax\n"
    ".balign 8\n"
    "instructions:\n"
    "instruction add, R, add x0, x0, x0\n"
    "instruction sub, R, sub x0, x0, x0\n"
    "instruction sll, R, sll x0, x0, x0\n"
    "instruction slt, R, slt x0, x0, x0\n"
    "instruction sltu, R, sltu x0, x0, x0\n"
    "instruction xor, R, xor x0, x0, x0\n"
    "instruction srl, R, srl x0, x0, x0\n"
    "instruction sra, R, sra x0, x0, x0\n"
    "instruction or, R, or x0, x0, x0\n"
    "instruction and, R, and x0, x0, x0\n"
    "instruction addw, R, addw x0, x0, x0\n"
    "instruction subw, R, subw x0, x0, x0\n"
    "instruction sllw, R, sllw x0, x0, x0\n"
    "instruction srlw, R, srlw x0, x0, x0\n"
    "instruction sraw, R, sraw x0, x0, x0\n"
    "instruction mul, R, mul x0, x0, x0\n"
    "instruction mulh, R, mulh x0, x0, x0\n"
    "instruction mulhsu, R, mulhsu x0, x0, x0\n"
    "instruction mulhu, R, mulhu x0, x0, x0\n"
    "instruction div, R, div x0, x0, x0\n"
    "instruction divu, R, divu x0, x0, x0\n"
    "instruction rem, R, rem x0, x0, x0\n"
    "instruction remu, R, remu x0, x0, x0\n"
    "instruction mulw, R, mulw x0, x0, x0\n"
    "instruction divw, R, divw x0, x0, x0\n"
    "instruction divuw, R, divuw x0, x0, x0\n"
    "instruction remw, R, remw x0, x0, x0\n"
    "instruction remuw, R, remuw x0, x0, x0\n"
    "instruction addi, I, addi x0, x0, 0\n"
    "instruction slti, I, slti x0, x0, 0\n"
    "instruction sltiu, I, sltiu x0, x0, 0\n"
    "instruction xori, I, xori x0, x0, 0\n"
    "instruction ori, I, ori x0, x0, 0\n"
    "instruction andi, I, andi x0, x0, 0\n"
    "instruction addiw, I, addiw x0, x0, 0\n"
    "instruction slli, H, slli x0, x0, 0\n"
    "instruction srli, H, srli x0, x0, 0\n"
    "instruction srai, H, srai x0, x0, 0\n"
    "instruction slliw, h, slliw x0, x0, 0\n"
    "instruction srliw, h, srliw x0, x0, 0\n"
    "instruction sraiw, h, sraiw x0, x0, 0\n"
    "instruction lui, U, lui x0, 0\n"
    "instruction auipc, U, auipc x0, 0\n"
    "instruction jal, J, jal x0, .\n"
    "instruction jalr, K, jalr x0, 0(x0)\n"
    "instruction beq, B, beq x0, x0, .\n"
    "instruction bne, B, bne x0, x0, .\n"
    "instruction blt, B, blt x0, x0, .\n"
    "instruction bge, B, bge x0, x0, .\n"
    "instruction bltu, B, bltu x0, x0, .\n"
    "instruction bgeu, B, bgeu x0, x0, .\n"
    "instruction lb, L, lb x0, 0(x0)\n"
    "instruction lh, L, lh x0, 0(x0)\n"
    "instruction lw, L, lw x0, 0(x0)\n"
    "instruction ld, L, ld x0, 0(x0)\n"
    "instruction lbu, L, lbu x0, 0(x0)\n"
    "instruction lhu, L, lhu x0, 0(x0)\n"
    "instruction lwu, L, lwu x0, 0(x0)\n"
    "instruction flw, l, flw f0, 0(x0)\n"
    "instruction fld, l, fld f0, 0(x0)\n"
    "instruction sb, S, sb x0, 0(x0)\n"
    "instruction sh, S, sh x0, 0(x0)\n"
    "instruction sw, S, sw x0, 0(x0)\n"
    "instruction sd, S, sd x0, 0(x0)\n"
    "instruction fsw, s, fsw f0, 0(x0)\n"
    "instruction fsd, s, fsd f0, 0(x0)\n"
    "instruction amoswap.w, A, amoswap.w x0, x0, (x0)\n"
    "instruction amoadd.w, A, amoadd.w x0, x0, (x0)\n"
    "instruction amoxor.w, A, amoxor.w x0, x0, (x0)\n"
    "instruction amoand.w, A, amoand.w x0, x0, (x0)\n"
    "instruction amoor.w, A, amoor.w x0, x0, (x0)\n"
    "instruction amomin.w, A, amomin.w x0, x0, (x0)\n"
    "instruction amomax.w, A, amomax.w x0, x0, (x0)\n"
    "instruction amominu.w, A, amominu.w x0, x0, (x0)\n"
    "instruction amomaxu.w, A, amomaxu.w x0, x0, (x0)\n"
    "instruction amoswap.d, A, amoswap.d x0, x0, (x0)\n"
    "instruction amoadd.d, A, amoadd.d x0, x0, (x0)\n"
    "instruction amoxor.d, A, amoxor.d x0, x0, (x0)\n"
    "instruction amoand.d, A, amoand.d x0, x0, (x0)\n"
    "instruction amoor.d, A, amoor.d x0, x0, (x0)\n"
    "instruction amomin.d, A, amomin.d x0, x0, (x0)\n"
    "instruction amomax.d, A, amomax.d x0, x0, (x0)\n"
    "instruction amominu.d, A, amominu.d x0, x0, (x0)\n"
    "instruction amomaxu.d, A, amomaxu.d x0, x0, (x0)\n"
    "instruction lr.w, Q, lr.w x0, (x0)\n"
    "instruction lr.d, Q, lr.d x0, (x0)\n"
    "instruction sc.w, q, sc.w x0, x0, (x0)\n"
    "instruction sc.d, q, sc.d x0, x0, (x0)\n"
    "instruction csrrw, C, csrrw x0, 0, x0\n"
    "instruction csrrs, C, csrrs x0, 0, x0\n"
    "instruction csrrc, C, csrrc x0, 0, x0\n"
    "instruction csrrwi, c, csrrwi x0, 0, 0\n"
    "instruction csrrsi, c, csrrsi x0, 0, 0\n"
    "instruction csrrci, c, csrrci x0, 0, 0\n"
    "instructions_end:\n"
    ".option pop\n"
    ".text\n");

static const struct instruction *instruction_named(const char *name) {
  for (const struct instruction *i = instructions; i < instructions_end; i++) {
    if (!strcmp(i->name, name)) {
      return i;
    }
  }
  fprintf(stderr, "no instruction %s\n", name);
  exit(1);
}

#endif
