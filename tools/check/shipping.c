// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * shipping.c - which compiles icecream may have made on another machine.
 *
 * It preprocesses here, keeps the includes' text, and sends that with the
 * options, which it takes for those of GCC. Where it would be wrong about them
 * another unit were compiled there: such compiles stay.
 */
#include "shipping.h"

#include "paths.h"

#include <string.h>

struct obstacle {
  enum { ANY, CL, GNU, CC1 } style; // CC1: behind -Xclang
  const char *start;                // of the option
};

static const struct obstacle obstacles[] = {
    {CL, "-M"},               // of the C library, to it dependencies
    {CL, "-TC"},              // it tells the language by the file's name
    {CL, "-TP"},              //
    {CL, "-clang:-include"},  // of a file that is not there
    {CL, "-clang:-imacros"},  //
    {CL, "-clang:--target"},  // it sees none, and says that of Linux
    {CL, "-clang:-target"},   //
    {GNU, "-imacros"},        // whose macros are not sent
    {CC1, "-include"},        //
    {CC1, "-imacros"},        //
    {ANY, "--config"},        // options in a file
    {ANY, "-fmodules"},       // it drops these there
    {ANY, "-fcxx-modules"},   //
    {ANY, "-Wunused-macros"}, // would have it send no macros
    {ANY, "@"},
};

static bool starts_with(const char *text, const char *start) {
  return strncmp(text, start, strlen(start)) == 0;
}

static bool stays(const struct job *job, const char *word, bool cc1) {
  int style = cc1 ? CC1 : job->cl ? CL : GNU;
  for (size_t i = 0; i < sizeof obstacles / sizeof *obstacles; i++)
    if ((obstacles[i].style == ANY || (int)obstacles[i].style == style) &&
        starts_with(word, obstacles[i].start))
      return true;
  return false;
}

// Clang by the driver's manner, icecream by the file's name alone.
static bool language_is_clear(const struct job *job) {
  const char *dot = strrchr(path_name(job->source, false), '.');
  if (!dot)
    return false;
  return job->cl ? strcmp(dot, ".C") != 0
                 : strcmp(dot, ".c") != 0 ||
                       !words_contain(&job->words, "--driver-mode=g++");
}

static bool is_behind_xclang(const struct job *job, size_t i) {
  return i > 0 && strcmp(job->words.items[i - 1], "-Xclang") == 0;
}

bool shipping_is_safe(const struct job *job) {
  for (size_t i = 0; i < job->words.count; i++)
    if (stays(job, job->words.items[i], is_behind_xclang(job, i)))
      return false;
  return language_is_clear(job);
}

bool shipping_has_target(const struct job *job) {
  if (!job->cl)
    return true; // icecream adds it in Clang's manner
  for (size_t i = 0; i < job->words.count; i++)
    if (!is_behind_xclang(job, i) &&
        starts_with(job->words.items[i], "--target="))
      return true;
  return false;
}

void shipping_files(const struct job *job, struct words *out) {
  if (job->config[0])
    words_add(out, job->config);
  char **words = job->words.items;
  for (size_t i = 3; i < job->words.count; i++)
    if (strcmp(words[i - 2], "-ivfsoverlay") == 0 &&
        strcmp(words[i - 3], "-Xclang") == 0)
      words_add(out, words[i]);
}
