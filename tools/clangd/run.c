// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * run.c - runs a program for what it says.
 */
#include "run.h"

#include <uv.h>

struct run {
  char *text;
  size_t size, length;
  int status;
  char buffer[4096];
};

static void give_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *out) {
  struct run *run = handle->data;
  (void)wanted;
  *out = uv_buf_init(run->buffer, sizeof run->buffer);
}

static void have_read(uv_stream_t *stream, ssize_t length,
                      const uv_buf_t *buffer) {
  struct run *run = stream->data;
  if (length < 0) {
    uv_close((uv_handle_t *)stream, NULL);
    return;
  }
  for (ssize_t i = 0; i < length && run->length + 1 < run->size; i++)
    run->text[run->length++] = buffer->base[i];
}

static void have_exited(uv_process_t *process, int64_t status, int signal) {
  struct run *run = process->data;
  run->status = signal ? 128 + signal : (int)status;
  uv_close((uv_handle_t *)process, NULL);
}

int run_for_text(char **arguments, char **environment, char *text,
                 size_t size) {
  struct run run = {.text = text, .size = size, .status = -1};
  uv_loop_t loop;
  uv_pipe_t out;
  uv_process_t process = {.data = &run};
  uv_stdio_container_t ends[2] = {{.flags = UV_IGNORE},
                                  {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
                                   .data.stream = (uv_stream_t *)&out}};
  uv_process_options_t options = {.file = arguments[0],
                                  .args = arguments,
                                  .env = environment,
                                  .exit_cb = have_exited,
                                  .stdio_count = 2,
                                  .stdio = ends};
  text[0] = '\0';
  if (uv_loop_init(&loop) != 0)
    return -1;
  (void)uv_pipe_init(&loop, &out, 0);
  out.data = &run;
  if (uv_spawn(&loop, &process, &options) == 0)
    (void)uv_read_start((uv_stream_t *)&out, give_buffer, have_read);
  else
    uv_close((uv_handle_t *)&out, NULL);
  (void)uv_run(&loop, UV_RUN_DEFAULT);
  (void)uv_loop_close(&loop);
  text[run.length] = '\0';
  return run.status;
}
