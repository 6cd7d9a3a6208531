// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * pages.c - what the pages of the rules say.
 */
#include "pages.h"

#include "command.h"
#include "plugins.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// They stand on lines of their own.
static void drop_comments(char *text) {
  char *out = text;
  while (*text) {
    size_t length = strcspn(text, "\n");
    length += text[length] == '\n';
    if (strncmp(text, "<!--", 4) != 0) {
      memmove(out, text, length);
      out += length;
    }
    text += length;
  }
  *out = '\0';
}

char *page_of_rule(enum hvci_rule rule) {
  char page[128], path[2 * PATH_MAX];
  size_t length;
  (void)snprintf(page, sizeof page, "rules/%s.md", hvci_rule_name(rule));
  if (!page_path(path, sizeof path, page)) {
    errno = ENOENT;
    return NULL;
  }
  char *text = read_file(path, &length);
  if (text)
    drop_comments(text);
  return text;
}

// Brackets in code are no links. A fence of three has code open behind it, too.
void page_unlink(char *markdown) {
  char *out = markdown, *open = NULL;
  bool code = false;
  for (const char *in = markdown; *in;) {
    code ^= *in == '`';
    size_t target = strcspn(in, ")");
    bool ours = !code && open && strncmp(in, "](", 2) == 0 &&
                strncmp(in + 2, "http", 4) != 0 && in[target];
    if (ours) {
      memmove(open, open + 1, (size_t)(out - open) - 1);
      out--;
      open = NULL;
      in += target + 1;
      continue;
    }
    if (!code && *in == '[')
      open = out;
    *out++ = *in++;
  }
  *out = '\0';
}

char *page_reference(const char *markdown) {
  static const char shared[] = "/implement-hvci-compatible-code";
  const char *at = strstr(markdown, "\n## References\n"), *found = "";
  size_t length = 0;
  while (at && (at = strstr(at, "](https://"))) {
    at += 2;
    size_t end = strcspn(at, ")");
    bool is_shared =
        end >= sizeof shared &&
        strncmp(at + end - sizeof shared + 1, shared, sizeof shared - 1) == 0;
    if (length == 0 || !is_shared) {
      found = at;
      length = end;
    }
    if (!is_shared)
      break;
  }
  char *uri = need(malloc(length + 1));
  memcpy(uri, found, length);
  uri[length] = '\0';
  return uri;
}
