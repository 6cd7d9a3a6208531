// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * process.h - programs that are run, without a shell; locks and folders. What
 * needs POSIX in this folder is behind it.
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
/* What can be told of a file without reading it. False: it is not there. */
struct file_facts {
  uint64_t size;
  int64_t time; /* nanoseconds */
  bool folder;
};
bool file_look(const char *path, struct file_facts *out);
/* Sets a file's time. */
bool file_set_time(const char *path, int64_t time);
/* Makes the folder if it is not there. False: errno says why. */
bool folder_make(const char *path);
/* Calls `each` with the name of each file in the folder. */
void folder_list(const char *path,
                 void (*each)(const char *name, void *payload), void *payload);
/* The folder of this program, which the caller frees; NULL: it is unknown. */
char *program_folder(void);
/* The real path of a file, which the caller frees; NULL: there is none. */
char *path_real(const char *path);
/* The path with its folder as it really is: without links, "." and "..". The
   same path if there is no such folder. The caller frees it. */
char *path_clean(const char *path);
/* The current folder, which the caller frees. */
char *current_folder(void);
/* The number of processors, at least 1. */
unsigned processor_count(void);

#endif
