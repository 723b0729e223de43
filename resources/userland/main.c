// One executable, many names: it acts by the name it was called by, or by its first argument.
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "userland.h"

#define APPLETS                                                                                      \
  A(sh) A(echo) A(printf) A(test) A(cat) A(ls) A(mkdir) A(rmdir) A(rm) A(cp) A(mv) A(touch) A(ln)    \
  A(chmod) A(chown) A(head) A(tail) A(wc) A(grep) A(sort) A(tr) A(cut) A(uniq) A(tee) A(seq) A(yes) A(true)   \
  A(false) A(ps) A(kill) A(sleep) A(env) A(time) A(id) A(whoami) A(uname) A(hostname) A(mount) A(df) \
  A(free) A(date) A(clear) A(stty) A(init) A(telinit) A(login) A(mingetty) A(getty) A(update)        \
  A(shutdown) A(launchd) A(sshd) A(mosrun) A(nomig) A(runhome) A(runon) A(cpujob) A(iojob) A(nodecay)           \
  A(slowdecay) A(fastdecay) A(migrate) A(mosctl) A(mps) A(mtop) A(mosmon) A(mon) A(setpe) A(showmap) \
  A(nice) A(man) A(more) A(less) A(pwd) A(basename) A(dirname)

#define A(name) int name##_main(int, char **);
APPLETS
#undef A

const char *program = "userland";

applet *applet_find(const char *name) {
  if (strcmp(name, "[") == 0) {
    return test_main;
  }
#define A(applet)                  \
  if (strcmp(name, #applet) == 0) { \
    return applet##_main;          \
  }
  APPLETS
#undef A
  return NULL;
}

static int list(void) {
#define A(name) puts(#name);
  puts("[");
  APPLETS
#undef A
  return 0;
}

int main(int argc, char **argv) {
  const char *name = argc > 0 ? argv[0] : "userland";
  const char *slash = strrchr(name, '/');
  name = slash ? slash + 1 : name;
  if (*name == '-') { // a login shell
    name++;
  }
  applet *run = applet_find(name);
  if (run == NULL) { // it was given another name: the file's name says which it is
    const char *file = (const char *)getauxval(AT_EXECFN);
    const char *last = file ? strrchr(file, '/') : NULL;
    run = file ? applet_find(last ? last + 1 : file) : NULL;
    name = run ? (last ? last + 1 : file) : name;
  }
  if (run == NULL && argc > 1) {
    argv++;
    argc--;
    name = argv[0];
    if (strcmp(name, "--list") == 0) {
      return list();
    }
    run = applet_find(name);
  }
  if (run == NULL) {
    fprintf(stderr, "userland: %s: no such program in here\n", name);
    return 127;
  }
  program = name;
  int status = run(argc, argv);
  if (fflush(stdout) || ferror(stdout)) {
    fprintf(stderr, "%s: write error: %s\n", program, strerror(errno));
    status = status ? status : 1;
  }
  return status;
}

int problem(const char *format, ...) {
  int why = errno;
  va_list arguments;
  fflush(stdout);
  va_start(arguments, format);
  fprintf(stderr, "%s: ", program);
  vfprintf(stderr, format, arguments);
  fprintf(stderr, ": %s\n", strerror(why));
  va_end(arguments);
  return 1;
}

int trouble(const char *format, ...) {
  va_list arguments;
  fflush(stdout);
  va_start(arguments, format);
  fprintf(stderr, "%s: ", program);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  return 1;
}

int usage(const char *text) {
  fprintf(stderr, "use: %s\n", text);
  return 2;
}

bool number_of(const char *text, long *value) {
  char *end;
  errno = 0;
  if (!isdigit((unsigned char)*text) && *text != '-' && *text != '+') {
    return false;
  }
  *value = strtol(text, &end, 10);
  return end != text && *end == 0 && errno == 0;
}

bool slurp(const char *path, char *text, size_t room) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return false;
  }
  size_t length = 0;
  ssize_t n = 0;
  while (length + 1 < room && (n = restarted(read(fd, text + length, room - 1 - length))) > 0) {
    length += n;
  }
  close(fd);
  if (length && text[length - 1] == '\n') {
    length--;
  }
  text[length] = 0;
  return n >= 0;
}

bool tell(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) {
    return false;
  }
  ssize_t n = write(fd, text, strlen(text));
  int why = errno;
  close(fd);
  errno = why;
  return n == (ssize_t)strlen(text);
}

// ---- /etc/passwd and /etc/group, read here: the C library's way loads further libraries

static char *field(char **at) {
  char *start = *at;
  if (start == NULL) {
    return "";
  }
  char *colon = strchr(start, ':');
  if (colon) {
    *colon = 0;
  }
  *at = colon ? colon + 1 : NULL;
  return start;
}

static bool find_user(const char *name, uid_t uid, struct user *user) {
  FILE *file = fopen("/etc/passwd", "re");
  char line[512];
  bool found = false;
  while (file && !found && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    char *at = line;
    snprintf(user->name, sizeof user->name, "%s", field(&at));
    snprintf(user->password, sizeof user->password, "%s", field(&at));
    user->uid = (uid_t)atoi(field(&at));
    user->gid = (gid_t)atoi(field(&at));
    snprintf(user->full, sizeof user->full, "%s", field(&at));
    snprintf(user->home, sizeof user->home, "%s", field(&at));
    snprintf(user->shell, sizeof user->shell, "%s", field(&at));
    found = name ? strcmp(user->name, name) == 0 : user->uid == uid;
  }
  if (file) {
    fclose(file);
  }
  return found;
}

bool user_by_name(const char *name, struct user *user) {
  return find_user(name, 0, user);
}

bool user_by_id(uid_t uid, struct user *user) {
  return find_user(NULL, uid, user);
}

bool group_name(gid_t gid, char *name, size_t room) {
  FILE *file = fopen("/etc/group", "re");
  char line[512];
  bool found = false;
  while (file && !found && fgets(line, sizeof line, file)) {
    char *at = line;
    snprintf(name, room, "%s", field(&at));
    field(&at);
    found = (gid_t)atoi(field(&at)) == gid;
  }
  if (file) {
    fclose(file);
  }
  return found;
}
