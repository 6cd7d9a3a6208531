// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * files.c - files and folders, by libuv.
 */
#include "files.h"

#include "command.h"
#include "platform.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

// On Windows libuv has numbers of its own.
static int errno_of(int status) {
  static const int pairs[][2] = {
      {UV_ENOENT, ENOENT},
      {UV_EEXIST, EEXIST},
      {UV_EACCES, EACCES},
      {UV_EPERM, EPERM},
      {UV_ENOTDIR, ENOTDIR},
      {UV_EISDIR, EISDIR},
      {UV_ENOSPC, ENOSPC},
      {UV_EROFS, EROFS},
      {UV_ENAMETOOLONG, ENAMETOOLONG},
      {UV_ELOOP, ELOOP},
      {UV_ENOMEM, ENOMEM},
      {UV_ENOTEMPTY, ENOTEMPTY},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (status == pairs[i][0])
      return pairs[i][1];
#ifdef _WIN32
  return EIO;
#else
  return -status;
#endif
}

// False, and errno is set, if the request failed. It is over.
static bool finish(uv_fs_t *request, int status) {
  uv_fs_req_cleanup(request);
  if (status < 0)
    errno = errno_of(status);
  return status >= 0;
}

// ---- files -----------------------------------------------------------------

static bool is_kind(const uv_stat_t *status, unsigned kind) {
  enum { KINDS = 0170000 };
  return (status->st_mode & KINDS) == kind;
}

bool file_look(const char *path, struct file_facts *out) {
  enum { FOLDER = 0040000, PLAIN = 0100000 };
  uv_fs_t request;
  int status = uv_fs_stat(NULL, &request, path, NULL);
  const uv_stat_t *is = &request.statbuf;
  if (status >= 0)
    *out = (struct file_facts){
        .size = is->st_size,
        .time = (int64_t)is->st_mtim.tv_sec * 1000000000 + is->st_mtim.tv_nsec,
        .device = is->st_dev,
        .number = is->st_ino,
        .folder = is_kind(is, FOLDER),
        .plain = is_kind(is, PLAIN)};
  return finish(&request, status);
}

bool file_is_same(const struct file_facts *a, const struct file_facts *b) {
  return a->size == b->size && a->time == b->time && a->device == b->device &&
         a->number == b->number;
}

bool file_exists(const char *path) {
  struct file_facts facts;
  return file_look(path, &facts);
}

bool folder_exists(const char *path) {
  struct file_facts facts;
  return file_look(path, &facts) && facts.folder;
}

bool file_set_time(const char *path, int64_t time) {
  uv_fs_t request;
  // As a double of libuv's has no more than parts of a microsecond.
  double seconds = (double)(time - 1000) / 1e9;
  return finish(&request,
                uv_fs_utime(NULL, &request, path, seconds, seconds, NULL));
}

bool file_remove(const char *path) {
  uv_fs_t request;
  return finish(&request, uv_fs_unlink(NULL, &request, path, NULL));
}

bool file_rename(const char *from, const char *to) {
  uv_fs_t request;
  return finish(&request, uv_fs_rename(NULL, &request, from, to, NULL));
}

// ---- folders ---------------------------------------------------------------

bool folder_make(const char *path) {
  uv_fs_t request;
  return finish(&request, uv_fs_mkdir(NULL, &request, path, 0777, NULL)) ||
         errno == EEXIST;
}

bool folder_enter(const char *path) {
  int status = uv_chdir(path);
  if (status < 0)
    errno = errno_of(status);
  return status >= 0;
}

void folder_list(const char *path,
                 void (*each)(const char *name, void *payload), void *payload) {
  uv_fs_t request;
  uv_dirent_t entry;
  if (uv_fs_scandir(NULL, &request, path, 0, NULL) >= 0)
    while (uv_fs_scandir_next(&request, &entry) == 0)
      each(entry.name, payload);
  uv_fs_req_cleanup(&request);
}

// ---- paths -----------------------------------------------------------------

// What libuv puts into a buffer, which may have to be a larger one.
static char *text_from(int (*get)(char *buffer, size_t *size)) {
  for (size_t room = 1 << 12; room <= 1 << 16; room *= 2) {
    size_t size = room;
    char *text = need(malloc(room));
    int status = get(text, &size);
    if (status == 0 && size + 1 < room) { // else it may have been cut
      path_use_system_slashes(text);
      return text;
    }
    free(text);
  }
  return NULL;
}

char *program_path(void) { return text_from(uv_exepath); }

char *current_folder(void) { return need(text_from(uv_cwd)); }

char *path_real(const char *path) {
  uv_fs_t request;
  int status = uv_fs_realpath(NULL, &request, path, NULL);
  char *real = status >= 0 ? need(strdup(request.ptr)) : NULL;
  (void)finish(&request, status);
  if (real)
    path_use_system_slashes(real);
  return real;
}

bool path_go_up(char *path) {
  char *slash = strrchr(path, '/');
  if (!slash || !path[1])
    return false;
  slash[slash == path] = '\0';
  return true;
}

char *path_clean(const char *path) {
  char *folder = need(strdup(path)), *slash = strrchr(folder, '/');
  const char *name = slash ? path + (slash - folder) + 1 : path;
  bool special = strcmp(name, "..") == 0 || !*name;
  char *clean = NULL, *real = NULL;
  if (slash)
    slash[slash == folder] = '\0';
  if (special)
    real = path_real(path);
  else if (slash)
    real = path_real(folder);
  if (real && !special) {
    size_t length = strcmp(real, "/") == 0 ? 0 : strlen(real);
    size_t room = length + strlen(name) + 2;
    clean = need(malloc(room));
    (void)snprintf(clean, room, "%.*s/%s", (int)length, real, name);
  }
  free(folder);
  if (!clean)
    return real ? real : need(strdup(path));
  free(real);
  return clean;
}
