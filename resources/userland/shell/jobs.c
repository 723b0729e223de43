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
  unsigned long turn; // when it was last stopped or put into the background
};

static struct job *jobs; // the newest first
static int terminal = -1;
static struct termios modes;
static pid_t own_group;
static unsigned long turns;

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
        job->turn = WIFSTOPPED(status) ? ++turns : job->turn;
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

// The current job: the one that was stopped last, or if none is, that was put into the background
// last; leave says which one is out of the question, so that the previous job is found.
static struct job *current(const struct job *leave) {
  struct job *best = NULL;
  for (struct job *job = jobs; job; job = job->next) {
    if (job->id == 0 || job == leave) {
      continue;
    }
    bool stopped = state_of(job) == STOPPED, best_stopped = best && state_of(best) == STOPPED;
    if (best == NULL || (stopped != best_stopped ? stopped : job->turn > best->turn)) {
      best = job;
    }
  }
  return best;
}

static int warned; // 2: what ran just now was told that jobs are stopped; 1: what ran before it was

bool jobs_hold(void) {
  struct job *now = sh.interactive && !sh.child && !warned ? current(NULL) : NULL;
  if (now == NULL || state_of(now) != STOPPED) {
    return false;
  }
  fputs("You have stopped jobs.\n", stderr);
  warned = 2;
  return true;
}

void jobs_next_command(void) {
  warned = warned == 2;
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
  const struct job *now = current(NULL);
  fprintf(to, "[%d]%c ", job->id, job == now ? '+' : job == current(now) ? '-' : ' ');
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
    job->turn = ++turns;
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
  job->turn = ++turns;
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
      if (job->id == id && (all || (!job->told && state_of(job) != RUNNING))) {
        describe(job, all ? stdout : stderr, false);
      }
    }
  }
  // Only now, since who is current is seen among all that were told of.
  for (struct job *job = jobs, *next; job; job = next) {
    next = job->next;
    if (job->id) {
      job->told = true;
      if (state_of(job) == DONE && (all || sh.interactive)) {
        job_free(job);
      }
    }
  }
}

// The job that a text stands for: %, %%, %+, %-, %NUMBER, %BEGINNING, %?PART or a process; null with
// a word about it said for `who`, if that is not null.
static struct job *job_named(const char *who, const char *name) {
  struct job *found = NULL;
  long number;
  if (name == NULL || strcmp(name, "%%") == 0 || strcmp(name, "%+") == 0 || strcmp(name, "%") == 0) {
    found = current(NULL);
  } else if (strcmp(name, "%-") == 0) {
    struct job *now = current(NULL), *previous = current(now);
    found = previous ? previous : now;
  } else if (*name != '%') {
    if (number_of(name, &number)) {
      for (struct job *job = jobs; job && !found; job = job->next) {
        for (int i = 0; i < job->count; i++) {
          found = job->children[i].pid == number ? job : found;
        }
      }
    }
  } else {
    bool numbered = number_of(name + 1, &number);
    for (struct job *job = jobs; job; job = job->next) {
      bool fits = job->id && (numbered          ? job->id == number
                              : name[1] == '?' ? strstr(job->source, name + 2) != NULL
                                               : strncmp(job->source, name + 1, strlen(name + 1)) == 0);
      if (fits && found) {
        if (who) {
          complain("%s: %s: more than one job", who, name);
        }
        return NULL;
      }
      found = fits ? job : found;
    }
  }
  if (found == NULL && who) {
    complain(name ? "%s: %s: no such job" : "%s: no such job", who, name);
  }
  return found;
}

static void tell_job(const struct job *job, char how) {
  if (how == 'p') {
    printf("%d\n", job->group);
  } else {
    describe(job, stdout, how == 'l');
  }
}

int builtin_jobs(int argc, char **argv) {
  int i = 1;
  char how = 0;
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    how = argv[i][1];
    if ((how != 'l' && how != 'p') || argv[i][2]) {
      complain("jobs: use: jobs [-l | -p] [%%JOB ...]");
      return 2;
    }
  }
  if (how == 0 && i == argc) {
    jobs_report(true);
    return 0;
  }
  while (await(WNOHANG | (sh.monitor ? WUNTRACED | WCONTINUED : 0))) {
  }
  int status = 0, most = new_id();
  for (int id = 1; i == argc && id < most; id++) {
    for (struct job *job = jobs; job; job = job->next) {
      if (job->id == id) {
        tell_job(job, how);
      }
    }
  }
  for (; i < argc; i++) {
    struct job *job = job_named("jobs", argv[i]);
    if (job) {
      tell_job(job, how);
    }
    status |= job == NULL;
  }
  return status;
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
    struct job *job = job_named(NULL, argv[i]);
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
  if (!sh.monitor) {
    complain("fg: no job control here");
    return 1;
  }
  int status = 0;
  for (int i = 1; i < (argc > 1 ? argc : 2); i++) {
    struct job *job = job_named("fg", argc > 1 ? argv[i] : NULL);
    if (job == NULL) {
      status = 1;
      continue;
    }
    printf("%s\n", job->source);
    fflush(stdout);
    job->background = false;
    tcsetpgrp(terminal, job->group);
    let_go_on(job);
    status = job_wait(job);
  }
  return status;
}

int builtin_bg(int argc, char **argv) {
  if (!sh.monitor) {
    complain("bg: no job control here");
    return 1;
  }
  int status = 0;
  for (int i = 1; i < (argc > 1 ? argc : 2); i++) {
    struct job *job = job_named("bg", argc > 1 ? argv[i] : NULL);
    if (job == NULL) {
      status = 1;
      continue;
    }
    let_go_on(job);
    job->turn = ++turns;
    sh.background = job->children[job->count - 1].pid;
    printf("[%d] %s &\n", job->id, job->source);
  }
  return status;
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
    bool wake = false; // what is stopped would hear of it only when it goes on
    if (argv[i][0] == '%') {
      struct job *job = job_named("kill", argv[i]);
      if (job == NULL) {
        status = 1;
        continue;
      }
      pid = sh.monitor ? -job->group : job->children[job->count - 1].pid;
      wake = (signal == SIGTERM || signal == SIGHUP) && state_of(job) == STOPPED;
    } else if (!number_of(argv[i], &pid)) {
      complain("kill: %s: not a process number", argv[i]);
      status = 1;
      continue;
    }
    if (kill((pid_t)pid, signal)) {
      complain("kill: %ld: %s", pid, strerror(errno));
      status = 1;
    } else if (wake) {
      kill((pid_t)pid, SIGCONT);
    }
  }
  return status;
}
