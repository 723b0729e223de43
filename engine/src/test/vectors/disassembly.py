"""Helps disassembly.sh: `rows` prints assembly text, `lines N` keeps N instructions of each mnemonic of objdump's output."""
import random
import re
import sys

X = ("zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 "
     "s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6").split()
F = ("ft0 ft1 ft2 ft3 ft4 ft5 ft6 ft7 fs0 fs1 fa0 fa1 fa2 fa3 fa4 fa5 fa6 fa7 "
     "fs2 fs3 fs4 fs5 fs6 fs7 fs8 fs9 fs10 fs11 ft8 ft9 ft10 ft11").split()
draw = random.Random(20191213)


def x():
    return draw.choice(X)


def f():
    return draw.choice(F)


def imm():
    return str(draw.choice([0, 1, -1, 2047, -2048, draw.randint(-2048, 2047)]))


def mode():
    return draw.choice(["", "", ",rne", ",rtz", ",rdn", ",rup", ",rmm"])


def forms():
    for name in ("lb lh lw ld lbu lhu lwu").split():
        yield lambda n=name: f"{n} {x()},{imm()}({x()})"
    for name in "sb sh sw sd".split():
        yield lambda n=name: f"{n} {x()},{imm()}({x()})"
    for name in "addi slti sltiu xori ori andi addiw".split():
        yield lambda n=name: f"{n} {x()},{x()},{imm()}"
    for name in "slli srli srai".split():
        yield lambda n=name: f"{n} {x()},{x()},{draw.randint(0, 63)}"
    for name in "slliw srliw sraiw".split():
        yield lambda n=name: f"{n} {x()},{x()},{draw.randint(0, 31)}"
    for name in ("add sub sll slt sltu xor srl sra or and addw subw sllw srlw sraw mul mulh mulhsu mulhu "
                 "div divu rem remu mulw divw divuw remw remuw").split():
        yield lambda n=name: f"{n} {x()},{x()},{x()}"
    for name in "lui auipc".split():
        yield lambda n=name: f"{n} {x()},0x{draw.randint(0, 0xfffff):x}"
    yield lambda: f"jalr {x()},{imm()}({x()})"
    for name in "beq bne blt bge bltu bgeu".split():
        yield lambda n=name: f"{n} {x()},{x()},.+{2 * draw.randint(-2000, 2000)}".replace("+-", "-")
    yield lambda: f"jal {x()},.+{2 * draw.randint(0, 400000)}"
    yield lambda: f"fence {draw.choice(['iorw', 'rw', 'i', 'w'])},{draw.choice(['iorw', 'r', 'ow'])}"
    for name in "fence.tso fence.i ecall ebreak".split():
        yield lambda n=name: n
    for name in "csrrw csrrs csrrc".split():
        yield lambda n=name: f"{n} {x()},{draw.choice(['fflags', 'frm', 'fcsr', 'cycle', 'time', 'instret'])},{x()}"
    for name in "csrrwi csrrsi csrrci".split():
        yield lambda n=name: f"{n} {x()},{draw.choice(['fflags', 'frm', 'fcsr'])},{draw.randint(0, 31)}"
    for size in "wd":
        order = lambda: draw.choice(["", ".aq", ".rl", ".aqrl"])
        yield lambda s=size, o=order: f"lr.{s}{o()} {x()},({x()})"
        for name in "sc amoswap amoadd amoxor amoand amoor amomin amomax amominu amomaxu".split():
            yield lambda n=name, s=size, o=order: f"{n}.{s}{o()} {x()},{x()},({x()})"
    for p, load in (("s", "w"), ("d", "d")):
        yield lambda l=load: f"fl{l} {f()},{imm()}({x()})"
        yield lambda l=load: f"fs{l} {f()},{imm()}({x()})"
        for name in "fmadd fmsub fnmsub fnmadd".split():
            yield lambda n=name, p=p: f"{n}.{p} {f()},{f()},{f()},{f()}{mode()}"
        for name in "fadd fsub fmul fdiv".split():
            yield lambda n=name, p=p: f"{n}.{p} {f()},{f()},{f()}{mode()}"
        yield lambda p=p: f"fsqrt.{p} {f()},{f()}{mode()}"
        for name in "fsgnj fsgnjn fsgnjx fmin fmax".split():
            yield lambda n=name, p=p: f"{n}.{p} {f()},{f()},{f()}"
        for name in "feq flt fle".split():
            yield lambda n=name, p=p: f"{n}.{p} {x()},{f()},{f()}"
        for kind in "w wu l lu".split():
            yield lambda k=kind, p=p: f"fcvt.{k}.{p} {x()},{f()}{mode()}"
            if p == "s" or kind in ("l", "lu"):
                yield lambda k=kind, p=p: f"fcvt.{p}.{k} {f()},{x()}{mode()}"
            else:
                yield lambda k=kind, p=p: f"fcvt.{p}.{k} {f()},{x()}"
        yield lambda p=p: f"fclass.{p} {x()},{f()}"
    yield lambda: f"fmv.x.w {x()},{f()}"
    yield lambda: f"fmv.w.x {f()},{x()}"
    yield lambda: f"fmv.x.d {x()},{f()}"
    yield lambda: f"fmv.d.x {f()},{x()}"
    yield lambda: f"fcvt.s.d {f()},{f()}{mode()}"
    yield lambda: f"fcvt.d.s {f()},{f()}"


def rows():
    print(".option norvc\n.option norelax\n.skip 4096")
    for form in forms():
        for _ in range(12):
            print(form())
    print(".option rvc\nc.nop\n.option norvc")
    print(".skip 4096")


def lines(most):
    seen = {}
    for line in sys.stdin:
        m = re.match(r"\s*([0-9a-f]+):\s+([0-9a-f]{4,8})\s+(\S+)(?:\s+(.*))?$", line)
        if not m:
            continue
        pc, word, mnemonic, operands = m.groups()
        if mnemonic in ("unimp", "c.unimp") or mnemonic.startswith("."):
            continue
        seen[mnemonic] = seen.get(mnemonic, 0) + 1
        if seen[mnemonic] > most:
            continue
        operands = re.sub(r"\s*(#.*|<.*)$", "", operands or "").strip()
        if mnemonic in ("jal", "c.j", "c.beqz", "c.bnez") or mnemonic.startswith("b"):
            operands = re.sub("0x(?=[0-9a-f]+$)", "", operands)  # printed where there is no symbol
        print(pc, word, f"{mnemonic} {operands}".strip())


if sys.argv[1] == "rows":
    rows()
else:
    lines(int(sys.argv[2]))
