// Variables, functions, and the scopes of `local`.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell.h"

struct var {
  struct var *next;
  char *name, *value; // value null: exported or read-only before it was set
  bool exported, readonly;
};

struct shadow { // what a name was before `local`
  struct shadow *before;
  char *name, *value;
  bool was_set, exported;
};

static struct var *vars; // in the order of their names, so that lists are the same everywhere
static struct shadow *shadows;
static struct function *functions;

bool is_name(const char *text, size_t length) {
  if (length == 0 || isdigit((unsigned char)text[0])) {
    return false;
  }
  for (size_t i = 0; i < length; i++) {
    if (!isalnum((unsigned char)text[i]) && text[i] != '_') {
      return false;
    }
  }
  return true;
}

static struct var *find(const char *name, bool make) {
  struct var **at = &vars;
  while (*at && strcmp((*at)->name, name) < 0) {
    at = &(*at)->next;
  }
  if (*at && strcmp((*at)->name, name) == 0) {
    return *at;
  }
  if (!make) {
    return NULL;
  }
  struct var *var = calloc(1, sizeof *var);
  var->name = strdup(name);
  var->next = *at;
  *at = var;
  return var;
}

const char *var_get(const char *name) {
  struct var *var = find(name, false);
  return var ? var->value : NULL;
}

bool var_set(const char *name, const char *value) {
  struct var *var = find(name, true);
  if (var->readonly) {
    complain("%s: is read only", name);
    return false;
  }
  char *copy = strdup(value);
  free(var->value);
  var->value = copy;
  var->exported |= sh.allexport;
  return true;
}

void var_export(const char *name) {
  find(name, true)->exported = true;
}

void var_readonly(const char *name) {
  find(name, true)->readonly = true;
}

bool var_unset(const char *name) {
  for (struct var **at = &vars; *at; at = &(*at)->next) {
    struct var *var = *at;
    if (strcmp(var->name, name) == 0) {
      if (var->readonly) {
        complain("unset: %s: is read only", name);
        return false;
      }
      *at = var->next;
      free(var->name);
      free(var->value);
      free(var);
      break;
    }
  }
  return true;
}

void var_local(const char *name) {
  struct var *var = find(name, false);
  struct shadow *shadow = calloc(1, sizeof *shadow);
  shadow->name = strdup(name);
  shadow->was_set = var != NULL;
  if (var) {
    shadow->value = var->value ? strdup(var->value) : NULL;
    shadow->exported = var->exported;
  }
  shadow->before = shadows;
  shadows = shadow;
}

void *var_scope(void) {
  return shadows;
}

void var_scope_end(void *scope) {
  while (shadows != scope) {
    struct shadow *shadow = shadows;
    shadows = shadow->before;
    if (!shadow->was_set) {
      var_unset(shadow->name);
    } else {
      struct var *var = find(shadow->name, true);
      free(var->value);
      var->value = shadow->value;
      var->exported = shadow->exported;
    }
    free(shadow->name);
    free(shadow);
  }
}

void var_from_environment(void) {
  extern char **environ;
  for (char **each = environ; *each; each++) {
    char *equals = strchr(*each, '=');
    if (equals && is_name(*each, equals - *each)) {
      char *name = strndup(*each, equals - *each);
      var_set(name, equals + 1);
      var_export(name);
      free(name);
    }
  }
}

char **var_environment(void) {
  int count = 0;
  for (struct var *var = vars; var; var = var->next) {
    count += var->exported && var->value;
  }
  char **all = region_alloc(&scratch, (count + 1) * sizeof *all);
  int i = 0;
  for (struct var *var = vars; var; var = var->next) {
    if (var->exported && var->value) {
      size_t name = strlen(var->name), value = strlen(var->value);
      all[i] = region_alloc(&scratch, name + value + 2);
      memcpy(all[i], var->name, name);
      all[i][name] = '=';
      memcpy(all[i++] + name + 1, var->value, value);
    }
  }
  return all;
}

static void print_quoted(const char *value) {
  putchar('\'');
  for (; *value; value++) {
    if (*value == '\'') {
      fputs("'\\''", stdout);
    } else {
      putchar(*value);
    }
  }
  putchar('\'');
}

void var_list(const char *prefix, int which) {
  for (struct var *var = vars; var; var = var->next) {
    if (which == 0 ? var->value != NULL : which == 1 ? var->exported : var->readonly) {
      printf("%s%s", prefix, var->name);
      if (var->value) {
        putchar('=');
        print_quoted(var->value);
      }
      putchar('\n');
    }
  }
}

struct function *function_find(const char *name) {
  for (struct function *each = functions; each; each = each->next) {
    if (strcmp(each->name, name) == 0) {
      return each;
    }
  }
  return NULL;
}

// The tree lives in a region that is never given back: a function may run while it is redefined.
void function_set(const char *name, struct node *body) {
  struct function *function = function_find(name);
  if (function == NULL) {
    function = calloc(1, sizeof *function);
    function->name = strdup(name);
    function->next = functions;
    functions = function;
  }
  function->body = body;
}

void function_unset(const char *name) {
  for (struct function **at = &functions; *at; at = &(*at)->next) {
    if (strcmp((*at)->name, name) == 0) {
      *at = (*at)->next;
      return;
    }
  }
}
