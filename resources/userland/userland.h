// What the programs of the userland share. All are one static executable that acts by the name it
// was called by; they use system calls and /proc and nothing else.
#ifndef USERLAND_H
#define USERLAND_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef int applet(int argc, char **argv);
applet *applet_find(const char *name); // null if there is none

// Repeats a call that a signal interrupted.
#define restarted(call)                                       \
  ({                                                          \
    __typeof__(call) restarted_;                              \
    do {                                                      \
      restarted_ = (call);                                    \
    } while (restarted_ == (__typeof__(restarted_))-1 && errno == EINTR); \
    restarted_;                                               \
  })

extern const char *program; // as it was called, for messages

// "program: what: why", why being errno's words; returns 1.
int problem(const char *format, ...) __attribute__((format(printf, 1, 2)));
// "program: text"; returns 1.
int trouble(const char *format, ...) __attribute__((format(printf, 1, 2)));
// How it is called; returns 2.
int usage(const char *text);

// A line of /etc/passwd.
struct user {
  char name[64];
  uid_t uid;
  gid_t gid;
  char full[64], home[128], shell[128];
  char password[64];
};
bool user_by_name(const char *name, struct user *);
bool user_by_id(uid_t, struct user *);
bool group_name(gid_t, char *name, size_t room); // from /etc/group

// The first bytes of a file as text, without the last newline; false if it cannot be read.
bool slurp(const char *path, char *text, size_t room);
// Writes text to a file that exists (a file of /proc); false with errno.
bool tell(const char *path, const char *text);
// A whole number, nothing before or behind it.
bool number_of(const char *text, long *value);

// What /proc says of a process.
struct process {
  int pid, parent, group, session, uid, threads;
  long resident_kb, size_kb, cpu_ticks, children_ticks, started_ticks;
  char state;
  char name[64];
  char terminal[16];
};
bool process_read(int pid, struct process *);
int process_list(int **pids); // all, rising; to be freed
int init_pid(void); // of this node; 0: it was not booted
// Its command line with blanks, or [name].
void process_command(const struct process *, char *text, size_t room);

#endif
