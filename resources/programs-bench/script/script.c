/*
 * script [COUNT]: a small script engine. Reads a program as text, compiles it to the code of a
 * register machine with about fifty operations, tagged values, a table and functions, and runs it
 * in one large switch: prime counting by trial, Fibonacci by recursion, sums over a table and
 * characters of a text, COUNT times over.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum op {
    NOP, LOADK, MOVE, LOADNIL, ADD, SUB, MUL, DIV, MOD, AND, OR, XOR, SHL, SHR, NOT, NEG, ADDK, SUBK,
    MULK, MODK, ANDK, SHRK, LT, LE, EQ, NE, LTK, LEK, EQK, NEK, JMP, JT, JF, CALL, RET, GET, PUT, GETK,
    PUTK, LEN, CHAR, FADD, FMUL, TOF, TOI, SWAP, MIN, MAX, ABS, SIGN, INC, DEC, HALT, OPS
};

static const char *const names[OPS] = {
    "nop", "loadk", "move", "loadnil", "add", "sub", "mul", "div", "mod", "and", "or", "xor", "shl", "shr",
    "not", "neg", "addk", "subk", "mulk", "modk", "andk", "shrk", "lt", "le", "eq", "ne", "ltk", "lek", "eqk",
    "nek", "jmp", "jt", "jf", "call", "ret", "get", "put", "getk", "putk", "len", "char", "fadd", "fmul", "tof",
    "toi", "swap", "min", "max", "abs", "sign", "inc", "dec", "halt"
};

enum tag { NIL, INT, REAL };

struct value {
    enum tag tag;
    union {
        int64_t i;
        double d;
    } u;
};

struct code {
    uint8_t op, a, b, c;
    int32_t k;
};

enum { REGISTERS = 16, TABLE = 1024, CODE = 512, LABELS = 64, DEPTH = 4096 };

static struct code code[CODE];
static struct value table[TABLE];
static struct value stack[DEPTH];
static int returns[DEPTH];
static const char text[] = "the godwit flies eleven thousand kilometres without a stop";

static const char source[] =
    "loadk 1 0; loadk 2 2;"
    ":outer; loadk 3 2;"
    ":inner; mul 4 3 3; lt 5 2 4; jt 5 prime; mod 5 2 3; eqk 5 5 0; jt 5 next; inc 3; jmp inner;"
    ":prime; inc 1;"
    ":next; inc 2; ltk 5 2 400; jt 5 outer;"
    "put 1 0 1;"
    "loadk 1 15; call 1 fib; putk 1 0 1;"
    "loadk 2 0; loadk 3 0;"
    ":fill; mulk 4 2 7; addk 4 4 3; modk 4 4 101; addk 5 2 16; put 4 5 2; inc 2; ltk 5 2 256; jt 5 fill;"
    "loadk 2 0;"
    ":sum; addk 5 2 16; get 4 5 2; add 3 3 4; xor 3 3 2; min 6 3 4; max 7 6 2; sub 3 3 7; abs 3 3; inc 2;"
    "ltk 5 2 256; jt 5 sum; putk 3 0 2;"
    "len 6 0; loadk 2 0; loadk 7 0;"
    ":chars; char 4 2; mulk 7 7 31; add 7 7 4; andk 7 7 1048575; inc 2; lt 5 2 6; jt 5 chars; putk 7 0 3;"
    "loadk 2 1; tof 8 2; loadk 9 3; tof 9 9; loadk 2 0;"
    ":real; fmul 8 8 9; fadd 8 8 9; toi 10 8; andk 10 10 1023; tof 8 10; inc 2; ltk 5 2 64; jt 5 real; putk 10 0 4;"
    "halt;"
    ":fib; ltk 5 1 2; jt 5 leaf; move 2 1; subk 1 1 1; call 1 fib; move 3 1; subk 1 2 2; call 1 fib2; add 1 1 3; ret 1;"
    ":fib2; call 1 fib; ret 1;"
    ":leaf; ret 1;";

static void fail(const char *what)
{
    fprintf(stderr, "script: %s\n", what);
    exit(1);
}

static struct {
    char name[16];
    int at;
} labels[LABELS];
static int label_count;

static int label(const char *name)
{
    for (int i = 0; i < label_count; i++)
        if (!strcmp(labels[i].name, name))
            return labels[i].at;
    return -1;
}

/* Two passes: the first finds the labels. */
static void compile(void)
{
    for (int pass = 0; pass < 2; pass++) {
        static char copy[sizeof source];
        int at = 0;
        memcpy(copy, source, sizeof source);
        char *rest;
        for (char *line = strtok_r(copy, ";", &rest); line; line = strtok_r(NULL, ";", &rest)) {
            char word[16];
            long operand[3] = {0, 0, 0};
            int used;
            if (sscanf(line, " :%15s", word) == 1) {
                if (!pass) {
                    strcpy(labels[label_count].name, word);
                    labels[label_count++].at = at;
                }
                continue;
            }
            if (sscanf(line, " %15s%n", word, &used) != 1)
                continue;
            int op = 0;
            while (op < OPS && strcmp(names[op], word))
                op++;
            if (op == OPS)
                fail(word);
            line += used;
            for (int i = 0; i < 3 && sscanf(line, " %15s%n", word, &used) == 1; i++) {
                int known = label(word);
                operand[i] = known >= 0 ? known : strtol(word, NULL, 0);
                line += used;
            }
            struct code *each = &code[at++];
            each->op = (uint8_t) op;
            each->a = (uint8_t) operand[0];
            each->b = (uint8_t) operand[1];
            each->c = (uint8_t) operand[2];
            each->k = (int32_t) operand[op == JMP ? 0 : op == LOADK || op == JT || op == JF || op == CALL ? 1 : 2];
        }
    }
}

static int64_t integer(const struct value *v)
{
    if (v->tag != INT)
        fail("not an integer");
    return v->u.i;
}

static double real(const struct value *v)
{
    return v->tag == REAL ? v->u.d : (double) integer(v);
}

#define A (r + at->a)
#define B (r + at->b)
#define C (r + at->c)
#define SET(x) do { int64_t v_ = (x); A->tag = INT; A->u.i = v_; } while (0)
#define SETD(x) do { double v_ = (x); A->tag = REAL; A->u.d = v_; } while (0)

static uint64_t run(void)
{
    uint64_t steps = 0;
    struct value *r = stack;
    const struct code *at = code;
    int depth = 0;

    for (;; at++) {
        steps++;
        switch (at->op) {
        case NOP: break;
        case LOADK: SET(at->k); break;
        case MOVE: *A = *B; break;
        case LOADNIL: A->tag = NIL; break;
        case ADD: SET(integer(B) + integer(C)); break;
        case SUB: SET(integer(B) - integer(C)); break;
        case MUL: SET(integer(B) * integer(C)); break;
        case DIV: SET(integer(C) ? integer(B) / integer(C) : 0); break;
        case MOD: SET(integer(C) ? integer(B) % integer(C) : 0); break;
        case AND: SET(integer(B) & integer(C)); break;
        case OR: SET(integer(B) | integer(C)); break;
        case XOR: SET(integer(B) ^ integer(C)); break;
        case SHL: SET((int64_t) ((uint64_t) integer(B) << (integer(C) & 63))); break;
        case SHR: SET(integer(B) >> (integer(C) & 63)); break;
        case NOT: SET(~integer(B)); break;
        case NEG: SET(-integer(B)); break;
        case ADDK: SET(integer(B) + at->k); break;
        case SUBK: SET(integer(B) - at->k); break;
        case MULK: SET(integer(B) * at->k); break;
        case MODK: SET(integer(B) % at->k); break;
        case ANDK: SET(integer(B) & at->k); break;
        case SHRK: SET(integer(B) >> at->k); break;
        case LT: SET(integer(B) < integer(C)); break;
        case LE: SET(integer(B) <= integer(C)); break;
        case EQ: SET(integer(B) == integer(C)); break;
        case NE: SET(integer(B) != integer(C)); break;
        case LTK: SET(integer(B) < at->k); break;
        case LEK: SET(integer(B) <= at->k); break;
        case EQK: SET(integer(B) == at->k); break;
        case NEK: SET(integer(B) != at->k); break;
        case JMP: at = code + at->k - 1; break;
        case JT: if (integer(A)) at = code + at->k - 1; break;
        case JF: if (!integer(A)) at = code + at->k - 1; break;
        case CALL:
            if ((depth + 2) * REGISTERS > DEPTH)
                fail("too deep");
            returns[depth++] = (int) (at - code);
            r[REGISTERS + 1] = *A;
            r += REGISTERS;
            at = code + at->k - 1;
            break;
        case RET: {
            struct value result = *A;
            r -= REGISTERS;
            at = code + returns[--depth];
            *A = result;
            break;
        }
        case GET: *A = table[integer(B) & (TABLE - 1)]; break;
        case PUT: table[integer(B) & (TABLE - 1)] = *A; break;
        case GETK: *A = table[at->k & (TABLE - 1)]; break;
        case PUTK: table[at->k & (TABLE - 1)] = *A; break;
        case LEN: SET(sizeof text - 1); break;
        case CHAR: SET(text[(uint64_t) integer(B) % (sizeof text - 1)]); break;
        case FADD: SETD(real(B) + real(C)); break;
        case FMUL: SETD(real(B) * real(C)); break;
        case TOF: SETD((double) integer(B)); break;
        case TOI: SET((int64_t) real(B)); break;
        case SWAP: { struct value v = *A; *A = *B; *B = v; break; }
        case MIN: SET(integer(B) < integer(C) ? integer(B) : integer(C)); break;
        case MAX: SET(integer(B) > integer(C) ? integer(B) : integer(C)); break;
        case ABS: SET(llabs(integer(B))); break;
        case SIGN: SET((integer(B) > 0) - (integer(B) < 0)); break;
        case INC: SET(integer(A) + 1); break;
        case DEC: SET(integer(A) - 1); break;
        case HALT: return steps;
        default: fail("no such operation");
        }
    }
}

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 20;
    uint64_t steps = 0, sum = 0;

    compile();
    table[0].tag = INT;
    for (uint64_t i = 0; i < count; i++) {
        for (int k = 0; k < REGISTERS; k++) {
            stack[k].tag = INT;
            stack[k].u.i = 0;
        }
        steps += run();
        for (int k = 0; k < 5; k++)
            sum = sum * 31 + (uint64_t) table[k].u.i;
    }
    printf("script %" PRIu64 " steps %" PRIu64 " %016" PRIx64 "\n", count, steps, sum);
    return 0;
}
