/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * protocol.h - one direction of the language server protocol's stream, cut into
 * messages of which some are replaced.
 */
#ifndef HVCI_TOOLS_PROTOCOL_H
#define HVCI_TOOLS_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that grow. Nothing is in it if it is all zeros. */
struct bytes {
  char *data;
  size_t length, size;
};

void bytes_add(struct bytes *to, const char *data, size_t length);
void bytes_free(struct bytes *bytes);

/* What is to be written in place of a message's body: the caller frees it. NULL
   if the body stays as it is. */
typedef char *message_edit(const char *body, size_t length, size_t *out_length);

/* What does not read as the protocol passes as it is, and so does all behind
   it: nobody knows where the next message begins. */
struct stream {
  message_edit *edit;
  /* Told of each message, as it came; or NULL. */
  void (*watch)(const char *body, size_t length, void *payload);
  void *payload;
  struct bytes held; /* of a message that is not whole */
  size_t seen;       /* of what is held, how much was looked at */
  uint64_t passing;  /* bytes left of a message too long to be held */
  uint64_t body;     /* of the message held, once its header is read */
  size_t header;     /* the length of that header, or 0 */
  bool raw;
};

/* Messages longer than this pass unread. */
enum { STREAM_HOLDS = 64 << 20 };

/* Takes what came, in pieces of any size, and adds to *out what goes on. */
void stream_feed(struct stream *stream, const char *data, size_t length,
                 struct bytes *out);

/* The stream has ended: adds what was held. */
void stream_end(struct stream *stream, struct bytes *out);

#endif
