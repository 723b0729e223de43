/*
 * strings [COUNT]: makes text with snprintf, cuts it into words, counts them in a hash table, finds
 * and replaces: the C library's string functions and byte loads.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1024 };

struct word {
    struct word *next;
    unsigned count;
    char text[];
};

static struct word *buckets[BUCKETS];

static void add(const char *text)
{
    uint32_t hash = 2166136261u;
    for (const char *at = text; *at; at++)
        hash = (hash ^ (unsigned char) *at) * 16777619u;
    struct word **at = &buckets[hash % BUCKETS];
    for (; *at; at = &(*at)->next)
        if (!strcmp((*at)->text, text)) {
            (*at)->count++;
            return;
        }
    size_t length = strlen(text);
    struct word *word = malloc(sizeof *word + length + 1);
    if (!word) {
        perror("strings");
        exit(1);
    }
    memcpy(word->text, text, length + 1);
    word->next = NULL;
    word->count = 1;
    *at = word;
}

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 500;
    uint64_t sum = 0;
    uint32_t next = 12345;
    char line[256];

    for (uint64_t i = 0; i < count; i++) {
        next = next * 1664525 + 1013904223;
        snprintf(line, sizeof line, "node%u moved process %u to node%u after %u ms because load %u.%02u",
                 next >> 29, next >> 20 & 255, next >> 26 & 7, next >> 12 & 1023, next >> 24 & 7,
                 next >> 8 & 63);
        char *found = strstr(line, "because");
        if (found)
            memcpy(found, "BECAUSE", 7);
        char *rest;
        for (char *word = strtok_r(line, " .", &rest); word; word = strtok_r(NULL, " .", &rest)) {
            sum = sum * 31 + strlen(word);
            add(word);
        }
    }
    uint64_t words = 0;
    for (int i = 0; i < BUCKETS; i++)
        for (struct word *word = buckets[i]; word; word = word->next) {
            words++;
            sum = sum * 131 + word->count + (unsigned char) word->text[0];
        }
    printf("strings %llu %llu words %016llx\n", (unsigned long long) count, (unsigned long long) words,
           (unsigned long long) sum);
    return 0;
}
