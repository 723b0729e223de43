// The shell of the nodes: what its parts know of each other.
//
//   region   memory that is given back all at once
//   vars     variables, functions, positional parameters
//   lexer    words and operators of a source text; words keep their quotes
//   parser   commands as a tree
//   expand   words to fields: parameters, substitution, splitting, file names
//   arith    $(( ))
//   exec     runs a tree; redirections are made in the shell itself
//   jobs     children, process groups, the terminal
//   trap     signals
//   builtin  commands that must be the shell's own (echo 0 > /proc/self/lock frees the shell)
//   edit     a line from a terminal
#ifndef SHELL_H
#define SHELL_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct node;

// ---- region.c
struct region {
  struct chunk *chunks;
};
struct mark {
  struct chunk *chunk;
  size_t used;
};
void *region_alloc(struct region *, size_t bytes);
char *region_copy(struct region *, const char *text, size_t length);
struct mark region_mark(struct region *);
void region_release(struct region *, struct mark); // everything since the mark
void region_free(struct region *);
extern struct region scratch; // what one command needs while it runs

struct text { // a string that grows
  char *bytes;
  size_t length, room;
};
void text_add(struct text *, char);
void text_append(struct text *, const char *, size_t);
void text_puts(struct text *, const char *);
const char *text_end(struct text *); // with its 0; never null
void text_free(struct text *);

// ---- vars.c
const char *var_get(const char *name);
bool var_set(const char *name, const char *value); // false: read-only, said so
void var_export(const char *name);
void var_readonly(const char *name);
bool var_unset(const char *name);
void var_local(const char *name); // gets its old value back when the function returns
void *var_scope(void);
void var_scope_end(void *scope);
void var_from_environment(void);
char **var_environment(void); // in scratch
void var_list(const char *prefix, int which); // 0 all, 1 exported, 2 read-only
bool is_name(const char *text, size_t length);
struct function *function_find(const char *name);
void function_set(const char *name, struct node *body); // which is never given back
void function_unset(const char *name);

// ---- parser.c
enum kind {
  SIMPLE, PIPE, AND, OR, NOT, SEQUENCE, BACKGROUND, SUBSHELL, GROUP, IF, WHILE, UNTIL, FOR, CASE, FUNCTION
};
struct word {
  struct word *next;
  const char *raw;
};
enum redirection { READ, WRITE, CLOBBER, APPEND, BOTH, COPY_IN, COPY_OUT, HERE };
struct redirect {
  struct redirect *next;
  enum redirection how;
  int fd;
  const char *raw;  // the word, or the body of a here document
  bool literal;     // a here document whose delimiter was quoted
};
struct arm {
  struct arm *next;
  struct word *patterns;
  struct node *body;
};
struct node {
  enum kind kind;
  struct node *a, *b, *c;
  struct word *words, *assigns;
  struct redirect *redirects;
  struct arm *arms;
  const char *name;
  const char *source; // as typed, for `jobs`
  bool in;
};
struct function {
  struct function *next;
  const char *name;
  struct node *body;
};
struct source { // text that is read as commands; more comes by the line
  struct text text;
  size_t at;
  int line;
  bool (*more)(struct source *, bool first);
  void *from;
};
struct parser {
  struct source *source;
  struct region *region;
  bool quiet; // says nothing about an error
  bool incomplete;
  bool defines; // a function was defined: the region must be kept
  jmp_buf error;
  int token;
  const char *word;
  size_t began;
  bool peeked;
  struct here *heres;
};
// One whole command up to its newline; null at the end of the text. Errors end in parser->error.
struct node *parse_command(struct parser *);
// What follows "$(" up to its ")": the tree, and how many bytes were used; null if it has no end.
struct node *parse_substitution(const char *text, struct region *, size_t *used, bool *bad);
void source_string(struct source *, const char *text);

// ---- lexer.c
const char *scan_word(const char *, bool *bad);   // past the word; null: it has no end yet
const char *scan_braces(const char *, bool *bad); // from after "${" to its "}"
const char *scan_arithmetic(const char *);        // from after "$((" to its "))"
const char *scan_backquote(const char *);         // from after "`" to its "`"

// ---- expand.c
struct word *expand_words(struct word *);         // to fields
char *expand_text(const char *raw);               // to one string, not split
char *expand_here(const char *raw);               // like inside double quotes, but " is plain
char *expand_pattern(const char *raw);            // quoted characters become \c
bool pattern_matches(const char *pattern, const char *text);

// ---- arith.c
long arithmetic(const char *text);

// ---- exec.c
enum { TESTED = 1, LAST = 2 };
int run(struct node *, int flags);
int run_string(const char *text);
int run_file(const char *path);
_Noreturn void exec_program(char **argv, char **environment);
_Noreturn void leave(int status);
enum flow { ON, BREAK, CONTINUE, RETURN, INTERRUPT };
struct shell {
  const char *name;
  char **positional;
  int positionals;
  int status;
  pid_t pid, background;
  enum flow flow;
  int levels, loops, depth;
  bool interactive, monitor, errexit, unset_is_error, trace, noglob, noclobber, allexport, noexec;
  bool child; // a subshell
  int substitution; // status of the last command substitution of this command, or -1
  jmp_buf top;
  bool has_top;
};
extern struct shell sh;
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

// ---- redirect.c
struct saved;
struct saved *redirect_all(struct redirect *, bool keep, bool *failed); // keep: remember what was
void redirect_undo(struct saved *);

// ---- jobs.c
struct job;
pid_t fork_shell(struct job *, bool background);
struct job *job_new(const char *source, bool background);
int job_wait(struct job *);
int job_background(struct job *, bool tell);
void jobs_report(bool all);
void jobs_start(void);
void jobs_forget(void); // in a subshell
bool jobs_hold(void);   // whether who leaves the shell is to know first that jobs are stopped; says so
void jobs_next_command(void);
int builtin_jobs(int, char **), builtin_wait(int, char **), builtin_fg(int, char **),
    builtin_bg(int, char **), builtin_kill(int, char **);

// ---- trap.c
void traps_run(void);
void traps_in_child(bool background);
void trap_exit(void);
int trap_pending(void); // the number of a signal whose trap has not run; 0: none
int builtin_trap(int, char **);
int signal_number(const char *name); // with or without SIG; -1
const char *signal_name(int);
void signals_interactive(bool on);
extern volatile int interrupted;

// ---- builtin.c
typedef int builtin(int argc, char **argv);
builtin *builtin_find(const char *name, bool *special);
int set_options(int argc, char **argv, int first); // index of what follows; -1: said what is wrong

// ---- edit.c
char *edit_line(const char *prompt); // without its newline, to be freed; null at the end
void history_add(const char *line);

#endif
