// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * config.c - .hvcilint.yaml, read event by event.
 *
 * Each value is read by the function for its place in the schema: what is
 * nested deeper than the schema is refused where it begins.
 */
#include "hvci/config.h"

#include "glob.h"
#include "names.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

// What a finding is, for the gate: of each rule that is named, else the
// default.
struct policy {
  struct hvci_glob *path; // or NULL: everywhere
  uint32_t named;         // bit r: rule r has a verdict of its own
  uint32_t warn;          // likewise: and it is to warn
  bool has_fallback;
  int fallback; // enum verdict
};

struct hvci_config {
  uint32_t off;   // bit r: rule r
  uint32_t error; // likewise
  uint32_t min_build;
  struct hvci_ddi *sinks; // which own their callees
  size_t sink_count;
  struct hvci_glob **excludes;
  size_t exclude_count;
  struct policy gate;
  struct policy *paths; // of which the last that matches counts
  size_t path_count;
  bool possible_warns;
  bool wants_reason;
};

// ---- names -----------------------------------------------------------------

// One list of the schema at a time.
#define HVCI_KEY(id, name, takes) KEY_##id,
#define HVCI_SINK_KEY(id, name, takes)
#define HVCI_GATE_KEY(id, name, takes)
#define HVCI_PATH_KEY(id, name, takes)
enum key {
#include "schema.def"
  KEY_COUNT
};

#define HVCI_KEY(id, name, takes)
#define HVCI_SINK_KEY(id, name, takes) SINK_KEY_##id,
#define HVCI_GATE_KEY(id, name, takes)
#define HVCI_PATH_KEY(id, name, takes)
enum sink_key {
#include "schema.def"
  SINK_KEY_COUNT
};

#define HVCI_KEY(id, name, takes)
#define HVCI_SINK_KEY(id, name, takes)
#define HVCI_GATE_KEY(id, name, takes) GATE_KEY_##id,
#define HVCI_PATH_KEY(id, name, takes)
enum gate_key {
#include "schema.def"
  GATE_KEY_COUNT
};

#define HVCI_KEY(id, name, takes)
#define HVCI_SINK_KEY(id, name, takes)
#define HVCI_GATE_KEY(id, name, takes)
#define HVCI_PATH_KEY(id, name, takes) PATH_KEY_##id,
enum path_key {
#include "schema.def"
  PATH_KEY_COUNT
};

struct key_info {
  const char *name;
  const char *takes;
};

#define HVCI_KEY(id, name, takes) {name, takes},
#define HVCI_SINK_KEY(id, name, takes)
#define HVCI_GATE_KEY(id, name, takes)
#define HVCI_PATH_KEY(id, name, takes)
static const struct key_info key_table[] = {
#include "schema.def"
};

#define HVCI_KEY(id, name, takes)
#define HVCI_SINK_KEY(id, name, takes) {name, takes},
#define HVCI_GATE_KEY(id, name, takes)
#define HVCI_PATH_KEY(id, name, takes)
static const struct key_info sink_key_table[] = {
#include "schema.def"
};

#define HVCI_KEY(id, name, takes)
#define HVCI_SINK_KEY(id, name, takes)
#define HVCI_GATE_KEY(id, name, takes) {name, takes},
#define HVCI_PATH_KEY(id, name, takes)
static const struct key_info gate_key_table[] = {
#include "schema.def"
};

#define HVCI_KEY(id, name, takes)
#define HVCI_SINK_KEY(id, name, takes)
#define HVCI_GATE_KEY(id, name, takes)
#define HVCI_PATH_KEY(id, name, takes) {name, takes},
static const struct key_info path_key_table[] = {
#include "schema.def"
};

enum severity { SEVERITY_OFF, SEVERITY_WARNING, SEVERITY_ERROR };

static const char *const severity_table[] = {"off", "warning", "error"};

enum verdict { VERDICT_BLOCK, VERDICT_WARN };

static const char *const verdict_table[] = {"block", "warn"};
static const char *const need_table[] = {"optional", "required"};

static void copy_name(char out[HVCI_NAME_BYTES], const char *name) {
  (void)snprintf(out, HVCI_NAME_BYTES, "%s", name);
}

static void name_key(size_t index, char out[HVCI_NAME_BYTES]) {
  copy_name(out, key_table[index].name);
}

static void name_sink_key(size_t index, char out[HVCI_NAME_BYTES]) {
  copy_name(out, sink_key_table[index].name);
}

static void name_rule(size_t index, char out[HVCI_NAME_BYTES]) {
  copy_name(out, hvci_rule_name((enum hvci_rule)index));
}

static void name_severity(size_t index, char out[HVCI_NAME_BYTES]) {
  copy_name(out, severity_table[index]);
}

// POOL_TYPE is written pool-type, as all names in the file are.
static void name_kind(size_t index, char out[HVCI_NAME_BYTES]) {
  static const char *const ids[] = {
#define HVCI_KIND(id, rule, mask, want, equal, warning, name) #id,
#include "kinds.def"
  };
  copy_name(out, ids[index]);
  for (char *at = out; *at; at++)
    if (*at == '_')
      *at = '-';
    else if (*at >= 'A' && *at <= 'Z')
      *at = (char)(*at - 'A' + 'a');
}

static const struct hvci_names keys = {"key", KEY_COUNT, name_key};
static const struct hvci_names sink_keys = {"key", SINK_KEY_COUNT,
                                            name_sink_key};
static void name_gate_key(size_t index, char out[HVCI_NAME_BYTES]) {
  copy_name(out, gate_key_table[index].name);
}

static void name_path_key(size_t index, char out[HVCI_NAME_BYTES]) {
  copy_name(out, path_key_table[index].name);
}

static void name_verdict(size_t index, char out[HVCI_NAME_BYTES]) {
  copy_name(out, verdict_table[index]);
}

static void name_need(size_t index, char out[HVCI_NAME_BYTES]) {
  copy_name(out, need_table[index]);
}

static const struct hvci_names gate_keys = {"key", GATE_KEY_COUNT,
                                            name_gate_key};
static const struct hvci_names path_keys = {"key", PATH_KEY_COUNT,
                                            name_path_key};
static const struct hvci_names verdicts = {"verdict", 2, name_verdict};
static const struct hvci_names needs = {"word", 2, name_need};
static const struct hvci_names rules = {"rule", HVCI_RULE_COUNT, name_rule};
static const struct hvci_names severities = {
    "severity", sizeof severity_table / sizeof *severity_table, name_severity};
static const struct hvci_names kinds = {"kind", HVCI_KIND_COUNT, name_kind};

// ---- errors ----------------------------------------------------------------

struct reader {
  yaml_parser_t yaml;
  yaml_event_t event; // the current one
  const char *text;
  size_t length;
  const char *folder;
  struct hvci_config *config;
  struct hvci_config_error *error;
};

// Lines and columns as editors and compilers count them.
static void locate(struct reader *r, size_t offset) {
  r->error->line = 1;
  size_t start = 0;
  for (size_t i = 0; i < offset && i < r->length; i++) {
    bool in_pair =
        r->text[i] == '\r' && i + 1 < r->length && r->text[i + 1] == '\n';
    if ((r->text[i] == '\n' || r->text[i] == '\r') && !in_pair) {
      r->error->line++;
      start = i + 1;
    }
  }
  r->error->column = offset > start ? (unsigned)(offset - start + 1) : 1;
}

// Always false, for the caller to return.
__attribute__((format(printf, 3, 4))) static bool
fail(struct reader *r, size_t offset, const char *format, ...) {
  va_list arguments;
  locate(r, offset);
  va_start(arguments, format);
  (void)vsnprintf(r->error->text, sizeof r->error->text, format, arguments);
  va_end(arguments);
  for (char *at = r->error->text; *at; at++)
    if ((unsigned char)*at < ' ' || *at == '\x7F')
      *at = '?';
  return false;
}

// libyaml counts characters.
static size_t offset_of(const struct reader *r, const yaml_mark_t *mark) {
  size_t offset = 0;
  for (size_t i = 0; i < mark->index && offset < r->length; i++) {
    offset++;
    while (offset < r->length && ((unsigned char)r->text[offset] >> 6) == 2)
      offset++;
  }
  return offset;
}

static size_t here(const struct reader *r) {
  return offset_of(r, &r->event.start_mark);
}

static bool fail_memory(struct reader *r) {
  return fail(r, 0, "out of memory");
}

static bool fail_yaml(struct reader *r) {
  const yaml_parser_t *yaml = &r->yaml;
  if (yaml->error == YAML_MEMORY_ERROR)
    return fail_memory(r);
  if (yaml->error == YAML_READER_ERROR)
    return fail(r, yaml->problem_offset, "not UTF-8 text: %s", yaml->problem);
  size_t offset = offset_of(r, &yaml->problem_mark);
  if (offset < r->length && r->text[offset] == '\t')
    return fail(r, offset, "a tab cannot stand here; use spaces");
  return fail(r, offset, "not YAML: %s%s%s", yaml->problem,
              yaml->context ? " " : "", yaml->context ? yaml->context : "");
}

// What the current event begins, for a message.
static void describe(const struct reader *r, char *out, size_t size) {
  const char *value = r->event.type == YAML_SCALAR_EVENT
                          ? (const char *)r->event.data.scalar.value
                          : NULL;
  if (value && *value)
    (void)snprintf(out, size, "'%.60s'", value);
  else if (value)
    (void)snprintf(out, size, "nothing");
  else if (r->event.type == YAML_SEQUENCE_START_EVENT)
    (void)snprintf(out, size, "a list");
  else
    (void)snprintf(out, size, "a mapping");
}

static bool fail_value(struct reader *r, const struct key_info *key) {
  char found[80];
  describe(r, found, sizeof found);
  return fail(r, here(r), "'%s' takes %s, not %s", key->name, key->takes,
              found);
}

// The current scalar is none of the names.
static bool fail_name(struct reader *r, const struct hvci_names *names) {
  const char *value = (const char *)r->event.data.scalar.value;
  char name[HVCI_NAME_BYTES], all[512] = "";
  int nearest = hvci_names_nearest(names, value);
  if (nearest >= 0) {
    names->get((size_t)nearest, name);
    return fail(r, here(r), "unknown %s '%.60s'; did you mean '%s'?",
                names->what, value, name);
  }
  for (size_t i = 0, length = 0; i < names->count && length < sizeof all; i++) {
    names->get(i, name);
    length += (size_t)snprintf(all + length, sizeof all - length, "%s%s",
                               i ? ", " : "", name);
  }
  return fail(r, here(r), "unknown %s '%.60s'; valid are %s", names->what,
              value, all);
}

// ---- events ----------------------------------------------------------------

// What YAML offers beyond the schema's plain values.
static bool refuse_extras(struct reader *r) {
  const yaml_char_t *anchor = NULL, *tag = NULL;
  switch (r->event.type) {
  case YAML_ALIAS_EVENT:
    anchor = r->event.data.alias.anchor;
    break;
  case YAML_SCALAR_EVENT:
    anchor = r->event.data.scalar.anchor;
    tag = r->event.data.scalar.tag;
    if (memchr(r->event.data.scalar.value, 0, r->event.data.scalar.length))
      return fail(r, here(r), "a value cannot hold a NUL character");
    break;
  case YAML_SEQUENCE_START_EVENT:
    anchor = r->event.data.sequence_start.anchor;
    tag = r->event.data.sequence_start.tag;
    break;
  case YAML_MAPPING_START_EVENT:
    anchor = r->event.data.mapping_start.anchor;
    tag = r->event.data.mapping_start.tag;
    break;
  default:
    break;
  }
  if (anchor)
    return fail(r, here(r), "anchors and aliases are not supported");
  if (tag)
    return fail(r, here(r), "tags are not supported");
  return true;
}

static bool next(struct reader *r) {
  yaml_event_delete(&r->event);
  return yaml_parser_parse(&r->yaml, &r->event) ? refuse_extras(r)
                                                : fail_yaml(r);
}

// The current scalar, or NULL if it is something else or empty.
static const char *scalar(const struct reader *r) {
  if (r->event.type != YAML_SCALAR_EVENT || r->event.data.scalar.length == 0)
    return NULL;
  return (const char *)r->event.data.scalar.value;
}

// Each value is current when its reader is called, and its end when that
// returns.
typedef bool (*read_entry_fn)(struct reader *r, size_t index, void *payload);
typedef bool (*read_item_fn)(struct reader *r, const struct key_info *key);

static bool read_mapping(struct reader *r, const struct hvci_names *names,
                         read_entry_fn entry, void *payload) {
  uint64_t seen = 0;
  for (;;) {
    if (!next(r))
      return false;
    if (r->event.type == YAML_MAPPING_END_EVENT)
      return true;
    if (!scalar(r))
      return fail(r, here(r), "a %s must be a name", names->what);
    int index = hvci_names_find(names, scalar(r));
    if (index < 0)
      return fail_name(r, names);
    if (seen >> index & 1)
      return fail(r, here(r), "'%s' stands here twice", scalar(r));
    seen |= UINT64_C(1) << index;
    if (!next(r) || !entry(r, (size_t)index, payload))
      return false;
  }
}

static bool read_list(struct reader *r, const struct key_info *key,
                      read_item_fn item) {
  if (r->event.type != YAML_SEQUENCE_START_EVENT)
    return fail_value(r, key);
  for (;;) {
    if (!next(r))
      return false;
    if (r->event.type == YAML_SEQUENCE_END_EVENT)
      return true;
    if (!item(r, key))
      return false;
  }
}

static bool read_name(struct reader *r, const struct key_info *key,
                      const struct hvci_names *names, int *out) {
  if (!scalar(r))
    return fail_value(r, key);
  *out = hvci_names_find(names, scalar(r));
  return *out >= 0 || fail_name(r, names);
}

// ---- sinks -----------------------------------------------------------------

// A sink as far as it has been read.
struct draft {
  size_t offset;
  size_t name_offset;
  char *name;
  bool is_field;
  int parameter; // or HVCI_NOARG
  int kind;      // or -1
};

static size_t identifier_length(const char *text) {
  size_t length = 0;
  for (;; length++) {
    unsigned char c = (unsigned char)text[length];
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '_' || c == '$' || c >= 0x80;
    if (!letter && !(length > 0 && c >= '0' && c <= '9'))
      return length;
  }
}

// "Left<separator>Right".
static bool is_pair(const char *text, const char *separator) {
  size_t left = identifier_length(text), between = strlen(separator);
  if (left == 0 || strncmp(text + left, separator, between) != 0)
    return false;
  text += left + between;
  size_t right = identifier_length(text);
  return right > 0 && text[right] == '\0';
}

static bool is_identifier(const char *text) {
  size_t length = identifier_length(text);
  return length > 0 && text[length] == '\0';
}

static bool read_sink_name(struct reader *r, struct draft *draft,
                           bool is_field) {
  const char *name = scalar(r);
  if (!name)
    return fail_value(
        r, &sink_key_table[is_field ? SINK_KEY_FIELD : SINK_KEY_FUNCTION]);
  if (draft->name)
    return fail(r, here(r), "a sink is a function or a field, not both");
  if (is_field && !is_pair(name, "."))
    return fail(r, here(r), "'%.60s' is no field: write Structure.Field", name);
  if (!is_field && !is_identifier(name) && !is_pair(name, "::"))
    return fail(r, here(r),
                "'%.60s' is no function: write Function or Class::Method",
                name);
  draft->name_offset = here(r);
  draft->is_field = is_field;
  draft->name = strdup(name);
  return draft->name || fail_memory(r);
}

static bool read_parameter(struct reader *r, struct draft *draft) {
  const char *digits = scalar(r);
  size_t length = digits ? strspn(digits, "0123456789") : 0;
  if (length == 0 || length > 2 || digits[length] || atoi(digits) > 31)
    return fail_value(r, &sink_key_table[SINK_KEY_PARAMETER]);
  draft->parameter = atoi(digits);
  return true;
}

static bool read_sink_entry(struct reader *r, size_t index, void *payload) {
  struct draft *draft = payload;
  switch ((enum sink_key)index) {
  case SINK_KEY_FUNCTION:
    return read_sink_name(r, draft, false);
  case SINK_KEY_FIELD:
    return read_sink_name(r, draft, true);
  case SINK_KEY_PARAMETER:
    return read_parameter(r, draft);
  case SINK_KEY_KIND:
    return read_name(r, &sink_key_table[index], &kinds, &draft->kind);
  case SINK_KEY_COUNT:
    break;
  }
  return true;
}

// The sink as a whole: what is missing, or does not go together.
static bool check_sink(struct reader *r, struct draft *draft) {
  if (!draft->name)
    return fail(r, draft->offset, "a sink needs 'function' or 'field'");
  if (draft->kind < 0)
    return fail(r, draft->offset, "a sink needs 'kind'");
  char kind[HVCI_NAME_BYTES];
  name_kind((size_t)draft->kind, kind);
  const struct hvci_kind_info *info =
      hvci_kind_get((enum hvci_kind)draft->kind);
  if (draft->is_field && draft->parameter != HVCI_NOARG)
    return fail(r, draft->offset, "a field has no 'parameter'");
  if (draft->is_field && info->executable.mask == 0)
    return fail(r, draft->offset, "a field cannot be of kind '%s'", kind);
  if (!draft->is_field && draft->parameter == HVCI_NOARG &&
      info->executable.mask != 0)
    return fail(r, draft->offset, "a function of kind '%s' needs 'parameter'",
                kind);
  for (size_t i = 0; i < r->config->sink_count; i++)
    if (strcmp(r->config->sinks[i].callee, draft->name) == 0)
      return fail(r, draft->name_offset, "'%.60s' is a sink already",
                  draft->name);
  return true;
}

// Room for one more element behind the `count` there are, or NULL.
static void *grow(void *array, size_t count, size_t size) {
  return realloc(array, (count + 1) * size);
}

static bool keep_sink(struct reader *r, const struct draft *draft) {
  struct hvci_config *config = r->config;
  struct hvci_ddi *grown =
      grow(config->sinks, config->sink_count, sizeof *grown);
  if (!grown)
    return fail_memory(r);
  config->sinks = grown;
  config->sinks[config->sink_count++] = (struct hvci_ddi){
      .callee = draft->name,
      .kind = (enum hvci_kind)draft->kind,
      .argument = draft->is_field ? 0 : draft->parameter,
      .condition = HVCI_CONDITION_ALWAYS,
      .condition_argument = HVCI_NOARG,
      .doubt = HVCI_DOUBT_NONE,
  };
  return true;
}

static bool read_sink(struct reader *r, const struct key_info *key) {
  struct draft draft = {.offset = here(r), .parameter = HVCI_NOARG, .kind = -1};
  if (r->event.type != YAML_MAPPING_START_EVENT)
    return fail_value(r, key);
  if (read_mapping(r, &sink_keys, read_sink_entry, &draft) &&
      check_sink(r, &draft) && keep_sink(r, &draft))
    return true;
  free(draft.name);
  return false;
}

// ---- the other keys --------------------------------------------------------

static bool read_severity(struct reader *r, size_t index, void *payload) {
  const struct key_info rule = {hvci_rule_name((enum hvci_rule)index),
                                "a severity"};
  int severity = SEVERITY_WARNING;
  (void)payload;
  if (!read_name(r, &rule, &severities, &severity))
    return false;
  if (severity == SEVERITY_OFF)
    r->config->off |= UINT32_C(1) << index;
  if (severity == SEVERITY_ERROR)
    r->config->error |= UINT32_C(1) << index;
  return true;
}

static bool read_exclude(struct reader *r, const struct key_info *key) {
  struct hvci_config *config = r->config;
  char why[128];
  const char *pattern = scalar(r);
  if (!pattern)
    return fail_value(r, key);
  struct hvci_glob **grown =
      grow(config->excludes, config->exclude_count, sizeof *grown);
  if (!grown)
    return fail_memory(r);
  config->excludes = grown;
  struct hvci_glob *glob = hvci_glob_new(pattern, r->folder, why, sizeof why);
  if (!glob)
    return fail(r, here(r), "'%.60s' is no glob: %s", pattern, why);
  config->excludes[config->exclude_count++] = glob;
  return true;
}

// ---- the gate --------------------------------------------------------------

static bool read_verdict(struct reader *r, size_t index, void *payload) {
  const struct key_info rule = {hvci_rule_name((enum hvci_rule)index),
                                "block or warn"};
  struct policy *policy = payload;
  int verdict = VERDICT_BLOCK;
  if (!read_name(r, &rule, &verdicts, &verdict))
    return false;
  policy->named |= UINT32_C(1) << index;
  if (verdict == VERDICT_WARN)
    policy->warn |= UINT32_C(1) << index;
  return true;
}

static bool read_verdicts(struct reader *r, const struct key_info *key,
                          struct policy *policy) {
  if (r->event.type != YAML_MAPPING_START_EVENT)
    return fail_value(r, key);
  return read_mapping(r, &rules, read_verdict, policy);
}

static bool read_fallback(struct reader *r, const struct key_info *key,
                          struct policy *policy) {
  policy->has_fallback = true;
  return read_name(r, key, &verdicts, &policy->fallback);
}

static bool read_path_entry(struct reader *r, size_t index, void *payload) {
  const struct key_info *key = &path_key_table[index];
  struct policy *policy = payload;
  char why[128];
  switch ((enum path_key)index) {
  case PATH_KEY_PATH:
    if (!scalar(r))
      return fail_value(r, key);
    policy->path = hvci_glob_new(scalar(r), r->folder, why, sizeof why);
    return policy->path ||
           fail(r, here(r), "'%.60s' is no glob: %s", scalar(r), why);
  case PATH_KEY_DEFAULT:
    return read_fallback(r, key, policy);
  case PATH_KEY_RULES:
    return read_verdicts(r, key, policy);
  case PATH_KEY_COUNT:
    break;
  }
  return true;
}

static bool read_path(struct reader *r, const struct key_info *key) {
  struct hvci_config *config = r->config;
  size_t offset = here(r);
  if (r->event.type != YAML_MAPPING_START_EVENT)
    return fail_value(r, key);
  struct policy *grown = grow(config->paths, config->path_count, sizeof *grown);
  if (!grown)
    return fail_memory(r);
  config->paths = grown;
  struct policy *policy = &config->paths[config->path_count++];
  *policy = (struct policy){.path = NULL};
  return read_mapping(r, &path_keys, read_path_entry, policy) &&
         (policy->path || fail(r, offset, "a path needs 'path'"));
}

static bool read_gate_entry(struct reader *r, size_t index, void *payload) {
  const struct key_info *key = &gate_key_table[index];
  struct hvci_config *config = r->config;
  int word = 0;
  (void)payload;
  switch ((enum gate_key)index) {
  case GATE_KEY_DEFAULT:
    return read_fallback(r, key, &config->gate);
  case GATE_KEY_RULES:
    return read_verdicts(r, key, &config->gate);
  case GATE_KEY_PATHS:
    return read_list(r, key, read_path);
  case GATE_KEY_POSSIBLE:
    if (!read_name(r, key, &verdicts, &word))
      return false;
    config->possible_warns = word == VERDICT_WARN;
    break;
  case GATE_KEY_REASON:
    if (!read_name(r, key, &needs, &word))
      return false;
    config->wants_reason = word == 1;
    break;
  case GATE_KEY_COUNT:
    break;
  }
  return true;
}

// ---- the other keys, again -------------------------------------------------

static void name_release(size_t index, char out[HVCI_NAME_BYTES]) {
  copy_name(out, hvci_os_name(index));
}

static bool read_min_os(struct reader *r, const struct key_info *key) {
  struct hvci_names releases = {"release", 0, name_release};
  if (!scalar(r))
    return fail_value(r, key);
  r->config->min_build = hvci_os_build(scalar(r));
  if (r->config->min_build)
    return true;
  while (hvci_os_name(releases.count))
    releases.count++;
  return fail_name(r, &releases);
}

static bool read_key(struct reader *r, size_t index, void *payload) {
  const struct key_info *key = &key_table[index];
  (void)payload;
  switch ((enum key)index) {
  case KEY_SINKS:
    return read_list(r, key, read_sink);
  case KEY_RULES:
    if (r->event.type != YAML_MAPPING_START_EVENT)
      return fail_value(r, key);
    return read_mapping(r, &rules, read_severity, NULL);
  case KEY_EXCLUDE:
    return read_list(r, key, read_exclude);
  case KEY_MIN_OS:
    return read_min_os(r, key);
  case KEY_GATE:
    if (r->event.type != YAML_MAPPING_START_EVENT)
      return fail_value(r, key);
    return read_mapping(r, &gate_keys, read_gate_entry, NULL);
  case KEY_COUNT:
    break;
  }
  return true;
}

// ---- the file --------------------------------------------------------------

// A document that is empty configures nothing.
static bool read_document(struct reader *r) {
  char found[80];
  if (!next(r))
    return false;
  if (r->event.type == YAML_MAPPING_START_EVENT)
    return read_mapping(r, &keys, read_key, NULL);
  if (r->event.type == YAML_SCALAR_EVENT && !scalar(r))
    return true;
  describe(r, found, sizeof found);
  return fail(r, here(r), "the file must be a mapping, not %s", found);
}

static bool read_stream(struct reader *r) {
  if (!next(r) || !next(r)) // the stream's start, and what follows
    return false;
  if (r->event.type == YAML_STREAM_END_EVENT)
    return true;
  if (!read_document(r) || !next(r) || !next(r)) // the document's end
    return false;
  return r->event.type == YAML_STREAM_END_EVENT ||
         fail(r, here(r), "a second document is not allowed");
}

static bool read_text(struct reader *r) {
  static const char mark[] = "\xEF\xBB\xBF";
  size_t skipped = 0;
  if (r->length > HVCI_CONFIG_MAX_BYTES)
    return fail(r, 0, "the file is longer than %u bytes",
                HVCI_CONFIG_MAX_BYTES);
  if (r->length >= 3 && memcmp(r->text, mark, 3) == 0)
    skipped = 3;
  r->text += skipped;
  r->length -= skipped;
  if (!yaml_parser_initialize(&r->yaml))
    return fail_memory(r);
  yaml_parser_set_encoding(&r->yaml, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&r->yaml, (const unsigned char *)r->text,
                               r->length);
  bool read = read_stream(r);
  yaml_event_delete(&r->event);
  yaml_parser_delete(&r->yaml);
  return read;
}

struct hvci_config *hvci_config_parse(const char *text, size_t length,
                                      const char *folder,
                                      struct hvci_config_error *error) {
  struct reader r = {.text = text,
                     .length = length,
                     .folder = folder,
                     .config = calloc(1, sizeof *r.config),
                     .error = error};
  if (r.config ? read_text(&r) : fail_memory(&r))
    return r.config;
  hvci_config_free(r.config);
  return NULL;
}

void hvci_config_free(struct hvci_config *config) {
  if (!config)
    return;
  for (size_t i = 0; i < config->sink_count; i++)
    free((void *)config->sinks[i].callee);
  for (size_t i = 0; i < config->exclude_count; i++)
    hvci_glob_free(config->excludes[i]);
  for (size_t i = 0; i < config->path_count; i++)
    hvci_glob_free(config->paths[i].path);
  free(config->paths);
  free(config->sinks);
  free(config->excludes);
  free(config);
}

void hvci_config_apply(const struct hvci_config *config,
                       struct hvci_options *options) {
  options->off |= config->off & ~(options->only | options->error);
  options->error |= config->error;
  if (options->min_build == 0)
    options->min_build = config->min_build;
  options->sinks = config->sinks;
  options->sink_count = config->sink_count;
}

bool hvci_config_excludes(const struct hvci_config *config, const char *path) {
  for (size_t i = 0; i < config->exclude_count; i++)
    if (hvci_glob_matches(config->excludes[i], path))
      return true;
  return false;
}

// False: the policy says nothing of the rule.
static bool ask_policy(const struct policy *policy, enum hvci_rule rule,
                       bool *warns) {
  if (policy->named >> rule & 1)
    *warns = policy->warn >> rule & 1;
  else if (policy->has_fallback)
    *warns = policy->fallback == VERDICT_WARN;
  else
    return false;
  return true;
}

bool hvci_config_blocks(const struct hvci_config *config, enum hvci_rule rule,
                        bool certain, const char *path) {
  bool warns = false;
  if (!config)
    return true;
  if (!certain && config->possible_warns)
    return false;
  for (size_t i = config->path_count; i-- > 0;)
    if (hvci_glob_matches(config->paths[i].path, path) &&
        ask_policy(&config->paths[i], rule, &warns))
      return !warns;
  return !ask_policy(&config->gate, rule, &warns) || !warns;
}

bool hvci_config_wants_reason(const struct hvci_config *config) {
  return config && config->wants_reason;
}

bool hvci_config_find(char *out, size_t size, const char *folder,
                      hvci_config_exists_fn exists, void *payload) {
  size_t length = strlen(folder);
  for (;;) {
    while (length > 0 &&
           (folder[length - 1] == '/' || folder[length - 1] == '\\'))
      length--;
    int written =
        snprintf(out, size, "%.*s/%s", (int)length, folder, HVCI_CONFIG_NAME);
    if (written < 0 || (size_t)written >= size)
      return false;
    if (exists(out, payload))
      return true;
    if (length == 0)
      return false;
    while (length > 0 && folder[length - 1] != '/' &&
           folder[length - 1] != '\\')
      length--;
    if (length == 0)
      return false;
  }
}
