// Children of the shell: jobs, their process groups, and who has the terminal.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "../userland.h"
#include "shell.h"

enum state { RUNNING, STOPPED, DONE };

struct child {
  pid_t pid;
  int status;
  enum state state;
};

struct job {
  struct job *next;
  int id; // 0: in the foreground, never seen by `jobs`
  pid_t group;
  struct child *children;
  int count;
  char *source;
  bool background, told;
};

static struct job *jobs; // the newest first
static int terminal = -1;
static struct termios modes;
static pid_t own_group;

struct job *job_new(const char *source, bool background) {
  struct job *job = calloc(1, sizeof *job);
  job->source = strdup(source);
  job->background = background;
  job->next = jobs;
  jobs = job;
  return job;
}

static void job_free(struct job *job) {
  for (struct job **at = &jobs; *at; at = &(*at)->next) {
    if (*at == job) {
      *at = job->next;
      break;
    }
  }
  free(job->children);
  free(job->source);
  free(job);
}

void jobs_forget(void) {
  while (jobs) {
    job_free(jobs);
  }
}

void jobs_start(void) {
  terminal = fcntl(0, F_DUPFD_CLOEXEC, 10);
  tcgetattr(terminal, &modes);
  setpgid(0, 0); // fails for the leader of a session, whose group is its own already
  own_group = getpgrp();
  if (tcsetpgrp(terminal, own_group)) {
    sh.monitor = false;
  }
}

pid_t fork_shell(struct job *job, bool background) {
  fflush(stdout);
  pid_t pid = fork();
  if (pid < 0) {
    complain("cannot fork: %s", strerror(errno));
    return pid;
  }
  bool grouped = sh.monitor && job;
  if (pid == 0) {
    if (grouped) {
      setpgid(0, job->group);
      if (!background && terminal >= 0) {
        tcsetpgrp(terminal, getpgrp()); // SIGTTOU is ignored until the next line
      }
    }
    traps_in_child(background && !sh.monitor);
    if (background && !sh.monitor) {
      int null = open("/dev/null", O_RDONLY);
      if (null > 0) {
        dup2(null, 0);
        close(null);
      }
    }
    jobs_forget();
    sh.child = true;
    sh.interactive = sh.monitor = sh.has_top = false;
    return 0;
  }
  if (job) {
    if (job->count == 0) {
      job->group = pid;
    }
    if (grouped) {
      setpgid(pid, job->group); // both do it: whoever comes first
    }
    job->children = realloc(job->children, (job->count + 1) * sizeof *job->children);
    job->children[job->count++] = (struct child){pid, 0, RUNNING};
  }
  return pid;
}

static enum state state_of(const struct job *job) {
  enum state state = DONE;
  for (int i = 0; i < job->count; i++) {
    if (job->children[i].state == RUNNING) {
      return RUNNING;
    }
    if (job->children[i].state == STOPPED) {
      state = STOPPED;
    }
  }
  return state;
}

static int result_of(const struct job *job) {
  if (job->count == 0) {
    return 2;
  }
  int status = job->children[job->count - 1].status;
  if (WIFSTOPPED(status)) {
    return 128 + WSTOPSIG(status);
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void note(pid_t pid, int status) {
  for (struct job *job = jobs; job; job = job->next) {
    for (int i = 0; i < job->count; i++) {
      struct child *child = &job->children[i];
      if (child->pid == pid) {
        child->status = status;
        child->state = WIFSTOPPED(status) ? STOPPED : WIFCONTINUED(status) ? RUNNING : DONE;
        job->told = false;
        return;
      }
    }
  }
}

// One child's news; false if there is none (or a signal came, with errno EINTR).
static bool await(int how) {
  int status;
  pid_t pid = waitpid(-1, &status, how);
  if (pid > 0) {
    note(pid, status);
  }
  return pid > 0;
}

static int new_id(void) {
  int id = 0;
  for (struct job *job = jobs; job; job = job->next) {
    id = job->id > id ? job->id : id;
  }
  return id + 1;
}

static void describe(const struct job *job, FILE *to, bool with_pids) {
  char state[64] = "Running";
  int status = job->count ? job->children[job->count - 1].status : 0;
  if (state_of(job) == STOPPED) {
    snprintf(state, sizeof state, "Stopped");
  } else if (state_of(job) == DONE) {
    if (WIFSIGNALED(status)) {
      snprintf(state, sizeof state, "%s", strsignal(WTERMSIG(status)));
    } else if (WEXITSTATUS(status)) {
      snprintf(state, sizeof state, "Done(%d)", WEXITSTATUS(status));
    } else {
      snprintf(state, sizeof state, "Done");
    }
  }
  int newest = 0;
  for (struct job *each = jobs; each; each = each->next) {
    newest = each->id > newest ? each->id : newest;
  }
  fprintf(to, "[%d]%c ", job->id, job->id == newest ? '+' : ' ');
  if (with_pids) {
    fprintf(to, "%d ", job->group);
  }
  fprintf(to, "%-22s %s\n", state, job->source);
}

int job_wait(struct job *job) {
  while (state_of(job) == RUNNING) {
    if (!await(sh.monitor ? WUNTRACED : 0) && errno == ECHILD) {
      break;
    }
  }
  if (sh.monitor && terminal >= 0) {
    tcsetpgrp(terminal, own_group);
  }
  int status = job->count ? job->children[job->count - 1].status : 0;
  int result = result_of(job);
  if (state_of(job) == STOPPED) {
    if (job->id == 0) {
      job->id = new_id();
    }
    job->background = job->told = true;
    tcsetattr(terminal, TCSADRAIN, &modes);
    fputc('\n', stderr);
    describe(job, stderr, false);
    return result;
  }
  if (sh.interactive && WIFSIGNALED(status)) {
    tcsetattr(terminal, TCSADRAIN, &modes); // it may have left the terminal as an editor needs it
    if (WTERMSIG(status) == SIGINT) {
      fputc('\n', stderr);
      interrupted = 1; // the rest of the line is off, too
    } else if (WTERMSIG(status) != SIGPIPE) {
      fprintf(stderr, "%s\n", strsignal(WTERMSIG(status)));
    }
  }
  job_free(job);
  return result;
}

int job_background(struct job *job, bool tell_it) {
  if (job->count == 0) {
    job_free(job);
    return 2;
  }
  job->id = new_id();
  sh.background = job->children[job->count - 1].pid;
  if (tell_it && sh.interactive) {
    fprintf(stderr, "[%d] %d\n", job->id, sh.background);
  }
  return 0;
}

void jobs_report(bool all) {
  while (await(WNOHANG | (sh.monitor ? WUNTRACED | WCONTINUED : 0))) {
  }
  int most = new_id();
  for (int id = 1; id < most; id++) {
    for (struct job *job = jobs; job; job = job->next) {
      if (job->id != id) {
        continue;
      }
      bool ended = state_of(job) == DONE;
      if (all) {
        describe(job, stdout, false);
      } else if (!job->told && state_of(job) != RUNNING) {
        describe(job, stderr, false);
      }
      job->told = true;
      if (ended && (all || sh.interactive)) {
        job_free(job);
      }
      break;
    }
  }
}

int builtin_jobs(int argc, char **argv) {
  if (argc > 1 && (strcmp(argv[1], "-l") == 0 || strcmp(argv[1], "-p") == 0)) {
    while (await(WNOHANG)) {
    }
    int most = new_id();
    for (int id = 1; id < most; id++) {
      for (struct job *job = jobs; job; job = job->next) {
        if (job->id == id && argv[1][1] == 'p') {
          printf("%d\n", job->group);
        } else if (job->id == id) {
          describe(job, stdout, true);
        }
      }
    }
    return 0;
  }
  jobs_report(true);
  return 0;
}

static struct job *job_named(const char *name) {
  int id = 0;
  if (name == NULL || strcmp(name, "%%") == 0 || strcmp(name, "%+") == 0 || strcmp(name, "%") == 0) {
    id = new_id() - 1;
  } else if (*name == '%') {
    long number;
    if (!number_of(name + 1, &number)) {
      for (struct job *job = jobs; job; job = job->next) {
        if (job->id && strncmp(job->source, name + 1, strlen(name + 1)) == 0) {
          return job;
        }
      }
      return NULL;
    }
    id = (int)number;
  } else {
    long pid;
    if (!number_of(name, &pid)) {
      return NULL;
    }
    for (struct job *job = jobs; job; job = job->next) {
      for (int i = 0; i < job->count; i++) {
        if (job->children[i].pid == pid) {
          return job;
        }
      }
    }
    return NULL;
  }
  for (struct job *job = jobs; job; job = job->next) {
    if (job->id == id && id) {
      return job;
    }
  }
  return NULL;
}

static int wait_for(struct job *job) {
  while (state_of(job) == RUNNING) {
    if (!await(0)) {
      if (errno == ECHILD) {
        return 127;
      }
      if (trap_pending() || interrupted) {
        return -1;
      }
    }
  }
  int result = result_of(job);
  job_free(job);
  return result;
}

int builtin_wait(int argc, char **argv) {
  int status = 0;
  if (argc == 1) {
    for (;;) {
      struct job *job = jobs;
      while (job && (job->id == 0 || state_of(job) == STOPPED)) {
        job = job->next;
      }
      if (job == NULL) {
        return 0;
      }
      if (wait_for(job) < 0) {
        return 128 + (interrupted ? SIGINT : trap_pending());
      }
    }
  }
  for (int i = 1; i < argc; i++) {
    struct job *job = job_named(argv[i]);
    status = job ? wait_for(job) : 127;
    if (status < 0) {
      return 128 + (interrupted ? SIGINT : trap_pending());
    }
  }
  return status;
}

static void let_go_on(struct job *job) {
  for (int i = 0; i < job->count; i++) {
    if (job->children[i].state == STOPPED) {
      job->children[i].state = RUNNING;
    }
  }
  kill(-job->group, SIGCONT);
}

int builtin_fg(int argc, char **argv) {
  struct job *job = job_named(argc > 1 ? argv[1] : NULL);
  if (!sh.monitor || job == NULL) {
    complain("fg: %s", sh.monitor ? "no such job" : "no job control here");
    return 1;
  }
  printf("%s\n", job->source);
  fflush(stdout);
  job->background = false;
  tcsetpgrp(terminal, job->group);
  let_go_on(job);
  return job_wait(job);
}

int builtin_bg(int argc, char **argv) {
  struct job *job = job_named(argc > 1 ? argv[1] : NULL);
  if (!sh.monitor || job == NULL) {
    complain("bg: %s", sh.monitor ? "no such job" : "no job control here");
    return 1;
  }
  let_go_on(job);
  sh.background = job->children[job->count - 1].pid;
  printf("[%d] %s &\n", job->id, job->source);
  return 0;
}

static int list_signals(int argc, char **argv) {
  if (argc > 2) {
    long number;
    if (number_of(argv[2], &number)) {
      const char *name = signal_name((int)(number > 128 ? number - 128 : number));
      printf("%s\n", name ? name : argv[2]);
    } else {
      printf("%d\n", signal_number(argv[2]));
    }
    return 0;
  }
  for (int i = 1; i < 32; i++) {
    printf("%s%c", signal_name(i), i % 8 == 7 || i == 31 ? '\n' : ' ');
  }
  return 0;
}

int builtin_kill(int argc, char **argv) {
  int signal = SIGTERM, i = 1, status = 0;
  if (argc > 1 && strcmp(argv[1], "-l") == 0) {
    return list_signals(argc, argv);
  }
  if (argc > 2 && strcmp(argv[1], "-s") == 0) {
    signal = signal_number(argv[2]);
    i = 3;
  } else if (argc > 1 && argv[1][0] == '-' && argv[1][1] && strcmp(argv[1], "--")) {
    signal = signal_number(argv[1] + 1);
    i = 2;
  }
  if (i < argc && strcmp(argv[i], "--") == 0) {
    i++;
  }
  if (signal < 0 || i >= argc) {
    complain(signal < 0 ? "kill: no such signal" : "kill: use: kill [-s SIGNAL | -SIGNAL] PID ...");
    return 2;
  }
  for (; i < argc; i++) {
    long pid;
    if (argv[i][0] == '%') {
      struct job *job = job_named(argv[i]);
      if (job == NULL) {
        complain("kill: %s: no such job", argv[i]);
        status = 1;
        continue;
      }
      pid = sh.monitor ? -job->group : job->children[job->count - 1].pid;
    } else if (!number_of(argv[i], &pid)) {
      complain("kill: %s: not a process number", argv[i]);
      status = 1;
      continue;
    }
    if (kill((pid_t)pid, signal)) {
      complain("kill: %ld: %s", pid, strerror(errno));
      status = 1;
    }
  }
  return status;
}
