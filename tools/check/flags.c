// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * flags.c - turns the command of a build into one that writes a record.
 *
 * Options that write anything go, so that nothing is touched but the record;
 * those that warn go as well, as warnings made errors would leave no record.
 * What stays of cl's options is spelled with a dash and its value joined:
 * ccache and icecream understand these alone.
 */
#include "flags.h"

#include "command.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum style { CL = 1, DASH = 2, GNU = 4, CC1 = 8 };
enum value { NONE, JOIN, NEXT, BOTH };
enum fate { KEEP, PATH, DROP, TELL };

struct flag {
  enum style style;
  const char *spelling;
  size_t length; // of the spelling
  enum value value;
  enum fate fate;
};

static const struct flag flags[] = {
#define HVCI_FLAG(STYLE, SPELLING, VALUE, FATE)                                \
  {STYLE, SPELLING, sizeof SPELLING - 1, VALUE, FATE},
#include "flags.def"
};

// The longest row that fits the option, which comes without its / or dash.
static const struct flag *find(const char *option, unsigned styles) {
  const struct flag *best = NULL;
  size_t longest = 0;
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
    const struct flag *flag = &flags[i];
    bool exact = flag->value == NONE || flag->value == NEXT;
    if ((flag->style & styles) && flag->length > longest &&
        option[0] == flag->spelling[0] &&
        strncmp(option, flag->spelling, flag->length) == 0 &&
        (!exact || !option[flag->length])) {
      best = flag;
      longest = flag->length;
    }
  }
  return best;
}

// ---- what compiler it was --------------------------------------------------

// In lower case, without folders, ".exe" and "-22"; the caller frees it.
static char *program_name(const char *path, bool windows) {
  char *name = need(strdup(path_name(path, windows)));
  for (char *c = name; *c; c++)
    *c = (char)tolower((unsigned char)*c);
  size_t length = strlen(name);
  if (length > 4 && strcmp(name + length - 4, ".exe") == 0)
    name[length -= 4] = '\0';
  char *version = strrchr(name, '-');
  if (version && version[1] && !version[1 + strspn(version + 1, "0123456789.")])
    *version = '\0';
  return name;
}

static bool is_launcher(const char *program) {
  static const char *const launchers[] = {"ccache", "sccache",    "distcc",
                                          "icecc",  "buildcache", "env"};
  for (size_t i = 0; i < sizeof launchers / sizeof *launchers; i++)
    if (strcmp(program, launchers[i]) == 0)
      return true;
  return false;
}

// Where the compiler stands among the words: behind what launches it.
static size_t compiler_at(const struct entry *entry) {
  for (size_t i = 0; i < entry->words.count; i++) {
    char *program = program_name(entry->words.items[i], true);
    bool skipped = is_launcher(program) ||
                   (i > 0 && strchr(entry->words.items[i], '=') != NULL);
    free(program);
    if (!skipped)
      return i;
  }
  return 0;
}

// cl.exe names its target by its folder alone.
static const char *cl_target(const char *path) {
  static const struct {
    const char *folder, *option;
  } rows[] = {{"/x86/", "--target=i686-pc-windows-msvc"},
              {"/arm64/", "--target=aarch64-pc-windows-msvc"},
              {"/x64/", "--target=x86_64-pc-windows-msvc"}};
  char *lower = need(strdup(path));
  path_use_slashes(lower);
  for (char *c = lower; *c; c++)
    *c = (char)tolower((unsigned char)*c);
  const char *found = rows[2].option, *last = NULL;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    for (const char *at = lower; (at = strstr(at, rows[i].folder)); at++)
      if (!last || at > last) {
        last = at;
        found = rows[i].option;
      }
  free(lower);
  return found;
}

static bool ends_with(const char *text, const char *end) {
  size_t length = strlen(text), wanted = strlen(end);
  return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

static bool has_option(const struct words *words, const char *start) {
  for (size_t i = 0; i < words->count; i++)
    if (strncmp(words->items[i], start, strlen(start)) == 0)
      return true;
  return false;
}

// "x86_64-w64-mingw32-gcc" is for x86_64-w64-mingw32; so are Clang's own names.
static void add_target_of_name(struct compile *out, const char *program) {
  static const char *const ends[] = {"-gcc", "-g++",   "-cc",
                                     "-c++", "-clang", "-clang++"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    if (ends_with(program, ends[i]))
      words_take(&out->words,
                 text_of("--target=%.*s",
                         (int)(strlen(program) - strlen(ends[i])), program));
}

void compile_forgive(struct words *words) {
  static const char *const names[] = {"implicit-function-declaration",
                                      "implicit-int",
                                      "int-conversion",
                                      "incompatible-function-pointer-types",
                                      "incompatible-pointer-types",
                                      "return-mismatch",
                                      "c++11-narrowing",
                                      "invalid-token-paste"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    words_take(words, text_of("-Wno-error=%s", names[i]));
  words_add(words, "-Wno-unknown-warning-option");
}

// Sets the manner, and what the compiler's name says beside.
static void take_compiler(struct compile *out, const struct entry *entry,
                          size_t at) {
  const char *path = entry->words.items[at];
  char *program = program_name(path, true);
  bool is_cl = strcmp(program, "cl") == 0;
  out->cl = is_cl || ends_with(program, "clang-cl") ||
            words_contain(&entry->words, "--driver-mode=cl");
  if (is_cl)
    words_add(&out->words, cl_target(path));
  if (is_cl)
    compile_forgive(&out->words);
  if (!out->cl && !has_option(&entry->words, "--target=") &&
      !words_contain(&entry->words, "-target"))
    add_target_of_name(out, program);
  if (!out->cl && (ends_with(program, "++") ||
                   words_contain(&entry->words, "--driver-mode=g++")))
    words_add(&out->words, "--driver-mode=g++");
  free(program);
}

// ---- options ---------------------------------------------------------------

struct translator {
  struct compile *out;
  const struct entry *entry;
  const struct path_maps *maps;
  struct known_folders *known;
  const struct words *in;
  size_t at;
  const char *clang; // "-clang:" before options of clang in clang-cl's manner
};

static char *local_path(const struct translator *from, const char *path) {
  return path_localise(from->maps, path, from->entry->windows || from->out->cl);
}

static void take_system(const struct translator *from, const char *path) {
  char *folder = path_join(from->out->directory, path);
  const char *real = known_real(from->known, folder);
  if (real) // no header is in what is not there
    words_add(&from->out->systems, real);
  free(folder);
}

// The folders that hold system headers.
static void note_system(const struct translator *from, const char *spelling,
                        const char *path) {
  static const char *const names[] = {
      "imsvc",     "external:I", "isystem",  "winsysroot", "vctoolsdir",
      "winsdkdir", "idirafter",  "-sysroot", "-sysroot=",  "isysroot"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(spelling, names[i]) == 0)
      take_system(from, path);
}

// Emits the option of the row with its value, if it has one, or drops it.
static void settle(struct translator *from, const struct flag *flag,
                   const char *word, const char *value, bool joined) {
  struct compile *out = from->out;
  const char *front = flag->style == CL ? "" : from->clang;
  if (flag->fate == TELL)
    words_add(&out->dropped, word);
  if (flag->fate == TELL || flag->fate == DROP)
    return;
  char *text = flag->fate == PATH ? local_path(from, value ? value : "")
                                  : need(strdup(value ? value : ""));
  if (flag->fate == PATH)
    note_system(from, flag->spelling, text);
  if (!value || joined || flag->style == CL) {
    words_take(&out->words, text_of("%s-%s%s", front, flag->spelling, text));
  } else {
    words_take(&out->words, text_of("%s-%s", front, flag->spelling));
    words_take(&out->words, text_of("%s%s", front, text));
  }
  free(text);
}

// Behind -Xclang: its own options, whose values stand behind -Xclang as well.
static void take_cc1(struct translator *from) {
  struct compile *out = from->out;
  const struct words *in = from->in;
  if (from->at + 1 >= in->count)
    return;
  const char *option = in->items[++from->at];
  bool ours = strcmp(option, "-plugin-arg-hvcilint") == 0;
  const struct flag *flag = option[0] == '-' ? find(option + 1, CC1) : NULL;
  bool has_value = ours || strncmp(option, "-plugin-arg-", 12) == 0 ||
                   (flag && flag->value == NEXT);
  const char *value = NULL;
  if (has_value && from->at + 2 < in->count) {
    from->at += 2;
    value = in->items[from->at];
  }
  if (flag && flag->fate == TELL)
    words_add(&out->dropped, option);
  bool dropped = (flag && flag->fate != KEEP) || (has_value && !ours) ||
                 (value && strncmp(value, "record=", 7) == 0);
  if (dropped)
    return;
  words_add(&out->words, "-Xclang");
  words_add(&out->words, option);
  if (value) {
    words_add(&out->words, "-Xclang");
    words_add(&out->words, value);
  }
}

// Takes an option, which begins with a dash, or a slash for cl.
static void take_option(struct translator *from, const char *word,
                        unsigned styles) {
  const struct flag *flag = find(word + 1, styles);
  if (!flag) {
    bool slash = word[0] == '/';
    words_take(&from->out->words,
               text_of("%s%s%s", styles & CL ? "" : from->clang,
                       slash ? "-" : "", word + slash));
    return;
  }
  const char *rest = word + 1 + flag->length;
  bool next = flag->value == NEXT || (flag->value == BOTH && !*rest);
  const char *value = *rest ? rest : NULL;
  if (next) {
    if (from->at + 1 >= from->in->count)
      return; // its value is missing
    value = from->in->items[++from->at];
    if (*from->clang && strncmp(value + 1, "clang:", 6) == 0)
      value += 7;
  }
  settle(from, flag, word, value, !next);
}

static bool is_source(const struct translator *from, const char *word) {
  const char *name = path_name(from->out->source, false);
  if (!ends_with(word, name))
    return false; // nearly all are no paths at all
  char *local = local_path(from, word);
  char *path = path_join(from->out->directory, local);
  bool same = strcmp(path, from->out->source) == 0;
  free(path);
  free(local);
  return same;
}

// /TpFILE is a C++ source, /TcFILE one of C.
static bool take_typed_source(struct translator *from, const char *word) {
  bool typed =
      from->out->cl && word[1] == 'T' && (word[2] == 'p' || word[2] == 'c');
  if (!typed)
    return false;
  if (!word[3])
    from->at++;
  words_add(&from->out->words, word[2] == 'p' ? "-TP" : "-TC");
  return true;
}

static void take_word(struct translator *from) {
  const char *word = from->in->items[from->at];
  bool cl = from->out->cl;
  bool option = word[0] == '-' || (cl && word[0] == '/');
  if (!option || !word[1] || is_source(from, word))
    return; // sources, and objects and libraries for the linker
  if (strcmp(word, "-Xclang") == 0) {
    take_cc1(from);
  } else if (cl && strncmp(word + 1, "clang:", 6) == 0) {
    from->clang = "-clang:";
    if (word[7] == '-')
      take_option(from, word + 7, GNU | DASH);
    from->clang = "";
  } else if (cl && strcmp(word + 1, "link") == 0) {
    from->at = from->in->count;
  } else if (strcmp(word, "--") == 0) {
    from->at = from->in->count; // files alone follow
  } else if (!take_typed_source(from, word)) {
    take_option(from, word, !cl ? GNU | DASH : word[0] == '-' ? CL | DASH : CL);
  }
}

static void take_words(struct translator *from, const struct words *words,
                       size_t first) {
  from->in = words;
  for (from->at = first; from->at < words->count; from->at++)
    take_word(from);
}

void compile_from(struct compile *out, const struct entry *entry,
                  const struct compile_context *context) {
  const struct path_maps *maps = context->maps;
  *out = (struct compile){.cl = false};
  char *directory = path_localise(maps, entry->directory, entry->windows);
  char *file = path_localise(maps, entry->file, entry->windows);
  out->directory = path_join("/", directory);
  out->source = path_join(out->directory, file);
  free(directory);
  free(file);
  struct translator from = {.out = out,
                            .entry = entry,
                            .maps = maps,
                            .known = context->known,
                            .clang = ""};
  size_t compiler = compiler_at(entry);
  words_append(&out->functions, &entry->functions);
  take_compiler(out, entry, compiler);
  take_words(&from, context->before, 0);
  take_words(&from, &entry->words, compiler + 1);
  take_words(&from, context->after, 0);
}

void compile_free(struct compile *compile) {
  words_free(&compile->words);
  words_free(&compile->dropped);
  words_free(&compile->systems);
  words_free(&compile->functions);
  free(compile->source);
  free(compile->directory);
}
