// Redirections, made in the shell itself: `echo 0 > /proc/self/lock` opens the file as the shell.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../userland.h"
#include "shell.h"

struct saved {
  struct saved *before;
  int fd, copy; // copy -1: was closed
};

static int here_document(struct redirect *redirect) {
  const char *text = redirect->literal ? redirect->raw : expand_here(redirect->raw);
  size_t length = strlen(text);
  int ends[2];
  if (pipe(ends)) {
    return -1;
  }
  if (length <= 4096) { // always fits
    (void)!write(ends[1], text, length);
  } else if (fork() == 0) { // a pipe holds no more than some pages: somebody must keep writing
    close(ends[0]);
    while (length) {
      ssize_t n = restarted(write(ends[1], text, length));
      if (n <= 0) {
        break;
      }
      text += n;
      length -= n;
    }
    _exit(0);
  }
  close(ends[1]);
  return ends[0];
}

static int open_for(struct redirect *redirect, const char *path) {
  switch (redirect->how) {
    case READ: return open(path, O_RDONLY);
    case BOTH: return open(path, O_RDWR | O_CREAT, 0666);
    case APPEND: return open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);
    case WRITE: {
      struct stat status;
      if (sh.noclobber && stat(path, &status) == 0 && S_ISREG(status.st_mode)) {
        errno = EEXIST;
        return -1;
      }
      return open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    }
    default: return open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  }
}

static struct saved *save(struct saved *all, int fd) {
  struct saved *one = malloc(sizeof *one);
  one->before = all;
  one->fd = fd;
  one->copy = fcntl(fd, F_DUPFD_CLOEXEC, 10);
  return one;
}

static bool redirect_one(struct redirect *redirect) {
  int from;
  if (redirect->how == HERE) {
    from = here_document(redirect);
    if (from < 0) {
      complain("a here document: %s", strerror(errno));
      return false;
    }
  } else {
    const char *word = expand_text(redirect->raw);
    if (redirect->how == COPY_IN || redirect->how == COPY_OUT) {
      long fd;
      if (strcmp(word, "-") == 0) {
        close(redirect->fd);
        return true;
      }
      if (!number_of(word, &fd) || fd < 0 || fd > 9 || (fd != redirect->fd && dup2(fd, redirect->fd) < 0) ||
          fcntl(fd, F_GETFD) < 0) {
        complain("%s: bad file descriptor", word);
        return false;
      }
      return true;
    }
    from = open_for(redirect, word);
    if (from < 0) {
      complain("%s: %s", word, errno == EEXIST ? "it exists and \"set -C\" is on" : strerror(errno));
      return false;
    }
  }
  if (from != redirect->fd) {
    dup2(from, redirect->fd);
    close(from);
  }
  return true;
}

struct saved *redirect_all(struct redirect *redirects, bool keep, bool *failed) {
  struct saved *all = NULL;
  *failed = false;
  if (redirects) {
    fflush(stdout);
  }
  for (; redirects; redirects = redirects->next) {
    if (keep) {
      all = save(all, redirects->fd);
    }
    if (!redirect_one(redirects)) {
      *failed = true;
      break;
    }
  }
  return all;
}

void redirect_undo(struct saved *all) {
  if (all) {
    fflush(stdout);
  }
  while (all) {
    struct saved *one = all;
    all = one->before;
    if (one->copy >= 0) {
      dup2(one->copy, one->fd);
      close(one->copy);
    } else {
      close(one->fd);
    }
    free(one);
  }
}
