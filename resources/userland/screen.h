// The whole screen of a terminal, for programs that draw it again and again.
#ifndef SCREEN_H
#define SCREEN_H

#include "userland.h"

// Keys beyond the characters.
enum { KEY_UP = 256, KEY_DOWN, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_HOME, KEY_END };

// Takes the screen, with its keys from that descriptor; what stood there comes back at the end of
// the program, also if a signal ends it.
void screen_begin(int keys);
void screen_end(void);
// A key within that time (-1: however long it takes), 0 for none, 'q' when the terminal is gone.
int key_within(int millis);
// 24 by 80 where nobody knows.
void screen_size(int *rows, int *columns);

// Shows lines a screen at a time if standard output is a terminal and they do not fit, else prints
// them. title stands at the bottom.
int page_lines(char **lines, int count, const char *title);

#endif
