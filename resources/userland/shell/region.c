// Memory that is given back all at once: a command's tree, or what expanding its words needed.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shell.h"

enum { CHUNK = 4096 };

struct chunk {
  struct chunk *before;
  size_t used, room;
  char bytes[];
};

struct region scratch;

static void *checked(void *memory) {
  if (memory == NULL) {
    static const char text[] = "sh: out of memory\n";
    (void)!write(2, text, sizeof text - 1);
    _exit(2);
  }
  return memory;
}

void *region_alloc(struct region *region, size_t bytes) {
  bytes = (bytes + 15) & ~(size_t)15;
  struct chunk *top = region->chunks;
  if (top == NULL || top->room - top->used < bytes) {
    size_t room = bytes > CHUNK ? bytes : CHUNK;
    struct chunk *chunk = checked(malloc(sizeof *chunk + room));
    chunk->before = top;
    chunk->used = 0;
    chunk->room = room;
    region->chunks = top = chunk;
  }
  void *memory = top->bytes + top->used;
  top->used += bytes;
  return memset(memory, 0, bytes);
}

char *region_copy(struct region *region, const char *text, size_t length) {
  char *copy = region_alloc(region, length + 1);
  memcpy(copy, text, length);
  return copy;
}

struct mark region_mark(struct region *region) {
  return (struct mark){region->chunks, region->chunks ? region->chunks->used : 0};
}

void region_release(struct region *region, struct mark mark) {
  while (region->chunks != mark.chunk) {
    struct chunk *gone = region->chunks;
    region->chunks = gone->before;
    free(gone);
  }
  if (mark.chunk) {
    mark.chunk->used = mark.used;
  }
}

void region_free(struct region *region) {
  region_release(region, (struct mark){NULL, 0});
}

void text_add(struct text *text, char c) {
  text_append(text, &c, 1);
}

void text_append(struct text *text, const char *bytes, size_t length) {
  if (text->length + length + 1 > text->room) {
    text->room = (text->length + length + 1) * 2 + 32;
    text->bytes = checked(realloc(text->bytes, text->room));
  }
  memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
  text->bytes[text->length] = 0;
}

void text_puts(struct text *text, const char *bytes) {
  text_append(text, bytes, strlen(bytes));
}

const char *text_end(struct text *text) {
  if (text->bytes == NULL) {
    text_append(text, "", 0);
  }
  return text->bytes;
}

void text_free(struct text *text) {
  free(text->bytes);
  *text = (struct text){0};
}
