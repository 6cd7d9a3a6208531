// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * manual.c - the manual page, in the language of man(7).
 */
#include "words.h"

#include "verbs.h"

#include "hvci/catalogue.h"

// At the start of a line a dot or a quote would be a request, a blank line a
// blank line, and a space a break, after which the line stays as it is.
static void put_text(FILE *out, const char *text) {
  bool at_start = true;
  for (; *text; text++) {
    if (at_start && (*text == '.' || *text == '\''))
      (void)fputs("\\&", out);
    if (*text == '\\')
      (void)fputs("\\e", out);
    else if (*text == '-')
      (void)fputs("\\-", out);
    else if (text[0] == '\n' && text[1] == '\n')
      (void)fputs("\n.PP", out);
    else
      (void)fputc(*text, out);
    at_start = *text == '\n';
  }
}

static void put_lines(FILE *out, const char *text) {
  put_text(out, text);
  (void)fputc('\n', out);
}

static void put_option(const struct poptOption *option, void *payload) {
  FILE *out = payload;
  (void)fputs(".TP\n\\fB", out);
  if (option->shortName)
    (void)fprintf(out, "\\-%c\\fR, \\fB", option->shortName);
  put_text(out, "--");
  put_text(out, option->longName);
  (void)fputs("\\fR", out);
  if (option->argDescrip) {
    (void)fputs("=\\fI", out);
    put_text(out, option->argDescrip);
    (void)fputs("\\fR", out);
  }
  (void)fputc('\n', out);
  put_lines(out, option->descrip);
}

static void put_verb(FILE *out, const struct verb *verb) {
  (void)fprintf(out, ".SS \"hvcilint %s [OPTION...]%s%s\"\n", verb->name,
                verb->operands ? " " : "",
                verb->operands ? verb->operands : "");
  put_lines(out, verb->about);
  options_each(verb->options, put_option, out);
  if (!verb->details)
    return;
  (void)fputs(".PP\n", out);
  put_lines(out, verb->details);
}

static void put_rules(FILE *out) {
  (void)fputs(".SH RULES\n", out);
  for (int r = 0; r < HVCI_RULE_COUNT; r++) {
    (void)fputs(".TP\n.B ", out);
    put_lines(out, hvci_rule_name((enum hvci_rule)r));
    put_lines(out, hvci_rule_summary((enum hvci_rule)r));
  }
  (void)fputs(".PP\n", out);
  put_lines(out, "'hvcilint explain RULE' shows the page of a rule.");
}

static const char head[] =
    ".SH NAME\n"
    "hvcilint \\- find what memory integrity (HVCI) refuses in a Windows "
    "driver\n"
    ".SH SYNOPSIS\n"
    ".B hvcilint\n"
    "[\\fIOPTION\\fR...] \\fICOMMAND\\fR [\\fIARGUMENT\\fR...]\n"
    ".SH DESCRIPTION\n"
    "hvcilint judges a Windows driver by its source, by the records of its\n"
    "units, and by what was linked, and says what memory integrity (HVCI) "
    "will\n"
    "refuse when the driver runs. Its plugin for Clang does so in the "
    "compiler.\n"
    ".PP\n"
    "Where several releases of LLVM are installed, \\fBhvcilint\\fR is that "
    "of\n"
    "the newest; \\fBhvcilint\\-\\fIRELEASE\\fR is that of one. So is\n"
    "\\fBhvcilint\\-cl\\-\\fIRELEASE\\fR, which is clang\\-cl with the plugin "
    "in\n"
    "it. \\fBhvcilint\\-clangd\\fR is \\fBhvcilint clangd\\fR under one name.\n"
    ".SH OPTIONS\n"
    "hvcilint itself has these, and so has each of its commands.\n";

static const char tail[] =
    ".SH \"SEE ALSO\"\n"
    ".BR clang (1),\n"
    ".BR clangd (1)\n"
    ".PP\n"
    "The pages in share/doc/hvcilint, from README.md on.\n";

void write_manual(FILE *out) {
  (void)fprintf(out, ".TH HVCILINT 1 \"\" \"hvcilint %s\" \"User Commands\"\n",
                HVCI_VERSION);
  (void)fputs(head, out);
  options_each(verb_help_options, put_option, out);
  (void)fputs(".SH COMMANDS\n", out);
  for (size_t i = 0; all_verbs[i]; i++)
    put_verb(out, all_verbs[i]);
  put_rules(out);
  (void)fputs(tail, out);
}
