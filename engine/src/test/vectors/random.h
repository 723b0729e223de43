/* The draws of the vector generators: SplitMix64, so that a seed gives the same file everywhere. */
#ifndef GODWIT_VECTORS_RANDOM_H
#define GODWIT_VECTORS_RANDOM_H

#include <stdint.h>

static uint64_t draw_state;

static uint64_t draw(void) {
  uint64_t z = draw_state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

/* 0 to n - 1. */
static uint64_t draw_below(uint64_t n) {
  return draw() % n;
}

/* low to high, both included. */
static int64_t draw_between(int64_t low, int64_t high) {
  return low + (int64_t) draw_below(high - low + 1);
}

/* A stream of its own for each name, so that a new instruction does not shift the draws of the others. */
static void draw_stream(uint64_t seed, const char *name) {
  draw_state = seed;
  for (; *name; name++) {
    draw_state = (draw_state ^ (unsigned char) *name) * 0x100000001b3;
  }
}

/* A 64-bit integer of the kinds that hurt: edges, few bits, runs of ones, sign extensions, anything. */
__attribute__((unused)) static uint64_t draw_integer(void) {
  static const uint64_t edges[] = {
      0, 1, 2, -1, -2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0x80000001,
      0xffffffff, 0x100000000, 0xffffffff80000000, 0xffffffff7fffffff, 0x7fffffffffffffff,
      0x8000000000000000, 0x8000000000000001, 0xffffffff00000000, 0x5555555555555555,
      0xaaaaaaaaaaaaaaaa};
  switch (draw_below(8)) {
    case 0:
    case 1:
      return edges[draw_below(sizeof edges / sizeof *edges)];
    case 2:
      return draw_between(-20, 20);
    case 3:
      return (1ULL << draw_below(64)) + draw_between(-1, 1);
    case 4:
      return (int64_t) (int32_t) draw();
    case 5:
      return draw() >> draw_below(64);
    case 6:
      return (int64_t) draw() >> draw_below(64);
    default:
      return draw();
  }
}

#endif
