// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * command.c - messages, files and response files.
 */
#include "command.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void say_error(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  (void)fputs("hvcilint: error: ", stderr);
  (void)vfprintf(stderr, format, arguments);
  (void)fputc('\n', stderr);
  va_end(arguments);
}

void *need(void *memory) {
  if (!memory) {
    say_error("memory ran out");
    exit(EXIT_TROUBLE);
  }
  return memory;
}

char *copy_part(const char *text, size_t length) {
  char *copy = need(malloc(length + 1));
  memcpy(copy, text, length);
  copy[length] = '\0';
  return copy;
}

static char *read_stream(FILE *file, size_t *length) {
  size_t size = 1 << 16;
  char *bytes = need(malloc(size));
  *length = 0;
  for (;;) {
    size_t room = size - 1 - *length;
    size_t got = fread(bytes + *length, 1, room, file);
    *length += got;
    if (got < room)
      break;
    size *= 2;
    bytes = need(realloc(bytes, size));
  }
  bytes[*length] = '\0';
  if (!ferror(file)) // many are kept, and most are small
    return need(realloc(bytes, *length + 1));
  free(bytes);
  return NULL;
}

char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file)
    return NULL;
  char *bytes = read_stream(file, length);
  int kept = errno;
  (void)fclose(file);
  errno = kept;
  return bytes;
}

static void add_word(struct arguments *arguments, char *word) {
  if (arguments->count + 1 >= arguments->size) {
    arguments->size = arguments->size ? 2 * arguments->size : 64;
    arguments->words = need(
        realloc(arguments->words, arguments->size * sizeof *arguments->words));
  }
  arguments->words[arguments->count++] = word;
  arguments->words[arguments->count] = NULL;
}

// Cuts the text into words in place: quotes keep a word together, a backslash
// takes the next character as it is.
static void add_words(struct arguments *arguments, char *text) {
  char *in = text;
  for (;;) {
    while (isspace((unsigned char)*in))
      in++;
    if (!*in)
      return;
    char *word = in, *out = in, quote = '\0';
    for (; *in && (quote || !isspace((unsigned char)*in)); in++) {
      if (*in == '\\' && in[1])
        *out++ = *++in;
      else if (*in == quote)
        quote = '\0';
      else if (!quote && (*in == '"' || *in == '\''))
        quote = *in;
      else
        *out++ = *in;
    }
    bool more = *in != '\0';
    *out = '\0';
    add_word(arguments, word);
    if (!more)
      return;
    in++;
  }
}

void keep_text(struct arguments *arguments, char *text) {
  if (arguments->text_count == arguments->text_size) {
    arguments->text_size = arguments->text_size ? 2 * arguments->text_size : 16;
    arguments->texts = need(realloc(
        arguments->texts, arguments->text_size * sizeof *arguments->texts));
  }
  arguments->texts[arguments->text_count++] = text;
}

void take_arguments(struct arguments *out, int argc, char **argv) {
  *out = (struct arguments){.words = NULL};
  for (int i = 0; i < argc; i++)
    add_word(out, argv[i]);
}

bool expand_arguments(struct arguments *out, int argc, char **argv) {
  *out = (struct arguments){.words = NULL};
  for (int i = 0; i < argc; i++) {
    size_t length;
    if (argv[i][0] != '@') {
      add_word(out, argv[i]);
      continue;
    }
    char *text = read_file(argv[i] + 1, &length);
    if (!text) {
      say_error("%s: %s", argv[i] + 1, strerror(errno));
      return false;
    }
    keep_text(out, text);
    add_words(out, text);
  }
  return true;
}

void free_arguments(struct arguments *arguments) {
  for (size_t i = 0; i < arguments->text_count; i++)
    free(arguments->texts[i]);
  free(arguments->texts);
  free(arguments->words);
}
