// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * process_posix.c - programs that are run, and locks, by POSIX.
 */
#include "process.h"

#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

enum {
  SLICE = 100 /* milliseconds */,
  PAUSE = 1 /* likewise */,
  PIECE = 1 << 16
};

static void die_with_parent(int signal_number) {
#ifdef __linux__
  (void)prctl(PR_SET_PDEATHSIG, signal_number);
#else
  (void)signal_number;
#endif
}

void process_end_with_parent(void) { die_with_parent(SIGTERM); }

// ---- a program whose output is kept ----------------------------------------

struct stream {
  int descriptor; // -1: it has ended
  char *bytes;
  size_t length, most;
};

// The program's group, for when we are told to end.
static volatile sig_atomic_t running;

static void end_all(int signal_number) {
  if (running)
    (void)kill((pid_t)-running, SIGKILL);
  _exit(128 + signal_number);
}

// False: the stream has ended, or has nothing more right now.
static bool read_piece(struct stream *stream) {
  static char piece[PIECE];
  ssize_t got = read(stream->descriptor, piece, sizeof piece);
  if (got < 0 && (errno == EINTR || errno == EAGAIN))
    return false;
  if (got <= 0) {
    (void)close(stream->descriptor);
    stream->descriptor = -1;
    return false;
  }
  size_t room = stream->most - stream->length;
  size_t kept = (size_t)got < room ? (size_t)got : room;
  stream->bytes = need(realloc(stream->bytes, stream->length + kept + 1));
  memcpy(stream->bytes + stream->length, piece, kept);
  stream->length += kept;
  stream->bytes[stream->length] = '\0';
  return true;
}

static bool open_stream(struct stream *stream, int *writer, size_t most) {
  int ends[2];
  *stream = (struct stream){.descriptor = -1, .most = most};
  *writer = -1;
  if (pipe2(ends, O_CLOEXEC) != 0)
    return false;
  (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
  stream->descriptor = ends[0];
  *writer = ends[1];
  stream->bytes = need(calloc(1, 1));
  return true;
}

static void close_if_open(int descriptor) {
  if (descriptor >= 0)
    (void)close(descriptor);
}

// Ours, and those that we were given: the lock is not the compiler's.
static void hide_descriptors(void) {
  for (int i = 3; i < 64; i++) {
    int old = fcntl(i, F_GETFD);
    if (old >= 0)
      (void)fcntl(i, F_SETFD, old | FD_CLOEXEC);
  }
}

// In the child. Never returns; tells `report` why.
static void become(char *const *words, const char *folder, int output,
                   int errors, int report) {
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  (void)setpgid(0, 0);
  die_with_parent(SIGKILL);
  (void)signal(SIGTERM, SIG_DFL);
  (void)signal(SIGINT, SIG_DFL);
  (void)signal(SIGHUP, SIG_DFL);
  if (dup2(nothing, 0) >= 0 && dup2(output, 1) >= 0 && dup2(errors, 2) >= 0 &&
      chdir(folder) == 0)
    (void)execvp(words[0], words);
  int error = errno;
  (void)!write(report, &error, sizeof error);
  _exit(127);
}

static int64_t now_in(clockid_t clock) {
  struct timespec time;
  (void)clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t process_now(void) { return now_in(CLOCK_REALTIME); }

// Reads both streams until the program has ended; true: its time is over.
static bool wait_for(pid_t child, struct stream *streams, unsigned seconds,
                     int *status) {
  int64_t end = now_in(CLOCK_MONOTONIC) + (int64_t)seconds * 1000000000;
  bool late = false, ended = false;
  while (!ended) {
    struct pollfd polled[2] = {{streams[0].descriptor, POLLIN, 0},
                               {streams[1].descriptor, POLLIN, 0}};
    bool open = polled[0].fd >= 0 || polled[1].fd >= 0;
    int ready = open ? poll(polled, 2, SLICE) : 0;
    // Compilers write their messages letter by letter: do not wake for each.
    if (ready > 0 && !((polled[0].revents | polled[1].revents) & POLLHUP))
      (void)poll(NULL, 0, PAUSE);
    for (int i = 0; i < 2; i++)
      if (ready > 0 && polled[i].revents)
        (void)read_piece(&streams[i]);
    late = late || (seconds && now_in(CLOCK_MONOTONIC) >= end);
    if (late)
      (void)kill(-child, SIGKILL);
    // Who inherited the pipes may outlive the program.
    bool waits = !open && (!seconds || late);
    if (!open && !waits)
      (void)poll(NULL, 0, PAUSE);
    if (!open || ready == 0 || late)
      ended = waitpid(child, status, waits ? 0 : WNOHANG) == child;
  }
  for (int i = 0; i < 2; i++)
    while (streams[i].descriptor >= 0 && read_piece(&streams[i]))
      ;
  return late;
}

static void set_signals(void (*handler)(int)) {
  const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    (void)signal(numbers[i], handler);
}

static void finish(struct process_result *out, pid_t child,
                   struct stream *streams, unsigned seconds) {
  int status = 0;
  bool late = wait_for(child, streams, seconds, &status);
  if (WIFEXITED(status)) {
    out->end = PROCESS_EXITED;
    out->code = WEXITSTATUS(status);
  } else {
    out->end = late ? PROCESS_TIMEOUT : PROCESS_KILLED;
    out->code = WTERMSIG(status);
  }
  // What it left behind in its group ends as well.
  (void)kill(-child, SIGKILL);
}

void process_run(struct process_result *out, char *const *words,
                 const char *folder, unsigned seconds) {
  struct stream streams[2], report;
  int writers[3];
  *out = (struct process_result){.end = PROCESS_UNABLE};
  bool open = open_stream(&streams[0], &writers[0], PROCESS_MOST_OUTPUT);
  open &= open_stream(&streams[1], &writers[1], PROCESS_MOST_ERRORS);
  open &= open_stream(&report, &writers[2], sizeof(int));
  hide_descriptors();
  // The child only starts the program: nothing of ours is copied for it.
  pid_t child = open ? vfork() : -1;
  if (child == 0)
    become(words, folder, writers[0], writers[1], writers[2]);
  out->code = errno;
  for (int i = 0; i < 3; i++)
    close_if_open(writers[i]);
  if (child > 0) {
    (void)setpgid(child, child);
    running = child;
    set_signals(end_all);
    finish(out, child, streams, seconds);
    running = 0;
    (void)read_piece(&report);
    if (report.length == sizeof(int)) {
      out->end = PROCESS_UNABLE;
      memcpy(&out->code, report.bytes, sizeof(int));
    }
  }
  close_if_open(report.descriptor);
  free(report.bytes);
  for (int i = 0; i < 2; i++)
    close_if_open(streams[i].descriptor);
  out->output = streams[0].bytes;
  out->errors = streams[1].bytes;
  out->output_length = streams[0].length;
  out->errors_length = streams[1].length;
}

void process_result_free(struct process_result *result) {
  free(result->output);
  free(result->errors);
}

// ---- a program that stands for us ------------------------------------------

enum process_end process_follow(char *const *words, int *code) {
  int status = 0;
  pid_t child = fork();
  if (child == 0) {
    die_with_parent(SIGTERM);
    if (dup2(2, 1) >= 0)
      (void)execvp(words[0], words);
    _exit(127);
  }
  *code = errno;
  if (child < 0)
    return PROCESS_UNABLE;
  (void)signal(SIGINT, SIG_IGN);
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  (void)signal(SIGINT, SIG_DFL);
  *code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  return WIFEXITED(status) ? PROCESS_EXITED : PROCESS_KILLED;
}

bool process_lock(const char *path, bool wait, int *error) {
  // Not closed on exec: those that we start keep it.
  int descriptor = open(path, O_RDWR | O_CREAT, 0666);
  *error = errno;
  if (descriptor < 0)
    return false;
  *error = 0;
  while (flock(descriptor, wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0)
    if (errno != EINTR) {
      (void)close(descriptor);
      return false;
    }
  return true;
}
