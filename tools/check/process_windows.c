// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * process_windows.c - programs that are run, and locks, by libuv and Windows.
 * It is compiled in a test and was never run.
 */
#include "process.h"

#include "command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>
#include <windows.h>

// Those that we start end with us: libuv puts them into a job of its own.
void process_end_with_parent(void) {}

int64_t process_now(void) {
  uv_timeval64_t now;
  (void)uv_gettimeofday(&now);
  return now.tv_sec * 1000000000 + (int64_t)now.tv_usec * 1000;
}

// ---- a program whose output is kept ----------------------------------------

struct stream {
  uv_pipe_t pipe;
  char *bytes;
  size_t length, most;
  char piece[1 << 16];
};

struct run {
  uv_loop_t loop;
  uv_process_t process;
  uv_timer_t timer;
  struct stream streams[2];
  HANDLE job; // what the program starts belongs to it as well
  bool late, ended;
  int64_t status;
};

static void give_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *out) {
  struct stream *stream = handle->data;
  (void)wanted;
  *out = uv_buf_init(stream->piece, sizeof stream->piece);
}

static void have_read(uv_stream_t *from, ssize_t got, const uv_buf_t *buffer) {
  struct stream *stream = from->data;
  if (got < 0) {
    uv_close((uv_handle_t *)from, NULL);
    return;
  }
  size_t room = stream->most - stream->length;
  size_t kept = (size_t)got < room ? (size_t)got : room;
  stream->bytes = need(realloc(stream->bytes, stream->length + kept + 1));
  memcpy(stream->bytes + stream->length, buffer->base, kept);
  stream->length += kept;
  stream->bytes[stream->length] = '\0';
}

static void end_all(struct run *run) {
  (void)uv_process_kill(&run->process, SIGTERM);
  if (run->job)
    (void)TerminateJobObject(run->job, 1);
}

static void have_waited(uv_timer_t *timer) {
  struct run *run = timer->data;
  run->late = true;
  end_all(run);
}

// What it left behind ends as well, and with that the pipes.
static void have_exited(uv_process_t *process, int64_t status, int signal) {
  struct run *run = process->data;
  (void)signal;
  run->ended = true;
  run->status = status;
  end_all(run);
  uv_close((uv_handle_t *)process, NULL);
  uv_close((uv_handle_t *)&run->timer, NULL);
}

static void open_stream(struct run *run, int i, size_t most) {
  struct stream *stream = &run->streams[i];
  (void)uv_pipe_init(&run->loop, &stream->pipe, 0);
  stream->pipe.data = stream;
  stream->bytes = need(calloc(1, 1));
  stream->most = most;
}

// A number of libuv's, or 0.
static int start(struct run *run, char *const *words, const char *folder) {
  uv_stdio_container_t ends[3] = {
      {.flags = UV_IGNORE},
      {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
       .data.stream = (uv_stream_t *)&run->streams[0].pipe},
      {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
       .data.stream = (uv_stream_t *)&run->streams[1].pipe},
  };
  uv_process_options_t options = {.file = words[0],
                                  .args = (char **)words,
                                  .cwd = folder,
                                  .exit_cb = have_exited,
                                  .flags = UV_PROCESS_WINDOWS_HIDE,
                                  .stdio_count = 3,
                                  .stdio = ends};
  run->process.data = run;
  return uv_spawn(&run->loop, &run->process, &options);
}

static void join_job(struct run *run) {
  HANDLE process = OpenProcess(PROCESS_SET_QUOTA | PROCESS_TERMINATE, FALSE,
                               (DWORD)uv_process_get_pid(&run->process));
  run->job = CreateJobObjectW(NULL, NULL);
  if (process && run->job)
    (void)AssignProcessToJobObject(run->job, process);
  if (process)
    (void)CloseHandle(process);
}

static void judge(struct process_result *out, const struct run *run,
                  int failed) {
  if (failed) {
    out->end = PROCESS_UNABLE;
    out->code = failed == UV_ENOENT ? ENOENT : EIO;
    return;
  }
  // A program that crashes ends with the number of the fault.
  bool crashed = (uint32_t)run->status >= 0xC0000000u;
  out->end = run->late ? PROCESS_TIMEOUT
             : crashed ? PROCESS_KILLED
                       : PROCESS_EXITED;
  out->code = (int)run->status;
}

void process_run(struct process_result *out, char *const *words,
                 const char *folder, unsigned seconds) {
  struct run *run = need(calloc(1, sizeof *run));
  *out = (struct process_result){.end = PROCESS_UNABLE};
  (void)uv_loop_init(&run->loop);
  (void)uv_timer_init(&run->loop, &run->timer);
  run->timer.data = run;
  open_stream(run, 0, PROCESS_MOST_OUTPUT);
  open_stream(run, 1, PROCESS_MOST_ERRORS);
  int failed = start(run, words, folder);
  if (failed) {
    uv_close((uv_handle_t *)&run->timer, NULL);
    for (int i = 0; i < 2; i++)
      uv_close((uv_handle_t *)&run->streams[i].pipe, NULL);
  } else {
    join_job(run);
    for (int i = 0; i < 2; i++)
      (void)uv_read_start((uv_stream_t *)&run->streams[i].pipe, give_buffer,
                          have_read);
    if (seconds)
      (void)uv_timer_start(&run->timer, have_waited, (uint64_t)seconds * 1000,
                           0);
  }
  (void)uv_run(&run->loop, UV_RUN_DEFAULT);
  (void)uv_loop_close(&run->loop);
  if (run->job)
    (void)CloseHandle(run->job);
  judge(out, run, failed);
  out->output = run->streams[0].bytes;
  out->errors = run->streams[1].bytes;
  out->output_length = run->streams[0].length;
  out->errors_length = run->streams[1].length;
  free(run);
}

void process_result_free(struct process_result *result) {
  free(result->output);
  free(result->errors);
}

// ---- a program that stands for us ------------------------------------------

static void have_followed(uv_process_t *process, int64_t status, int signal) {
  int64_t *out = process->data;
  (void)signal;
  *out = status;
  uv_close((uv_handle_t *)process, NULL);
}

enum process_end process_follow(char *const *words, int *code) {
  int64_t status = 0;
  uv_loop_t loop;
  uv_process_t process = {.data = &status};
  uv_stdio_container_t ends[3] = {{.flags = UV_INHERIT_FD, .data.fd = 0},
                                  {.flags = UV_INHERIT_FD, .data.fd = 2},
                                  {.flags = UV_INHERIT_FD, .data.fd = 2}};
  uv_process_options_t options = {.file = words[0],
                                  .args = (char **)words,
                                  .exit_cb = have_followed,
                                  .stdio_count = 3,
                                  .stdio = ends};
  (void)uv_loop_init(&loop);
  int failed = uv_spawn(&loop, &process, &options);
  (void)SetConsoleCtrlHandler(NULL, TRUE); // an interrupt is left to it
  (void)uv_run(&loop, UV_RUN_DEFAULT);
  (void)SetConsoleCtrlHandler(NULL, FALSE);
  (void)uv_loop_close(&loop);
  *code = failed ? 127 : (int)status;
  return PROCESS_EXITED;
}

// ---- locks -----------------------------------------------------------------

// Held until we end; those that we start end with us, and so need no share.
bool process_lock(const char *path, bool wait, int *error) {
  OVERLAPPED at = {.Offset = 0};
  HANDLE file = CreateFileA(path, GENERIC_READ | GENERIC_WRITE,
                            FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                            OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  *error = file == INVALID_HANDLE_VALUE ? EACCES : 0;
  if (file == INVALID_HANDLE_VALUE)
    return false;
  DWORD how = LOCKFILE_EXCLUSIVE_LOCK | (wait ? 0 : LOCKFILE_FAIL_IMMEDIATELY);
  if (LockFileEx(file, how, 0, 1, 0, &at))
    return true;
  (void)CloseHandle(file);
  return false;
}
