// Runs a tree. Everything that can be done in the shell's own process is done there.
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../userland.h"
#include "shell.h"

enum { MOST_DEPTH = 400 }; // of functions in functions: the stack has an end

struct shell sh = {.name = "sh"};

void complain(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fflush(stdout);
  fprintf(stderr, "%s: ", sh.name);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
}

void fail(int status, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fflush(stdout);
  fprintf(stderr, "%s: ", sh.name);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  sh.status = status;
  if (sh.has_top && !sh.child) {
    longjmp(sh.top, 1);
  }
  leave(status);
}

void leave(int status) {
  sh.status = status;
  trap_exit();
  fflush(stdout);
  _exit(sh.status);
}

// ---- programs

static void try(const char *path, char **argv, char **environment) {
  execve(path, argv, environment);
  if (errno == ENOEXEC) { // a text: the shell reads it
    int count = 0;
    while (argv[count]) {
      count++;
    }
    char **script = region_alloc(&scratch, (count + 2) * sizeof *script);
    script[0] = "sh";
    script[1] = (char *)path;
    memcpy(script + 2, argv + 1, count * sizeof *script);
    execve("/bin/sh", script, environment);
  }
}

void exec_program(char **argv, char **environment) {
  int why = ENOENT;
  if (strchr(argv[0], '/')) {
    try(argv[0], argv, environment);
    why = errno;
  } else {
    const char *path = var_get("PATH");
    for (const char *p = path ? path : ""; why == ENOENT || why == EACCES || why == ENOTDIR;) {
      size_t length = strcspn(p, ":");
      struct text file = {0};
      text_append(&file, p, length);
      if (length) {
        text_add(&file, '/');
      }
      text_puts(&file, argv[0]);
      try(text_end(&file), argv, environment);
      if (errno != ENOENT && errno != ENOTDIR) {
        why = errno;
      }
      text_free(&file);
      if (p[length] == 0) {
        break;
      }
      p += length + 1;
    }
  }
  complain("%s: %s", argv[0], why == ENOENT && !strchr(argv[0], '/') ? "not found" : strerror(why));
  fflush(stdout);
  _exit(why == ENOENT ? 127 : 126);
}

// ---- simple commands

static bool assign_all(struct word *assigns, bool export, bool local) {
  for (; assigns; assigns = assigns->next) {
    const char *equals = strchr(assigns->raw, '=');
    char *name = region_copy(&scratch, assigns->raw, equals - assigns->raw);
    char *value = expand_text(equals + 1);
    if (sh.trace) {
      fprintf(stderr, "+ %s=%s\n", name, value);
    }
    if (local) {
      var_local(name);
    }
    if (!var_set(name, value)) {
      return false;
    }
    if (export) {
      var_export(name);
    }
  }
  return true;
}

static char **vector(struct word *fields, int *count) {
  *count = 0;
  for (struct word *each = fields; each; each = each->next) {
    ++*count;
  }
  char **argv = region_alloc(&scratch, (*count + 1) * sizeof *argv);
  for (int i = 0; fields; fields = fields->next) {
    argv[i++] = (char *)fields->raw;
  }
  return argv;
}

static int call_function(struct function *function, int argc, char **argv, struct node *node) {
  if (sh.depth >= MOST_DEPTH) {
    fail(2, "%s: functions are nested more than %d deep", argv[0], MOST_DEPTH);
  }
  void *scope = var_scope();
  char **positional = sh.positional;
  int positionals = sh.positionals, loops = sh.loops;
  if (!assign_all(node->assigns, true, true)) {
    return 1;
  }
  sh.positional = argv + 1;
  sh.positionals = argc - 1;
  sh.loops = 0;
  sh.depth++;
  run(function->body, 0);
  sh.depth--;
  sh.positional = positional;
  sh.positionals = positionals;
  sh.loops = loops;
  if (sh.flow == RETURN) {
    sh.flow = ON;
  }
  var_scope_end(scope);
  return sh.status;
}

static int call_builtin(builtin *run_it, bool special, int argc, char **argv, struct node *node) {
  void *scope = var_scope();
  if (!assign_all(node->assigns, !special, !special)) {
    return special && !sh.interactive ? (leave(2), 2) : 1;
  }
  clearerr(stdout);
  int status = run_it(argc, argv);
  if (fflush(stdout) || ferror(stdout)) {
    complain("%s: write error: %s", argv[0], strerror(errno));
    status = status ? status : 1;
    clearerr(stdout);
  }
  if (!special && node->assigns) {
    var_scope_end(scope);
  }
  return status;
}

static void show_trace(int argc, char **argv) {
  fflush(stdout);
  fputc('+', stderr);
  for (int i = 0; i < argc; i++) {
    fprintf(stderr, " %s", argv[i]);
  }
  fputc('\n', stderr);
}

static int run_program(int argc, char **argv, struct node *node, int flags) {
  (void)argc;
  bool failed;
  if (!(flags & LAST)) {
    struct job *job = job_new(node->source ? node->source : argv[0], false);
    if (fork_shell(job, false) != 0) {
      return job_wait(job);
    }
  }
  redirect_all(node->redirects, false, &failed);
  if (failed || !assign_all(node->assigns, true, false)) {
    _exit(1);
  }
  exec_program(argv, var_environment());
}

static int run_simple(struct node *node, int flags) {
  sh.substitution = -1;
  int argc;
  bool failed, special = false;
  char **argv = vector(expand_words(node->words), &argc);
  if (argc == 0) {
    struct saved *saved = redirect_all(node->redirects, true, &failed);
    redirect_undo(saved);
    if (failed) {
      return 1;
    }
    if (!assign_all(node->assigns, false, false)) {
      return sh.interactive ? 1 : (leave(2), 2);
    }
    return sh.substitution < 0 ? 0 : sh.substitution;
  }
  if (sh.trace) {
    show_trace(argc, argv);
  }
  struct function *function = function_find(argv[0]);
  builtin *internal = builtin_find(argv[0], &special);
  if (special && strcmp(argv[0], "exec") == 0) {
    redirect_all(node->redirects, false, &failed);
    if (failed && !sh.interactive) {
      leave(2);
    }
    return failed ? 1 : call_builtin(internal, true, argc, argv, node);
  }
  if (!function && !internal) {
    return run_program(argc, argv, node, flags);
  }
  struct saved *saved = redirect_all(node->redirects, true, &failed);
  int status = 1;
  if (!failed) {
    status = function && !special ? call_function(function, argc, argv, node)
                                  : call_builtin(internal, special, argc, argv, node);
  }
  redirect_undo(saved);
  if (failed && special && !sh.interactive) {
    leave(2);
  }
  return status;
}

// ---- pipelines and subshells

static void collect(struct node *node, struct node **all, int *count) {
  if (node->kind == PIPE && !node->redirects) {
    collect(node->a, all, count);
    collect(node->b, all, count);
  } else {
    if (all) {
      all[*count] = node;
    }
    ++*count;
  }
}

static int run_pipe(struct node *node, const char *source, bool background) {
  int count = 0;
  collect(node, NULL, &count);
  struct node **all = region_alloc(&scratch, count * sizeof *all);
  count = 0;
  collect(node, all, &count);
  struct job *job = job_new(source, background);
  int before = -1;
  for (int i = 0; i < count; i++) {
    int ends[2] = {-1, -1};
    if (i + 1 < count && pipe(ends)) {
      complain("no pipe: %s", strerror(errno));
      break;
    }
    pid_t pid = fork_shell(job, background);
    if (pid == 0) {
      if (before >= 0) {
        dup2(before, 0);
        close(before);
      }
      if (ends[1] >= 0) {
        close(ends[0]);
        dup2(ends[1], 1);
        close(ends[1]);
      }
      leave(run(all[i], LAST));
    }
    if (before >= 0) {
      close(before);
    }
    if (ends[1] >= 0) {
      close(ends[1]);
    }
    before = ends[0];
    if (pid < 0) {
      break;
    }
  }
  if (before >= 0) {
    close(before);
  }
  return background ? job_background(job, true) : job_wait(job);
}

static int run_background(struct node *node) {
  struct node *command = node->a;
  const char *source = command->source ? command->source : "";
  if (command->kind == PIPE) {
    return run_pipe(command, source, true);
  }
  struct job *job = job_new(source, true);
  pid_t pid = fork_shell(job, true);
  if (pid == 0) {
    leave(run(command, LAST));
  }
  return pid < 0 ? 2 : job_background(job, true);
}

static int run_subshell(struct node *node, int flags) {
  if (flags & LAST) {
    return run(node->a, LAST);
  }
  struct job *job = job_new(node->source ? node->source : "( ... )", false);
  pid_t pid = fork_shell(job, false);
  if (pid == 0) {
    leave(run(node->a, LAST));
  }
  return pid < 0 ? 2 : job_wait(job);
}

// ---- loops and choices

// After a loop's commands: whether the loop ends.
static bool loop_ends(void) {
  if (sh.flow == BREAK || sh.flow == CONTINUE) {
    bool ends = sh.flow == BREAK || sh.levels > 1;
    if (--sh.levels <= 0) {
      sh.flow = ON;
    }
    return ends;
  }
  return sh.flow != ON;
}

static int run_while(struct node *node, int flags) {
  int status = 0;
  sh.loops++;
  for (;;) {
    int test = run(node->a, TESTED);
    if (sh.flow != ON) {
      if (loop_ends()) {
        break;
      }
      continue;
    }
    if ((test == 0) != (node->kind == WHILE)) {
      break;
    }
    status = run(node->b, flags & TESTED);
    if (loop_ends()) {
      break;
    }
  }
  sh.loops--;
  return sh.flow == ON ? status : sh.status;
}

static int run_for(struct node *node, int flags) {
  int status = 0, count;
  char **all;
  if (node->in) {
    all = vector(expand_words(node->words), &count);
  } else {
    count = sh.positionals;
    all = region_alloc(&scratch, (count + 1) * sizeof *all);
    memcpy(all, sh.positional, count * sizeof *all);
  }
  sh.loops++;
  for (int i = 0; i < count; i++) {
    if (!var_set(node->name, all[i])) {
      status = 1;
      break;
    }
    status = run(node->b, flags & TESTED);
    if (loop_ends()) {
      break;
    }
  }
  sh.loops--;
  return status;
}

static int run_case(struct node *node, int flags) {
  const char *text = expand_text(node->name);
  for (struct arm *arm = node->arms; arm; arm = arm->next) {
    for (struct word *pattern = arm->patterns; pattern; pattern = pattern->next) {
      if (pattern_matches(expand_pattern(pattern->raw), text)) {
        return arm->body ? run(arm->body, flags) : 0;
      }
    }
  }
  return 0;
}

static int run_if(struct node *node, int flags) {
  int test = run(node->a, TESTED);
  if (sh.flow != ON) {
    return sh.status;
  }
  return test == 0 ? run(node->b, flags) : node->c ? run(node->c, flags) : 0;
}

static int run_kind(struct node *node, int flags) {
  switch (node->kind) {
    case SIMPLE: return run_simple(node, flags);
    case PIPE: return run_pipe(node, node->source ? node->source : "", false);
    case AND:
    case OR: {
      int status = run(node->a, TESTED);
      bool go_on = (status == 0) == (node->kind == AND) && sh.flow == ON;
      return go_on ? run(node->b, flags) : status;
    }
    case NOT: {
      int status = run(node->a, TESTED);
      return sh.flow == ON ? !status : sh.status;
    }
    case SEQUENCE:
      run(node->a, flags & TESTED);
      return run(node->b, flags);
    case BACKGROUND: return run_background(node);
    case SUBSHELL: return run_subshell(node, flags);
    case GROUP: return node->a ? run(node->a, flags) : 0;
    case IF: return run_if(node, flags);
    case WHILE:
    case UNTIL: return run_while(node, flags);
    case FOR: return run_for(node, flags);
    case CASE: return run_case(node, flags);
    case FUNCTION: function_set(node->name, node->a); return 0;
  }
  return 2;
}

// Whether a failure of this ends a shell under "set -e": others have asked the question inside.
static bool counts(struct node *node) {
  return node->kind == SIMPLE || node->kind == PIPE || node->kind == SUBSHELL;
}

int run(struct node *node, int flags) {
  if (trap_pending()) {
    traps_run();
  }
  if (interrupted) {
    interrupted = 0;
    sh.flow = INTERRUPT;
    sh.status = 130;
  }
  if (sh.flow != ON || sh.noexec) {
    return sh.status;
  }
  struct mark mark = region_mark(&scratch);
  bool own = node->kind != SIMPLE && node->redirects;
  struct saved *saved = NULL;
  bool failed = false;
  if (own) { // of a compound command
    saved = redirect_all(node->redirects, true, &failed);
    flags &= ~LAST;
  }
  int status = failed ? 1 : run_kind(node, flags);
  if (own) {
    redirect_undo(saved);
  }
  if (sh.flow != INTERRUPT) {
    sh.status = status;
  }
  region_release(&scratch, mark);
  if (status && sh.errexit && !(flags & TESTED) && sh.flow == ON && (counts(node) || failed)) {
    leave(status);
  }
  if (trap_pending()) {
    traps_run();
  }
  return sh.status;
}

// ---- texts

static void run_source(struct source *source, bool top) {
  for (;;) {
    struct region region = {0};
    struct parser p = {.source = source, .region = &region};
    struct node *volatile node = NULL;
    if (setjmp(p.error)) {
      sh.status = 2;
      region_free(&region);
      source->at = source->text.length;
      if (!sh.interactive || !top) {
        if (sh.has_top && !sh.child) {
          return;
        }
        leave(2);
      }
      continue;
    }
    node = parse_command(&p);
    if (node == NULL) {
      region_free(&region);
      if (top && jobs_hold()) {
        jobs_next_command();
        continue;
      }
      return;
    }
    run(node, 0);
    if (top) {
      jobs_next_command();
    }
    if (!p.defines) {
      region_free(&region);
    }
    if (sh.flow != ON && !(top && sh.interactive)) {
      return;
    }
    if (top && sh.interactive) {
      sh.flow = ON;
      interrupted = 0; // what ^C took off was this line, not the next
    }
  }
}

int run_string(const char *text) {
  struct source source;
  source_string(&source, text);
  run_source(&source, false);
  text_free(&source.text);
  return sh.status;
}

int run_file(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    complain("%s: %s", path, strerror(errno));
    return 127;
  }
  struct source source = {.line = 1};
  char buffer[4096];
  ssize_t n;
  while ((n = restarted(read(fd, buffer, sizeof buffer))) > 0) {
    text_append(&source.text, buffer, n);
  }
  close(fd);
  if (n < 0) {
    complain("%s: %s", path, strerror(errno));
    return 126;
  }
  text_end(&source.text);
  run_source(&source, false);
  text_free(&source.text);
  return sh.status;
}

// ---- the shell as a program

// A line of a standard input that is no terminal, byte by byte: what follows is for the commands.
static bool line_of_input(struct source *source, bool first) {
  (void)first;
  bool any = false;
  char c;
  while (restarted(read(0, &c, 1)) == 1) {
    any = true;
    text_add(&source->text, c);
    if (c == '\n') {
      break;
    }
  }
  return any;
}

static bool line_of_terminal(struct source *source, bool first) {
  const char *prompt = var_get(first ? "PS1" : "PS2");
  if (first) {
    jobs_report(false);
  }
  char *expanded = expand_here(prompt ? prompt : first ? "$ " : "> ");
  char *line = edit_line(expanded);
  if (line == NULL) {
    return false;
  }
  text_puts(&source->text, line);
  text_add(&source->text, '\n');
  free(line);
  return true;
}

static void read_profiles(void) {
  if (access("/etc/profile", R_OK) == 0) {
    run_file("/etc/profile");
  }
  const char *home = var_get("HOME");
  if (home) {
    struct text path = {0};
    text_puts(&path, home);
    text_puts(&path, "/.profile");
    if (access(text_end(&path), R_OK) == 0) {
      run_file(text_end(&path));
    }
    text_free(&path);
  }
  sh.flow = ON;
}

static void set_defaults(void) {
  char directory[4096], number[16];
  var_from_environment();
  if (var_get("PATH") == NULL) {
    var_set("PATH", "/bin:/usr/bin:/sbin:/usr/sbin");
  }
  var_set("IFS", " \t\n");
  var_set("PS2", "> ");
  var_set("PS4", "+ ");
  var_set("OPTIND", "1");
  snprintf(number, sizeof number, "%d", getppid());
  var_set("PPID", number);
  if (getcwd(directory, sizeof directory)) {
    var_set("PWD", directory);
  }
  if (var_get("PS1") == NULL) {
    var_set("PS1", getuid() == 0 ? "# " : "$ ");
  }
}

int sh_main(int argc, char **argv) {
  bool login = argv[0][0] == '-';
  const char *command = NULL;
  bool from_input = false;
  int i = 1;
  sh.pid = getpid();
  sh.positional = argv + argc;
  set_defaults();
  for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
    if (strcmp(argv[i], "--") == 0) {
      i++;
      break;
    }
    struct text rest = {0};
    text_add(&rest, argv[i][0]);
    bool takes = false;
    for (const char *c = argv[i] + 1; *c; c++) {
      switch (*c) {
        case 'l': login = true; break;
        case 'c': takes = true; break;
        case 's': from_input = true; break;
        case 'i': sh.interactive = true; break;
        default: text_add(&rest, *c); break;
      }
    }
    char *options[] = {"sh", (char *)text_end(&rest), NULL};
    if (rest.length > 1 && set_options(2, options, 1) < 0) {
      return 2;
    }
    text_free(&rest);
    if (takes) {
      if (i + 1 >= argc) {
        complain("-c needs a command");
        return 2;
      }
      command = argv[++i];
    }
  }
  const char *script = NULL;
  if (command) {
    if (i < argc) {
      sh.name = argv[i++];
    }
  } else if (i < argc && !from_input) {
    script = argv[i++];
  } else if (isatty(0) && isatty(2)) {
    sh.interactive = true;
  }
  sh.positional = argv + i;
  sh.positionals = argc - i;
  if (login) {
    read_profiles();
  }
  if (command) {
    run_string(command);
  } else if (script) {
    sh.name = script;
    sh.status = run_file(script);
  } else {
    struct source source = {.line = 1, .more = line_of_input};
    text_end(&source.text);
    if (sh.interactive) {
      source.more = line_of_terminal;
      sh.monitor = true;
      signals_interactive(true);
      jobs_start();
      sh.has_top = true;
      if (setjmp(sh.top)) {
        region_release(&scratch, (struct mark){0});
        source.at = source.text.length;
        sh.flow = ON;
        sh.loops = sh.depth = 0;
      }
    }
    run_source(&source, true);
    if (sh.interactive) {
      fputs("\n", stderr);
    }
  }
  leave(sh.status);
}
