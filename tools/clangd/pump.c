// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * pump.c - runs a program between whose ends and ours messages pass.
 */
#include "pump.h"

#include "../command.h"

#include <jansson.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

// Where bytes come from, and go to: a pipe, a terminal, or a file.
struct end {
  union {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_pipe_t pipe;
    uv_tty_t tty;
  };
  bool open;
  bool file; // not a stream: written to without waiting
};

struct pump;

struct direction {
  struct pump *pump;
  struct end from, to;
  struct stream messages;
  const char *notice;
  bool paused; // until what was read is written
  bool ended;
  void (*at_end)(struct pump *pump);
  char buffer[1 << 16];
};

struct pump {
  uv_loop_t loop;
  uv_process_t process;
  uv_timer_t output_patience, end_patience;
  uv_signal_t signals[3];
  struct direction in, out;
  bool spoken_to; // by an editor: clangd --check, say, has none
  bool asked;     // to shut down
  bool ended;     // by us
  int status;
};

// More than this unwritten, and reading stops.
enum { UNWRITTEN = 1 << 20 };
// How long the program's output may stay open when it has ended, because others
// hold it.
enum { OUTPUT_PATIENCE_MS = 2000 };

static void close_end(struct end *end) {
  if (end->open && !end->file)
    uv_close(&end->handle, NULL);
  end->open = false;
}

static void close_direction(struct direction *d) {
  d->ended = true;
  close_end(&d->from);
  close_end(&d->to);
}

static void lose_patience(uv_timer_t *timer) {
  struct pump *pump = timer->data;
  pump->ended = true;
  (void)uv_process_kill(&pump->process, SIGKILL);
}

// From now on the program is expected to end.
static void expect_end(struct pump *pump) {
  if (pump->spoken_to && uv_is_active((uv_handle_t *)&pump->process) &&
      !uv_is_active((uv_handle_t *)&pump->end_patience))
    (void)uv_timer_start(&pump->end_patience, lose_patience, PUMP_PATIENCE_MS,
                         0);
}

static void end_input(struct pump *pump) {
  close_direction(&pump->in);
  expect_end(pump);
}

// Nobody reads our output, or the program has closed it.
static void end_output(struct pump *pump) {
  close_direction(&pump->out);
  end_input(pump);
}

struct write {
  uv_write_t request;
  struct direction *direction;
  struct bytes bytes;
};

static void read_on(struct direction *d);

static void written(uv_write_t *request, int status) {
  struct write *done = (struct write *)request;
  struct direction *d = done->direction;
  bytes_free(&done->bytes);
  free(done);
  if (status < 0) {
    d->at_end(d->pump);
    return;
  }
  if (!d->to.open)
    return;
  size_t left = uv_stream_get_write_queue_size(&d->to.stream);
  if (d->ended && left == 0)
    d->at_end(d->pump);
  else if (d->paused && left < UNWRITTEN)
    read_on(d);
}

static bool write_file(const struct bytes *bytes) {
  return fwrite(bytes->data, 1, bytes->length, stdout) == bytes->length &&
         fflush(stdout) == 0;
}

// Takes the bytes.
static void write_bytes(struct direction *d, struct bytes *bytes) {
  if (bytes->length == 0 || !d->to.open) {
    bytes_free(bytes);
    return;
  }
  if (d->to.file) {
    bool done = write_file(bytes);
    bytes_free(bytes);
    if (!done)
      d->at_end(d->pump);
    return;
  }
  struct write *write = need(calloc(1, sizeof *write));
  write->direction = d;
  write->bytes = *bytes;
  uv_buf_t buffer = uv_buf_init(bytes->data, (unsigned)bytes->length);
  int status = uv_write(&write->request, &d->to.stream, &buffer, 1, written);
  if (status < 0) {
    bytes_free(&write->bytes);
    free(write);
    d->at_end(d->pump);
  }
}

// The first thing that the editor hears, if it hears the protocol at all.
static void add_notice(struct direction *d, struct bytes *out) {
  char header[64];
  if (!d->notice || d->messages.raw)
    return;
  (void)snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n",
                 strlen(d->notice));
  bytes_add(out, header, strlen(header));
  bytes_add(out, d->notice, strlen(d->notice));
  d->notice = NULL;
}

// A program that still speaks is not stuck.
static void hear(struct pump *pump) {
  if (uv_is_active((uv_handle_t *)&pump->end_patience))
    (void)uv_timer_start(&pump->end_patience, lose_patience, PUMP_PATIENCE_MS,
                         0);
}

static void pass(struct direction *d, const char *data, size_t length) {
  struct bytes fed = {.data = NULL}, out = {.data = NULL};
  if (d == &d->pump->out)
    hear(d->pump);
  stream_feed(&d->messages, data, length, &fed);
  if (fed.length)
    add_notice(d, &out);
  bytes_add(&out, fed.data, fed.length);
  bytes_free(&fed);
  write_bytes(d, &out);
}

static void pass_rest(struct direction *d) {
  struct bytes out = {.data = NULL};
  close_end(&d->from);
  d->ended = true;
  stream_end(&d->messages, &out);
  write_bytes(d, &out);
  if (!d->to.open || d->to.file ||
      uv_stream_get_write_queue_size(&d->to.stream) == 0)
    d->at_end(d->pump);
}

static void give_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *out) {
  struct direction *d = handle->data;
  (void)wanted;
  *out = uv_buf_init(d->buffer, sizeof d->buffer);
}

static void have_read(uv_stream_t *stream, ssize_t length,
                      const uv_buf_t *buffer) {
  struct direction *d = stream->data;
  if (length < 0) {
    pass_rest(d);
    return;
  }
  pass(d, buffer->base, (size_t)length);
  if (d->to.open && !d->to.file &&
      uv_stream_get_write_queue_size(&d->to.stream) >= UNWRITTEN) {
    d->paused = true;
    (void)uv_read_stop(stream);
  }
}

static void read_on(struct direction *d) {
  d->paused = false;
  d->from.handle.data = d;
  if (d->from.open &&
      uv_read_start(&d->from.stream, give_buffer, have_read) != 0)
    pass_rest(d);
}

// Opens what the descriptor is, if it is something to wait for.
static void open_end(struct pump *pump, struct end *end, int descriptor) {
  int status = -1;
  switch (uv_guess_handle(descriptor)) {
  case UV_NAMED_PIPE:
    (void)uv_pipe_init(&pump->loop, &end->pipe, 0);
    status = uv_pipe_open(&end->pipe, descriptor);
    break;
  case UV_TTY:
    status = uv_tty_init(&pump->loop, &end->tty, descriptor, 0);
    break;
  case UV_FILE:
    end->file = true;
    break;
  default: // closed, or nothing known
    break;
  }
  end->open = status == 0 || end->file;
}

static void have_waited(uv_timer_t *timer) { end_output(timer->data); }

static void have_exited(uv_process_t *process, int64_t status, int signal) {
  struct pump *pump = process->data;
  pump->status = signal ? 128 + signal : (int)status;
  if (pump->ended)
    pump->status = pump->asked ? 0 : 1;
  uv_close((uv_handle_t *)process, NULL);
  uv_close((uv_handle_t *)&pump->end_patience, NULL);
  end_input(pump);
  (void)uv_timer_start(&pump->output_patience, have_waited, OUTPUT_PATIENCE_MS,
                       0);
}

static void forward(uv_signal_t *handle, int signal) {
  struct pump *pump = handle->data;
  if (uv_is_active((uv_handle_t *)&pump->process))
    (void)uv_process_kill(&pump->process, signal);
  expect_end(pump);
}

// What the editor says of the end: two short messages, which may be spaced and
// escaped as JSON allows.
static void watch_editor(const char *body, size_t length, void *payload) {
  enum { LONGEST = 512 };
  struct pump *pump = payload;
  pump->spoken_to = true;
  json_t *message =
      length <= LONGEST ? json_loadb(body, length, 0, NULL) : NULL;
  const char *method = json_string_value(json_object_get(message, "method"));
  if (method && strcmp(method, "shutdown") == 0)
    pump->asked = true;
  if (method && strcmp(method, "exit") == 0)
    expect_end(pump);
  json_decref(message);
}

// None of these keeps the loop going.
static void forward_signals(struct pump *pump) {
  static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    (void)uv_signal_init(&pump->loop, &pump->signals[i]);
    pump->signals[i].data = pump;
    (void)uv_signal_start(&pump->signals[i], forward, numbers[i]);
    uv_unref((uv_handle_t *)&pump->signals[i]);
  }
}

static int start(struct pump *pump, const struct pump_job *job) {
  uv_stdio_container_t ends[3] = {
      {.flags = UV_CREATE_PIPE | UV_READABLE_PIPE,
       .data.stream = &pump->in.to.stream},
      {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
       .data.stream = &pump->out.from.stream},
      {.flags = UV_INHERIT_FD, .data.fd = 2},
  };
  (void)uv_pipe_init(&pump->loop, &pump->in.to.pipe, 0);
  (void)uv_pipe_init(&pump->loop, &pump->out.from.pipe, 0);
  pump->in.to.open = pump->out.from.open = true;
  if (pump->in.from.file || !pump->in.from.open) { // no editor's
    ends[0] = (uv_stdio_container_t){
        .flags = pump->in.from.file ? UV_INHERIT_FD : UV_IGNORE, .data.fd = 0};
    close_direction(&pump->in);
  }
  uv_process_options_t options = {.file = job->arguments[0],
                                  .args = job->arguments,
                                  .env = job->environment,
                                  .exit_cb = have_exited,
                                  .stdio_count = 3,
                                  .stdio = ends};
  pump->process.data = pump;
  return uv_spawn(&pump->loop, &pump->process, &options);
}

static void initialize(struct pump *pump, const struct pump_job *job) {
  (void)uv_loop_init(&pump->loop);
  pump->in.pump = pump->out.pump = pump;
  pump->in.messages.edit = job->to_server;
  pump->in.messages.watch = watch_editor;
  pump->in.messages.payload = pump;
  pump->out.messages.edit = job->to_editor;
  pump->out.notice = job->notice;
  pump->in.at_end = end_input;
  pump->out.at_end = end_output;
  open_end(pump, &pump->in.from, 0);
  open_end(pump, &pump->out.to, 1);
  (void)uv_timer_init(&pump->loop, &pump->output_patience);
  (void)uv_timer_init(&pump->loop, &pump->end_patience);
  pump->output_patience.data = pump->end_patience.data = pump;
  uv_unref((uv_handle_t *)&pump->output_patience);
  uv_unref((uv_handle_t *)&pump->end_patience);
}

static void close_any(uv_handle_t *handle, void *payload) {
  (void)payload;
  if (!uv_is_closing(handle))
    uv_close(handle, NULL);
}

static void end_loop(struct pump *pump) {
  uv_walk(&pump->loop, close_any, NULL);
  (void)uv_run(&pump->loop, UV_RUN_DEFAULT);
  (void)uv_loop_close(&pump->loop);
}

int pump(const struct pump_job *job) {
  struct pump *pump = need(calloc(1, sizeof *pump));
#ifdef SIGPIPE
  (void)signal(SIGPIPE, SIG_IGN); // a write that fails says so
#endif
  initialize(pump, job);
  int failed = start(pump, job);
  if (failed) {
    say_error("%s: %s", job->arguments[0], uv_strerror(failed));
    pump->status = -1;
    end_output(pump);
  } else {
    forward_signals(pump);
    read_on(&pump->in);
    read_on(&pump->out);
  }
  (void)uv_run(&pump->loop, UV_RUN_DEFAULT);
  int status = pump->status;
  end_loop(pump);
  free(pump);
  return status;
}
