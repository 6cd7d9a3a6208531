// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * process.h - programs that are run, without a shell, and locks. What differs
 * between systems in this folder is behind it.
 */
#ifndef HVCI_CHECK_PROCESS_H
#define HVCI_CHECK_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum process_end {
  PROCESS_EXITED,  /* by itself */
  PROCESS_KILLED,  /* by a signal */
  PROCESS_TIMEOUT, /* by us, as its time was over */
  PROCESS_UNABLE   /* it could not be started: `code` is errno */
};

struct process_result {
  enum process_end end;
  int code;     /* the exit status, the signal, or errno */
  char *output; /* what it wrote to its standard output, NUL behind; or NULL */
  char *errors; /* the same of its standard error */
  size_t output_length, errors_length;
};

/* What is kept of what a program writes; the rest is read and forgotten. */
enum { PROCESS_MOST_OUTPUT = 16 << 20, PROCESS_MOST_ERRORS = 1 << 20 };

/*
 * Runs the program, which is looked for in PATH, in the folder, and waits. It
 * reads nothing, and gets none of our files. All that it starts ends with it:
 * after `seconds` (0: never) it is killed, as it is when we are told to end.
 */
void process_run(struct process_result *out, char *const *words,
                 const char *folder, unsigned seconds);
void process_result_free(struct process_result *result);

/*
 * Runs the program with our standard error for all that it writes, and waits.
 * It ends when we do; an interrupt from the terminal is left to it. Returns as
 * process_run() does.
 */
enum process_end process_follow(char *const *words, int *code);

/* Ends this process when its parent does. */
void process_end_with_parent(void);

/* Takes the lock that the file is, which programs that are run by
   process_follow() keep; with `wait`, waits for it. False: somebody has it, or
   the file cannot be made, then *error is errno. */
bool process_lock(const char *path, bool wait, int *error);

/* Time in nanoseconds, as files have it. */
int64_t process_now(void);

#endif
